"""What becomes of a kept time, whoever decides it: one guarded change, so that the first one wins."""

from dataclasses import replace

from sqlalchemy import Connection

from domain.booking import AlreadyChanged, Booked, BookingStatus, Change
from domain.times import epoch_seconds
from domain.waiting import REST
from services.booking.reserve import add_change
from services.desk import SupportDesk
from services.holds.deliveries import enqueue_kept, was_never_offered
from services.sessions.topic import seal_reason
from services.waiting.promote import offer_freed
from storage.confidential import booking_queries, cell_queries, waiting_queries

_CHANGING = ("status", "version", "changed_at", "roster_version", "held_until")


def settle(
    desk: SupportDesk,
    connection: Connection,
    kept: Booked,
    status: BookingStatus,
    *,
    by_id: str,
    reason: str = "",
    held_until: int | None = None,
    roster_version: int | None = None,
) -> Booked:
    """Give a kept time its next state, in the caller's transaction, which holds the session's lock.

    A state that does not occupy frees the time, and it goes to who waits for it. Raises `AlreadyChanged` when somebody
    was quicker.
    """
    after = replace(
        kept,
        status=status,
        version=kept.version + 1,
        changed_at=max(epoch_seconds(desk.clock.now()), kept.changed_at),
        roster_version=kept.roster_version if roster_version is None else roster_version,
        held_until=held_until,
    )
    if not booking_queries.change_booking(connection, kept, {name: getattr(after, name) for name in _CHANGING}):
        raise AlreadyChanged
    sealed = seal_reason(desk, connection, reason, booked=after, by_id=by_id)
    add_change(connection, after, Change(status), by_id=by_id, reason=sealed)
    enqueue_kept(connection, desk.ids, kept, after, now=desk.clock.now())
    if after.is_open:
        waiting_queries.waits_no_more(connection, after.scholar_id, after.kind, after.staff_id)
        waiting_queries.offer_taken(connection, after.id)
    if not after.occupies:
        _free(desk, connection, kept, after)
    return after


def _free(desk: SupportDesk, connection: Connection, kept: Booked, after: Booked) -> None:
    cell_queries.vacate(connection, kept)
    place, now = None, desk.clock.now()
    rests_until = epoch_seconds(now + REST)
    has_lapsed = kept.status == BookingStatus.HELD and after.status == BookingStatus.LAPSED
    if has_lapsed and was_never_offered(connection, kept):
        rests_until = epoch_seconds(now)  # Slack was out, and there was nothing to answer
    elif has_lapsed and kept.kept_until <= now:
        # Who does not answer goes behind, or one who is away would keep each time in turn from all others.
        desk.store.lock(connection, f"line {kept.program_id}")
        place = waiting_queries.next_place(connection, kept.program_id)
    waiting_queries.offer_over(connection, kept.id, rests_until=rests_until, place=place)
    offer_freed(desk, connection, kept)
