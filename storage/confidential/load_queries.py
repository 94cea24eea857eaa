"""How much staff members carry."""

from collections.abc import Sequence

from sqlalchemy import BigInteger, Connection, case, cast, func, or_, select

from domain.booking import BookingStatus, Change
from storage.confidential.booking_rows import OPEN, booking
from storage.confidential.bookings import BookingChange
from storage.engine import table_of

_change = table_of(BookingChange)
_CANCELED = BookingStatus.CANCELED.value


def seconds_by_staff(
    connection: Connection, staff_ids: Sequence[str], *, kinds: Sequence[str], since: int, at: int
) -> dict[str, tuple[int, int]]:
    """Seconds of sessions of these kinds that had begun at an instant, and of those ahead then, by staff member.

    As things stood at that instant: what was set since does not count, and what was canceled since does. A move only
    goes from ahead to ahead.
    """
    length = booking.c.ends_at - booking.c.starts_at
    held = cast(func.sum(case((booking.c.starts_at <= at, length), else_=0)), BigInteger)
    ahead = cast(func.sum(case((booking.c.starts_at > at, length), else_=0)), BigInteger)
    set_since = (
        select(_change.c.version)
        .where(_change.c.booking_id == booking.c.id, _change.c.at >= at, _change.c.what == Change.BOOKED.value)
        .exists()
    )
    found = connection.execute(
        select(booking.c.staff_id, held, ahead)
        .where(
            booking.c.staff_id.in_(staff_ids),
            booking.c.status.in_([OPEN, _CANCELED]),
            booking.c.starts_at >= since,
            booking.c.kind.in_(kinds),
            or_(booking.c.status == OPEN, booking.c.changed_at >= at),
            ~set_since,
        )
        .group_by(booking.c.staff_id)
    )
    return {staff_id: (int(before), int(after)) for staff_id, before, after in found}
