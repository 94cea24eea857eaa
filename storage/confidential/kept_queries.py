"""Statements about times that are kept for somebody or were asked for."""

from sqlalchemy import Connection, or_, select

from domain.booking import KEPT, Booked, BookingStatus
from storage.confidential.booking_rows import booked_of, booking, columns

_KEPT = sorted(status.value for status in KEPT)


def kept_of(connection: Connection, person_id: str, *, after: int) -> list[Booked]:
    """What waits for an answer after an instant: all of a scholar's own, of a staff member what they were asked for."""
    own = or_(
        (booking.c.scholar_id == person_id) & booking.c.status.in_(_KEPT),
        (booking.c.staff_id == person_id) & (booking.c.status == BookingStatus.REQUESTED.value),
    )
    ahead = select(*columns).where(own, booking.c.held_until > after).order_by(booking.c.starts_at, booking.c.id)
    return [booked_of(row) for row in connection.execute(ahead)]


def taken_without_session(connection: Connection, person_id: str, *, after: int) -> list[Booked]:
    """Everything ahead that is kept or asked for, with this person on either side; for rules, and not to be shown."""
    either = or_(booking.c.scholar_id == person_id, booking.c.staff_id == person_id)
    ahead = select(*columns).where(either, booking.c.status.in_(_KEPT), booking.c.starts_at > after)
    return [booked_of(row) for row in connection.execute(ahead)]


def run_out(connection: Connection, now: int) -> list[Booked]:
    """What nobody has answered in time, for the house's own work."""
    over = select(*columns).where(booking.c.status.in_(_KEPT), booking.c.held_until <= now)
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
