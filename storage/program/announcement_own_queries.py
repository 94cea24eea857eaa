"""What of the announcements is one reader's own; each answers in one query, however many there are."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, case, func, or_, select

from domain.announcements import TIERS, State, Timing
from domain.delivery import Tier
from storage.program.announcement_queries import AnnouncementRow, announcement, reader


class Mornings(NamedTuple):
    """A reader's own mornings around now: the latest by day (ISO) and instant, and the next; `today` is theirs too."""

    last_day: str
    last: int
    today: str
    next: int


_columns = select(*(announcement.c[name] for name in AnnouncementRow._fields))


def of_reader(
    connection: Connection,
    person_id: str,
    mornings: Mornings,
    *,
    now: int,
    since: int,
    at_most: int,
    but_first: int = 0,
) -> list[tuple[AnnouncementRow, int | None]]:
    """What is for somebody and still holds: all that waits for their acknowledgement, and what was sent since.

    Each with when they acknowledged it; what waits first, of that the most urgent, then the newest; without so many of
    the first ones.
    """
    asked = (
        _columns.add_columns(reader.c.acknowledged_at)
        .join_from(reader, announcement, announcement.c.id == reader.c.announcement_id)
        .where(
            _holds_for(person_id, mornings, now),
            or_(_waits, reader.c.added_at >= since),
        )
        .order_by(_waits.desc(), _urgency, announcement.c.sent_at.desc(), announcement.c.id)
        .limit(at_most)
        .offset(but_first)
    )
    return [(AnnouncementRow._make(row[:-1]), row[-1]) for row in connection.execute(asked)]


def number_waiting(connection: Connection, person_id: str, mornings: Mornings, *, now: int) -> int:
    """How many wait for somebody's acknowledgement."""
    asked = (
        select(func.count())
        .select_from(reader.join(announcement, announcement.c.id == reader.c.announcement_id))
        .where(_holds_for(person_id, mornings, now), _waits)
    )
    return int(connection.execute(asked).scalar_one())


_waits = and_(announcement.c.needs_ack.is_(True), reader.c.acknowledged_at.is_(None))
_urgency = case(*((and_(_waits, announcement.c.tier == tier.value), tier.priority) for tier in TIERS), else_=len(Tier))
"""Of what waits; what is only to be read again stands by its time."""


def _holds_for(person_id: str, mornings: Mornings, now: int) -> ColumnElement[bool]:
    return and_(
        reader.c.person_id == person_id,
        announcement.c.state == State.SENT.value,
        or_(announcement.c.expires_at.is_(None), announcement.c.expires_at > now),
        or_(announcement.c.timing != Timing.MORNING.value, _is_from_then(mornings)),
    )


def _is_from_then(mornings: Mornings) -> ColumnElement[bool]:
    """Whether the reader's own time for what goes out in mornings has come; see `domain.attention.morning_before`."""
    day, is_over_by_then = announcement.c.morning_on, announcement.c.expires_at <= mornings.next
    of_none = and_(day == "", or_(reader.c.added_at < mornings.last, is_over_by_then))
    has_begun = and_(day == mornings.today, is_over_by_then)
    return or_(of_none, and_(day != "", or_(day <= mornings.last_day, has_begun)))
