"""Statements about what is taken: of whom, how much of it, and how many by one scholar."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection, and_, bindparam, func, or_, select, union_all

from storage.confidential.booking_rows import REACH_SECONDS, booking, occupying
from storage.prepared import Prepared


class Busy(NamedTuple):
    """A stretch that is taken: of the staff member with buffers, of the scholar without. Epoch seconds, half-open."""

    booking_id: str
    staff_id: str
    scholar_id: str
    starts_at: int
    ends_at: int
    busy_from: int
    busy_to: int


_taken = select(
    booking.c.id,
    booking.c.staff_id,
    booking.c.scholar_id,
    booking.c.starts_at,
    booking.c.ends_at,
    booking.c.busy_from,
    booking.c.busy_to,
).where(
    occupying,
    booking.c.busy_to > bindparam("first"),
    booking.c.busy_from < bindparam("last"),
    # Implied by the two before; said so that an index finds these few however many sessions there ever were.
    booking.c.starts_at > bindparam("earliest"),
    booking.c.starts_at < bindparam("latest"),
)
_is_of_staff = booking.c.staff_id.in_(bindparam("staff_ids", expanding=True))
_is_theirs_as_scholar = booking.c.scholar_id.in_(bindparam("staff_ids", expanding=True))
_busy = Prepared(
    union_all(
        _taken.where(_is_of_staff),
        _taken.where(_is_theirs_as_scholar, ~_is_of_staff),
        _taken.where(
            or_(booking.c.scholar_id == bindparam("scholar_id"), booking.c.staff_id == bindparam("scholar_id")),
            ~_is_of_staff,
            ~_is_theirs_as_scholar,
        ),
    )
)


def busy(connection: Connection, *, staff_ids: Sequence[str], scholar_id: str, first: int, last: int) -> list[Busy]:
    """What is taken of these staff members and this scholar between two instants, whichever side of it they are on.

    One query.
    """
    who = {"staff_ids": list(staff_ids), "scholar_id": scholar_id}
    when = {"first": first, "last": last, "earliest": first - REACH_SECONDS, "latest": last + REACH_SECONDS}
    return [Busy._make(row) for row in _busy.rows(connection, who | when)]


_open_count = Prepared(
    select(func.count()).where(
        and_(
            booking.c.scholar_id == bindparam("scholar_id"),
            occupying,
            booking.c.starts_at > bindparam("after"),
            booking.c.kind == bindparam("kind"),
        )
    )
)


def open_count(connection: Connection, scholar_id: str, kind: str, *, after: int) -> int:
    """How many bookings of a kind the scholar has ahead, what is kept for them and what they asked for included."""
    ((found,),) = _open_count.rows(connection, {"scholar_id": scholar_id, "kind": kind, "after": after})
    return int(found)


_load = Prepared(
    select(booking.c.staff_id, func.sum(booking.c.ends_at - booking.c.starts_at))
    .where(
        booking.c.staff_id.in_(bindparam("staff_ids", expanding=True)),
        occupying,
        booking.c.starts_at >= bindparam("since"),
    )
    .group_by(booking.c.staff_id)
)


def load_by_staff(connection: Connection, staff_ids: Sequence[str], *, since: int) -> dict[str, int]:
    """Seconds of sessions since an instant, by staff member; what lies ahead counts, and so does what is kept."""
    found = _load.rows(connection, {"staff_ids": list(staff_ids), "since": since})
    return {staff_id: int(total) for staff_id, total in found}
