"""Statements about somebody's own calendars outside, and when these take their time."""

from collections.abc import Collection, Sequence
from typing import Any, NamedTuple

from sqlalchemy import Connection, bindparam, delete, func, insert, select, update

from domain.feeds import FeedState
from domain.intervals import Interval
from storage.confidential.bookings import Booking
from storage.confidential.feeds import CalendarFeed, OutsideBusy
from storage.confidential.group_sessions import GroupPart
from storage.engine import table_of
from storage.prepared import Prepared

_feed, _busy = table_of(CalendarFeed), table_of(OutsideBusy)
_booking, _part = table_of(Booking), table_of(GroupPart)
_within = (_busy.c.ends_at > bindparam("first")) & (_busy.c.starts_at < bindparam("last"))
_taken_outside = Prepared(
    select(_busy.c.starts_at, _busy.c.ends_at)
    .where(_busy.c.staff_id.in_(bindparam("staff_ids", expanding=True)), _within)
    .order_by(_busy.c.starts_at)
)


class StoredFeed(NamedTuple):
    """A calendar as it is stored; see `CalendarFeed`."""

    id: str
    program_id: str
    staff_id: str
    address: bytes
    state: str
    set_at: int
    read_at: int
    due_at: int
    known_until: int
    failures: int
    skipped: int
    etag: str
    modified: str
    claim: int


_columns = [_feed.c[name] for name in StoredFeed._fields]


def add_feed(connection: Connection, feed: StoredFeed) -> None:
    """Store a new one."""
    connection.execute(insert(_feed), feed._asdict() | {"lease_until": 0})


def feeds_of(connection: Connection, staff_id: str) -> list[StoredFeed]:
    """Somebody's own, the oldest first."""
    mine = select(*_columns).where(_feed.c.staff_id == staff_id).order_by(_feed.c.set_at, _feed.c.id)
    return [StoredFeed._make(row) for row in connection.execute(mine)]


def feed_by_id(connection: Connection, feed_id: str) -> StoredFeed | None:
    """One of them, whoever's it is, for the house's own work."""
    row = connection.execute(select(*_columns).where(_feed.c.id == feed_id)).first()
    return None if row is None else StoredFeed._make(row)


def due_feeds(connection: Connection, *, now: int, real: int, at_most: int) -> list[str]:
    """Ids of those that are to be read now and that nobody is reading, the longest due first."""
    due = select(_feed.c.id).where(_feed.c.due_at <= now, _feed.c.lease_until <= real)
    return list(connection.execute(due.order_by(_feed.c.due_at, _feed.c.id).limit(at_most)).scalars())


def claim_feed(connection: Connection, feed_id: str, *, now: int, real: int, lease_ms: int) -> StoredFeed | None:
    """Take one for as long as the lease; None when another process was quicker, or it is not due any more."""
    free = update(_feed).where(_feed.c.id == feed_id, _feed.c.due_at <= now, _feed.c.lease_until <= real)
    if connection.execute(free.values(claim=_feed.c.claim + 1, lease_until=real + lease_ms)).rowcount == 0:
        return None
    return feed_by_id(connection, feed_id)


def settle_feed(connection: Connection, feed: StoredFeed, values: dict[str, Any]) -> bool:
    """Write down what became of a reading; False when it was removed meanwhile, or somebody else reads it by now."""
    mine = update(_feed).where(_feed.c.id == feed.id, _feed.c.claim == feed.claim)
    return connection.execute(mine.values(lease_until=0, **values)).rowcount == 1


def read_soon(connection: Connection, feed_id: str, *, now: int) -> None:
    """Let it be read next, whatever it last came to."""
    connection.execute(update(_feed).where(_feed.c.id == feed_id).values(due_at=now, failures=0))


def remove_feeds(connection: Connection, feed_ids: Collection[str]) -> None:
    """Forget these, with all that is known by them.

    The calendar first, as a reading writes it first: whoever is second waits there, and then sees what the other wrote.
    """
    connection.execute(delete(_feed).where(_feed.c.id.in_(sorted(feed_ids))))
    connection.execute(delete(_busy).where(_busy.c.feed_id.in_(feed_ids)))


def feeds_in(connection: Connection, program_id: str) -> list[tuple[str, str]]:
    """Id and owner of every one in a program, for the house's own work."""
    every = select(_feed.c.id, _feed.c.staff_id).where(_feed.c.program_id == program_id)
    return [(row.id, row.staff_id) for row in connection.execute(every)]


def all_feeds(connection: Connection) -> list[str]:
    """The ids of every one, for the house's own work."""
    return list(connection.execute(select(_feed.c.id)).scalars())


def replace_busy(connection: Connection, feed: StoredFeed, stretches: Sequence[Interval]) -> None:
    """Let these be all that is known by it; what is known already is not written again."""
    mine = (_busy.c.staff_id == feed.staff_id) & (_busy.c.feed_id == feed.id)
    known = {(row.starts_at, row.ends_at) for row in connection.execute(select(_busy).where(mine))}
    wanted = set(stretches)
    gone = sorted(begin for begin, _ in known - wanted)
    if gone:
        connection.execute(delete(_busy).where(mine, _busy.c.starts_at.in_(gone)))
    rows = [
        {"staff_id": feed.staff_id, "feed_id": feed.id, "program_id": feed.program_id, "starts_at": b, "ends_at": e}
        for b, e in sorted(wanted - known)
    ]
    if rows:
        connection.execute(insert(_busy), rows)


def outside_of(connection: Connection, staff_ids: Collection[str], first: int, last: int) -> list[Interval]:
    """When these people are taken by their own calendars between two instants, ascending. One query."""
    asked = {"staff_ids": list(staff_ids), "first": first, "last": last}
    return [(begin, end) for begin, end in _taken_outside.rows(connection, asked)]


def stretches_ahead(connection: Connection, staff_id: str, first: int, last: int) -> dict[str, int]:
    """How many stretches each of somebody's calendars takes between two instants, by its id."""
    counted = select(_busy.c.feed_id, func.count()).where(_busy.c.staff_id == staff_id, _within)
    found = connection.execute(counted.group_by(_busy.c.feed_id), {"first": first, "last": last})
    return {feed_id: int(number) for feed_id, number in found}


def own_refs(connection: Connection, refs: Collection[str]) -> frozenset[str]:
    """Those of these references that calendar files of ours have carried. Three queries at most."""
    if not refs:
        return frozenset()
    columns = (_booking.c.staff_ref, _booking.c.scholar_ref, _part.c.ref)
    return frozenset(
        str(ref) for column in columns for ref in connection.execute(select(column).where(column.in_(refs))).scalars()
    )


def count_feeds(connection: Connection) -> dict[str, int]:
    """How many there are, by whether they were read when last tried."""
    counted = select(_feed.c.state, func.count()).group_by(_feed.c.state)
    totals = {"read": 0, "new": 0, "failing": 0}
    for state, number in connection.execute(counted):
        totals[state if state in (FeedState.READ, FeedState.NEW) else "failing"] += int(number)
    return totals
