"""Statements about those who wait. Nobody but the scholar's own requests and the house's own work asks for them."""

from collections.abc import Collection, Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Integer, bindparam, delete, exists, func, insert, or_, select, update

from domain.booking import Booked, BookingStatus, Change
from domain.waiting import ANYONE, Waiter
from storage.confidential.booking_rows import booking
from storage.confidential.bookings import BookingChange
from storage.confidential.delivery import ConfidentialDelivery
from storage.confidential.waiting import Waiting
from storage.engine import table_of
from storage.prepared import Prepared

_waiting = table_of(Waiting)
_change = table_of(BookingChange)
_ledger = table_of(ConfidentialDelivery)
_KEPT_AND_OVER = 2
"""The version of a time that was kept and then let go, with nothing in between."""
_FIELDS = tuple(Waiter.__dataclass_fields__)
_fields = select(*(_waiting.c[name] for name in _FIELDS))
_line = Prepared(
    _fields.where(_waiting.c.program_id == bindparam("program_id"), _waiting.c.kind == bindparam("kind")).order_by(
        _waiting.c.place
    )
)
_next = Prepared(
    _fields.where(
        _waiting.c.program_id == bindparam("program_id"),
        _waiting.c.kind == bindparam("kind"),
        _waiting.c.staff_id.in_(bindparam("staff_ids", expanding=True)),
        _waiting.c.booking_id.is_(None),
        _waiting.c.from_day <= bindparam("last_day"),
        or_(_waiting.c.until_day == "", _waiting.c.until_day >= bindparam("first_day")),
        _waiting.c.place > bindparam("after"),
    )
    .order_by(_waiting.c.place)
    .limit(bindparam("limit", type_=Integer))
)
_answered = Prepared(
    delete(_waiting).where(
        _waiting.c.scholar_id == bindparam("scholar_id"),
        _waiting.c.kind == bindparam("kind"),
        _waiting.c.staff_id.in_(bindparam("staff_ids", expanding=True)),
    )
)


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Put somebody at the end of the line. The caller holds its lock and has asked for `next_place`."""
    connection.execute(insert(_waiting), values)


def next_place(connection: Connection, program_id: str) -> int:
    """The place behind everybody of a program."""
    last = select(func.max(_waiting.c.place)).where(_waiting.c.program_id == program_id)
    return int(connection.execute(last).scalar() or 0) + 1


def set_days(connection: Connection, waiter: Waiter, from_day: str, until_day: str) -> None:
    """Wait for other days, in the same place."""
    days = {"from_day": from_day, "until_day": until_day}
    connection.execute(update(_waiting).where(_waiting.c.id == waiter.id).values(days))


def of_scholar(connection: Connection, scholar_id: str) -> list[Waiter]:
    """What a scholar waits for, in the order in which they joined."""
    found = _fields.where(_waiting.c.scholar_id == scholar_id).order_by(_waiting.c.joined_at, _waiting.c.id)
    return [_waiter(row) for row in connection.execute(found)]


def waiter_by_id(connection: Connection, waiter_id: str) -> Waiter | None:
    """A place in the line as it stands."""
    row = connection.execute(_fields.where(_waiting.c.id == waiter_id)).first()
    return None if row is None else _waiter(row)


def line(connection: Connection, program_id: str, kind: str) -> list[Waiter]:
    """Who waits for a kind, the first one first."""
    return [_waiter(row) for row in _line.rows(connection, {"program_id": program_id, "kind": kind})]


def next_in_line(
    connection: Connection, freed: Booked, *, days: tuple[str, str], after: int, limit: int
) -> list[Waiter]:
    """The first so many behind a place who could want what `freed` was on one of these ISO dates, with nothing kept."""
    first_day, last_day = days
    values = {
        "program_id": freed.program_id,
        "kind": freed.kind,
        "staff_ids": [ANYONE, freed.staff_id],
        "first_day": first_day,
        "last_day": last_day,
        "after": after,
        "limit": limit,
    }
    return [_waiter(row) for row in _next.rows(connection, values)]


def everybody(connection: Connection) -> list[Waiter]:
    """Who waits for whatever, the first one first."""
    return [_waiter(row) for row in connection.execute(_fields.order_by(_waiting.c.program_id, _waiting.c.place))]


def leave(connection: Connection, waiter_id: str, scholar_id: str) -> bool:
    """Take a scholar out of a line of theirs; False when they are in it no more."""
    own = delete(_waiting).where(_waiting.c.id == waiter_id, _waiting.c.scholar_id == scholar_id)
    return connection.execute(own).rowcount == 1


def drop(connection: Connection, waiter: Waiter) -> bool:
    """Take somebody out for whom no time can come any more; False when they have left, or have one kept for them."""
    idle = delete(_waiting).where(_waiting.c.id == waiter.id, _waiting.c.booking_id.is_(None))
    return connection.execute(idle).rowcount == 1


def waits_no_more(connection: Connection, scholar_id: str, kind: str, staff_id: str) -> None:
    """The scholar has a session of the kind with this staff member: that is what they waited for."""
    _answered.run(connection, {"scholar_id": scholar_id, "kind": kind, "staff_ids": [ANYONE, staff_id]})


def note_offer(connection: Connection, waiter_id: str, booking_id: str) -> None:
    """Something is kept for them."""
    connection.execute(update(_waiting).where(_waiting.c.id == waiter_id).values(booking_id=booking_id))


def offer_taken(connection: Connection, booking_id: str) -> None:
    """The place in line for which this was kept has done what it was for, with whomever that is by now."""
    connection.execute(delete(_waiting).where(_waiting.c.booking_id == booking_id))


def waiter_offered(connection: Connection, booking_id: str) -> Waiter | None:
    """The place in line for which this is kept; None for what is kept for another reason."""
    row = connection.execute(_fields.where(_waiting.c.booking_id == booking_id)).first()
    return None if row is None else _waiter(row)


def hand_on(connection: Connection, waiter: Waiter, moved: Booked) -> None:
    """What is kept for this place is kept with somebody else from now on, and so it waits for them.

    Not for who waits for these already: that place is one of its own.
    """
    theirs = _waiting.c.scholar_id == waiter.scholar_id, _waiting.c.kind == waiter.kind
    if waiter.staff_id not in (ANYONE, moved.staff_id):
        if connection.execute(select(_waiting.c.id).where(*theirs, _waiting.c.staff_id == moved.staff_id)).first():
            return
        staff_id = moved.staff_id
    else:
        staff_id = waiter.staff_id
    changed = {"staff_id": staff_id, "booking_id": moved.id}
    connection.execute(update(_waiting).where(_waiting.c.id == waiter.id).values(changed))


def offer_over(connection: Connection, booking_id: str, *, rests_until: int, place: int | None = None) -> None:
    """What was kept came to nothing; whoever waited for it is in the same place, unless another is given."""
    changed = {"booking_id": None, "rests_until": rests_until} | ({} if place is None else {"place": place})
    connection.execute(update(_waiting).where(_waiting.c.booking_id == booking_id).values(changed))


def had_before(
    connection: Connection, scholar_ids: Collection[str], *, after: int, told_by: str
) -> set[tuple[str, str, int]]:
    """Scholar, staff member and start, after an instant, of whatever these scholars ever had or were offered.

    `told_by` is the kind of message that offers: what has run out before Slack was asked to show one was no offer.
    """
    unsent = exists().where(
        _ledger.c.object_id == booking.c.id, _ledger.c.kind == told_by, _ledger.c.intent_at.is_(None)
    )
    was_no_offer = (booking.c.status == BookingStatus.LAPSED.value) & (booking.c.version == _KEPT_AND_OVER) & unsent
    return {
        (row.scholar_id, row.staff_id, row.starts_at)
        for row in connection.execute(
            select(booking.c.scholar_id, booking.c.staff_id, _change.c.starts_at)
            .join(_change, _change.c.booking_id == booking.c.id)
            .where(booking.c.scholar_id.in_(scholar_ids), _change.c.starts_at > after, ~was_no_offer)
        )
    }


def given_up(connection: Connection, staff_ids: Sequence[str], *, after: int) -> list[tuple[str, str, int]]:
    """Staff member, kind and start, after an instant, of sessions that they themselves canceled or moved away from."""
    before = _change.alias()
    stepped = (
        select(booking.c.staff_id, booking.c.kind, before.c.starts_at)
        .join(_change, _change.c.booking_id == booking.c.id)
        .join(before, (before.c.booking_id == booking.c.id) & (before.c.version == _change.c.version - 1))
        .where(
            booking.c.staff_id.in_(staff_ids),
            booking.c.status.in_([BookingStatus.BOOKED.value, BookingStatus.CANCELED.value]),
            booking.c.starts_at > after,
            _change.c.by_id == booking.c.staff_id,
            _change.c.what.in_([Change.CANCELED.value, Change.MOVED.value]),
            before.c.starts_at > after,
        )
    )
    return [(row.staff_id, row.kind, row.starts_at) for row in connection.execute(stepped)]


def _waiter(row: Sequence[Any]) -> Waiter:
    return Waiter(**dict(zip(_FIELDS, row, strict=True)))
