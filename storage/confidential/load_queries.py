"""How much staff members carry."""

from collections.abc import Sequence

from sqlalchemy import BigInteger, Connection, case, cast, func, select

from storage.confidential.booking_rows import OPEN, booking


def seconds_by_staff(
    connection: Connection, staff_ids: Sequence[str], *, kinds: Sequence[str], since: int, now: int
) -> dict[str, tuple[int, int]]:
    """Seconds of sessions of these kinds that began between two instants, and of those ahead, by staff member."""
    length = booking.c.ends_at - booking.c.starts_at
    held = cast(func.sum(case((booking.c.starts_at <= now, length), else_=0)), BigInteger)
    ahead = cast(func.sum(case((booking.c.starts_at > now, length), else_=0)), BigInteger)
    found = connection.execute(
        select(booking.c.staff_id, held, ahead)
        .where(
            booking.c.staff_id.in_(staff_ids),
            booking.c.status == OPEN,
            booking.c.starts_at >= since,
            booking.c.kind.in_(kinds),
        )
        .group_by(booking.c.staff_id)
    )
    return {staff_id: (int(before), int(after)) for staff_id, before, after in found}
