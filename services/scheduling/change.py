"""Either side moves or cancels a session; the version they were looking at guards against two doing so at once."""

from dataclasses import replace

from sqlalchemy import Connection
from sqlalchemy.exc import IntegrityError

from domain.booking import AlreadyChanged, Booked, BookingStatus, Change, SlotTaken
from domain.errors import NotFound
from domain.kinds import SessionKind
from domain.people import Person
from domain.slots import check_offered
from domain.times import epoch_seconds
from services.desk import SupportDesk
from services.scheduling.availability import availability
from services.scheduling.book import once
from services.scheduling.commands import CancelSession, MoveSession
from services.scheduling.deliveries import cancel_reminders, enqueue_for
from services.scheduling.facts import SessionDetails
from services.scheduling.reserve import add_change, occupy
from services.scheduling.rules import check_changeable
from services.scheduling.sessions import session_details
from services.scheduling.topic import seal_reason
from storage.confidential import booking_queries
from storage.once import recall, remember


def move_session(desk: SupportDesk, person: Person, command: MoveSession) -> SessionDetails:
    """Move a session of the person's own to another start. A repeated delivery changes nothing.

    Raises `NotFound`, `AlreadyCanceled`, `AlreadyChanged`, `AlreadyOver`, `TooLate`, `NotOffered` or `SlotTaken`.
    """
    try:
        with desk.store.write() as connection:
            if recall(connection, once, command.request_key) is None:
                _move(desk, connection, person, command)
    except IntegrityError:
        if not _has_happened(desk, command.request_key):
            raise SlotTaken(field="start") from None
    return session_details(desk, person, command.session_id)


def cancel_session(desk: SupportDesk, person: Person, command: CancelSession) -> SessionDetails:
    """Cancel a session of the person's own. A repeated delivery changes nothing. Raises as `move_session` does."""
    try:
        with desk.store.write() as connection:
            if recall(connection, once, command.request_key) is None:
                _cancel(desk, connection, person, command)
    except IntegrityError:
        if not _has_happened(desk, command.request_key):
            raise
    return session_details(desk, person, command.session_id)


def cancel_booked(desk: SupportDesk, connection: Connection, booked: Booked, *, by_id: str, reason: str) -> Booked:
    """Cancel inside the caller's transaction: row, cells, reminders and news. Raises `AlreadyChanged`."""
    now = desk.clock.now()
    after = replace(
        booked,
        status=BookingStatus.CANCELED,
        version=booked.version + 1,
        sequence=booked.sequence + 1,
        changed_at=epoch_seconds(now),
    )
    _apply(desk, connection, booked, after, Change.CANCELED, by_id=by_id, reason=reason)
    return after


def _move(desk: SupportDesk, connection: Connection, person: Person, command: MoveSession) -> None:
    booked, kind = _changeable(desk, connection, person, command.session_id, command.version)
    now = desk.clock.now()
    start = epoch_seconds(command.starts)
    staff = desk.people.person(booked.staff_id)
    if staff is None:
        raise NotFound
    desk.store.lock(connection, booked.scholar_id)
    first, last = kind.busy(start)
    found = availability(
        connection, staff=[staff], scholar_id=booked.scholar_id, first=first, last=last, without=booked.id
    )
    check_offered(start, found.staff[0], kind, now=now, scholar_busy=found.scholar_busy)
    starts_at, ends_at = kind.session(start)
    busy_from, busy_to = kind.busy(start)
    after = replace(
        booked,
        starts_at=starts_at,
        ends_at=ends_at,
        busy_from=busy_from,
        busy_to=busy_to,
        version=booked.version + 1,
        sequence=booked.sequence + 1,
        changed_at=epoch_seconds(now),
    )
    _apply(desk, connection, booked, after, Change.MOVED, by_id=person.id, reason=command.reason)
    occupy(connection, after)
    _remember(desk, connection, command.request_key, booked)


def _cancel(desk: SupportDesk, connection: Connection, person: Person, command: CancelSession) -> None:
    booked, _ = _changeable(desk, connection, person, command.session_id, command.version)
    cancel_booked(desk, connection, booked, by_id=person.id, reason=command.reason)
    _remember(desk, connection, command.request_key, booked)


def _changeable(
    desk: SupportDesk, connection: Connection, person: Person, session_id: str, version: int
) -> tuple[Booked, SessionKind]:
    booked = booking_queries.booking_of(connection, session_id, person.id)
    if booked is None:
        raise NotFound
    kind = desk.kind(booked.kind)
    check_changeable(booked, kind, person, now=epoch_seconds(desk.clock.now()))
    if booked.version != version:
        raise AlreadyChanged
    return booked, kind


def _apply(
    desk: SupportDesk,
    connection: Connection,
    before: Booked,
    after: Booked,
    change: Change,
    *,
    by_id: str,
    reason: str,
) -> None:
    names = ("status", "starts_at", "ends_at", "busy_from", "busy_to", "version", "sequence", "changed_at")
    if not booking_queries.change_booking(connection, before, {name: getattr(after, name) for name in names}):
        raise AlreadyChanged
    booking_queries.vacate(connection, before.id)
    sealed = seal_reason(desk, connection, reason, booked=after, by_id=by_id)
    add_change(connection, after, change, by_id=by_id, reason=sealed)
    cancel_reminders(connection, before)
    enqueue_for(connection, desk.ids, after, change, now=desk.clock.now())


def _remember(desk: SupportDesk, connection: Connection, key: str, booked: Booked) -> None:
    outcome = {"booking_id": booked.id}
    remember(connection, once, key, program_id=booked.program_id, outcome=outcome, at=desk.clock.now())


def _has_happened(desk: SupportDesk, key: str) -> bool:
    with desk.store.read() as connection:
        return recall(connection, once, key) is not None
