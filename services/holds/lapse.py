"""What nobody has answered in time is let go: its time goes to the next who waits, or to all."""

from collections.abc import Callable

from domain.booking import Booked, BookingStatus
from domain.times import epoch_seconds
from services.desk import SupportDesk
from services.holds.settle import settle
from services.sessions.own import SYSTEM
from storage.confidential import booking_queries, kept_queries

Told = Callable[..., object]
"""Called with the people whose Home tab is different now."""


def let_go(desk: SupportDesk, told: Told = lambda *_people: None) -> int:
    """Settle everything that has run out, and return how much that was. Safe to repeat; one query if there is none.

    `told` is called with the scholar of each, and with who was asked, once it is settled.
    """
    with desk.store.read() as connection:
        over = kept_queries.run_out(connection, epoch_seconds(desk.clock.now()))
    gone = [kept for kept in over if _let_go(desk, kept)]
    for kept in gone:
        told(*((kept.scholar_id, kept.staff_id) if kept.status == BookingStatus.REQUESTED else (kept.scholar_id,)))
    return len(gone)


def _let_go(desk: SupportDesk, kept: Booked) -> bool:
    """Judged once more behind the locks: somebody may just have answered."""
    with desk.store.write() as connection:
        desk.store.lock(connection, kept.scholar_id)
        desk.store.lock(connection, kept.id)
        current = booking_queries.booking_by_id(connection, kept.id)
        if current is None or not current.is_kept or current.kept_until > desk.clock.now():
            return False
        settle(desk, connection, current, BookingStatus.LAPSED, by_id=SYSTEM)
    return True
