"""Where times that somebody is about to offer meet their own calendar: for them alone, and no reason to refuse."""

from collections.abc import Iterable
from datetime import datetime

from domain.intervals import Interval
from domain.kinds import SessionKind
from domain.people import Person
from domain.times import epoch_seconds
from services.desk import SupportDesk
from storage.confidential.feed_queries import outside_of


def meets_own_calendar(
    desk: SupportDesk, staff: Person, kind: SessionKind, starts: Iterable[datetime]
) -> tuple[datetime, ...]:
    """Those at whose time a calendar of their own has something else, soonest first; buffers do not count.

    What they do about it is theirs to choose. One query, none without times.
    """
    wanted = sorted(set(starts))
    if not wanted:
        return ()
    first, last = epoch_seconds(wanted[0]), epoch_seconds(wanted[-1]) + kind.length_seconds
    with desk.store.read() as connection:
        taken = outside_of(connection, [staff.id], first, last)
    return tuple(start for start in wanted if _meets(epoch_seconds(start), kind.length_seconds, taken))


def _meets(start: int, length: int, taken: Iterable[Interval]) -> bool:
    return any(begin < start + length and start < end for begin, end in taken)
