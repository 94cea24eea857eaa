"""A scholar takes a time that is kept for them with a press, or says no thanks."""

from sqlalchemy import Connection

from domain.booking import Booked, BookingStatus
from domain.errors import NotFound
from domain.holds import NotKeptAnyMore, RefusedAlready, TakenAlready, approval_until
from domain.kinds import SessionKind
from domain.people import Person
from domain.slots import HOURS_CHANGED, Refusal, why_not
from services.booking.reserve import lock_capacity
from services.desk import SupportDesk
from services.holds.meeting import locked, roster_if_they_may
from services.holds.settle import settle
from services.hours.aside import hold_hours
from services.offers.availability import availability
from services.sessions.facts import SessionDetails
from services.sessions.own import SYSTEM, details_in
from storage.confidential import booking_queries
from storage.confidential.once import once
from storage.once import recall, remember

_STANDS = frozenset(Refusal) - HOURS_CHANGED
"""What was judged when the time was kept, and holds since nobody else could have it."""


def take_time(desk: SupportDesk, scholar: Person, ref: str, *, request_key: str) -> SessionDetails:
    """Make a session of it, or a request where the kind needs approval. A repeated delivery changes nothing.

    What its staff member has taken off since, or the program has closed, is let go at once: no place is lost for it.
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
        if kept.status != BookingStatus.LAPSED:
            return details_in(desk, connection, scholar, kept)
    raise NotKeptAnyMore  # outside of the transaction, which has let it go


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
    if not _is_in_hours(desk, connection, scholar, kept, kind):
        return settle(desk, connection, kept, BookingStatus.LAPSED, by_id=SYSTEM)
    return settle(
        desk,
        connection,
        kept,
        BookingStatus.REQUESTED if kind.needs_approval else BookingStatus.BOOKED,
        by_id=scholar.id,
        held_until=approval_until(kept.starts_at, kind, now=desk.clock.now()) if kind.needs_approval else None,
        roster_version=roster_version,
    )


def _is_in_hours(desk: SupportDesk, connection: Connection, scholar: Person, kept: Booked, kind: SessionKind) -> bool:
    """Whether it lies in the hours of its staff member still, which stay as they are read."""
    lock_capacity(desk, connection, kept.program_id, kind)  # what is let go may be kept for the next
    hold_hours(desk, connection, kept.staff_id)
    staff = [each for each in desk.takers(scholar, kind) if each.id == kept.staff_id]
    first, last = kept.busy_from, kept.busy_to
    found = availability(desk, connection, kind, staff=staff, scholar=scholar, first=first, last=last, without=kept.id)
    now = desk.clock.now()
    return all(why_not(kept.starts_at, one, kind, now=now, waived=_STANDS) is None for one in found.staff)


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
