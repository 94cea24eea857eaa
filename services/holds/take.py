"""A scholar takes a time that is kept for them with a press, or says no thanks."""

from sqlalchemy import Connection

from domain.booking import Booked, BookingStatus
from domain.errors import NotFound
from domain.holds import NotKeptAnyMore, RefusedAlready, TakenAlready, approval_until
from domain.people import Person
from services.desk import SupportDesk
from services.holds.meeting import locked, roster_if_they_may
from services.holds.settle import settle
from services.scheduling.facts import SessionDetails
from services.scheduling.sessions import details_in
from storage.confidential import booking_queries
from storage.confidential.once import once
from storage.once import recall, remember


def take_time(desk: SupportDesk, scholar: Person, ref: str, *, request_key: str) -> SessionDetails:
    """Make a session of it, or a request where the kind needs approval. A repeated delivery changes nothing.

    Raises `NotFound`, `NotKeptAnyMore`, `TakenAlready` or `RefusedAlready`.
    """
    with desk.store.write() as connection:
        kept = locked(desk, connection, scholar, ref)
        if recall(connection, once, request_key) is None:
            _check_kept(desk, connection, scholar, kept)
            kept = _take(desk, connection, scholar, kept)
            outcome = {"booking_id": kept.id}
            now = desk.clock.now()
            remember(connection, once, request_key, program_id=kept.program_id, outcome=outcome, at=now)
        return details_in(desk, connection, scholar, kept)


def refuse_time(desk: SupportDesk, scholar: Person, ref: str) -> None:
    """No thanks: the time goes to the next who waits, or to all. Saying it twice is once. Raises as `take_time`."""
    with desk.store.write() as connection:
        kept = locked(desk, connection, scholar, ref)
        try:
            _check_kept(desk, connection, scholar, kept)
        except RefusedAlready:
            return
        settle(desk, connection, kept, BookingStatus.DECLINED, by_id=scholar.id)


def _take(desk: SupportDesk, connection: Connection, scholar: Person, kept: Booked) -> Booked:
    roster_version = roster_if_they_may(desk, kept)
    if roster_version is None:
        raise NotKeptAnyMore  # the sweep frees it; nobody is told here who has left
    kind = desk.kind(kept.kind, scholar)
    return settle(
        desk,
        connection,
        kept,
        BookingStatus.REQUESTED if kind.needs_approval else BookingStatus.BOOKED,
        by_id=scholar.id,
        held_until=approval_until(kept.starts_at, kind, now=desk.clock.now()) if kind.needs_approval else None,
        roster_version=roster_version,
    )


def _check_kept(desk: SupportDesk, connection: Connection, scholar: Person, kept: Booked) -> None:
    if kept.scholar_id != scholar.id:
        raise NotFound
    match kept.status:
        case BookingStatus.HELD if kept.kept_until > desk.clock.now():
            return
        case BookingStatus.BOOKED | BookingStatus.REQUESTED:
            raise TakenAlready
        case BookingStatus.DECLINED if booking_queries.last_change(connection, kept)[0] == scholar.id:
            raise RefusedAlready
        case _:
            raise NotKeptAnyMore
