"""Statements about times that are kept for somebody or were asked for."""

from sqlalchemy import Connection, bindparam, literal, or_, select

from domain.booking import KEPT, Booked, BookingStatus
from storage.confidential.booking_rows import booked_of, booking, columns
from storage.prepared import Prepared

_is_kept = booking.c.status.in_([literal(status.value) for status in sorted(KEPT)])
_own = or_(
    (booking.c.scholar_id == bindparam("person_id")) & _is_kept,
    (booking.c.staff_id == bindparam("person_id")) & (booking.c.status == BookingStatus.REQUESTED.value),
)
_kept_of = Prepared(
    select(*columns).where(_own, booking.c.held_until > bindparam("after")).order_by(booking.c.starts_at, booking.c.id)
)


def kept_of(connection: Connection, person_id: str, *, after: int) -> list[Booked]:
    """What waits for an answer after an instant: all of a scholar's own, of a staff member what they were asked for."""
    return [booked_of(row) for row in _kept_of.rows(connection, {"person_id": person_id, "after": after})]


def taken_without_session(connection: Connection, person_id: str, *, after: int) -> list[Booked]:
    """Everything ahead that is kept or asked for, with this person on either side; for rules, and not to be shown."""
    either = or_(booking.c.scholar_id == person_id, booking.c.staff_id == person_id)
    ahead = select(*columns).where(either, _is_kept, booking.c.starts_at > after)
    return [booked_of(row) for row in connection.execute(ahead)]


def run_out(connection: Connection, now: int) -> list[Booked]:
    """What nobody has answered in time, for the house's own work."""
    over = select(*columns).where(_is_kept, booking.c.held_until <= now)
    return [booked_of(row) for row in connection.execute(over.order_by(booking.c.held_until, booking.c.id))]


def kept_instead(connection: Connection, canceled: Booked) -> Booked | None:
    """What is kept for the scholar of a canceled session at the same time, with somebody else."""
    same = select(*columns).where(
        booking.c.scholar_id == canceled.scholar_id,
        booking.c.status == BookingStatus.HELD.value,
        booking.c.starts_at == canceled.starts_at,
        booking.c.kind == canceled.kind,
        booking.c.staff_id != canceled.staff_id,
    )
    row = connection.execute(same).first()
    return None if row is None else booked_of(row)
