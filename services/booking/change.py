"""Either side moves or cancels a session; the version they were looking at guards against two doing so at once."""

from dataclasses import replace

from sqlalchemy import Connection

from domain.booking import CHANGING, AlreadyChanged, Booked, BookingStatus, Change, SameTime, SlotTaken
from domain.errors import DomainError, NotFound
from domain.kinds import SessionKind
from domain.people import Person
from domain.slots import NotOffered, check_offered
from domain.times import epoch_seconds
from services.booking.commands import CancelSession, MoveSession
from services.booking.reserve import add_change, lock_capacity
from services.desk import SupportDesk
from services.hours.aside import hold_hours
from services.offers.availability import availability
from services.offers.gone import time_gone
from services.session_news.deliveries import cancel_reminders, enqueue_for, enqueue_for_canceled
from services.sessions.changing import check_changeable, check_movable
from services.sessions.facts import SessionDetails
from services.sessions.own import details_in, following_in, own_session
from services.sessions.topic import seal_reason
from services.waiting.promote import offer_freed
from storage.confidential import booking_queries, cell_queries
from storage.confidential.once import once
from storage.once import recall, remember


def move_session(desk: SupportDesk, person: Person, command: MoveSession) -> SessionDetails:
    """Move a session of the person's own to another start. A repeated delivery changes nothing.

    Raises `NotFound`, also when the two may not meet any more, `AlreadyCanceled`, `AlreadyChanged`, `AlreadyOver`,
    `TooLate`, `TakesAYes`, `SameTime`, or `TimeGone` at field "start" with the next free times in the person's zone.
    """
    try:
        with desk.store.write() as connection:
            booked = _locked(desk, connection, person, command.ref)
            if recall(connection, once, command.request_key) is None:
                booked = _move(desk, connection, person, booked, command)
            return details_in(desk, connection, person, booked)
    except NotOffered as refusal:
        raise _gone(desk, person, command, refusal) from None
    except cell_queries.CellTaken:
        raise _gone(desk, person, command, SlotTaken()) from None


def cancel_session(desk: SupportDesk, person: Person, command: CancelSession) -> SessionDetails:
    """Cancel a session of the person's own. A repeated delivery changes nothing. Raises as `move_session` does."""
    with desk.store.write() as connection:
        booked = _locked(desk, connection, person, command.ref)
        if recall(connection, once, command.request_key) is None:
            booked = _cancel(desk, connection, person, booked, command)
        return details_in(desk, connection, person, booked)


def cancel_booked(
    desk: SupportDesk, connection: Connection, booked: Booked, *, by_id: str, reason: str, is_told: bool = True
) -> Booked:
    """Cancel inside the caller's transaction, which holds the session's lock: row, cells, reminders and news.

    Without `is_told` the caller writes the news, of several sessions at once.
    """
    after = replace(
        booked,
        status=BookingStatus.CANCELED,
        version=booked.version + 1,
        sequence=booked.sequence + 1,
        changed_at=stamp(desk, booked),
    )
    _apply(desk, connection, booked, after, Change.CANCELED, by_id=by_id, reason=reason, is_told=is_told)
    return after


def _locked(desk: SupportDesk, connection: Connection, person: Person, ref: str) -> Booked:
    """The session as it stands once nobody else can change it. It is looked up first, since the lock goes by its id."""
    found = booking_queries.booking_of(connection, ref, person.id)
    if found is None:
        raise NotFound
    # The scholar first: whoever keeps a freed time for them passes over somebody who is just being moved.
    desk.store.lock(connection, found.scholar_id)
    desk.store.lock(connection, found.id)
    return own_session(desk, connection, person, ref)


def _move(desk: SupportDesk, connection: Connection, person: Person, booked: Booked, command: MoveSession) -> Booked:
    kind = _changeable(desk, person, booked, command.version)
    check_movable(booked, kind, person)
    start = epoch_seconds(command.starts)
    if start == booked.starts_at:
        raise SameTime(field="start")
    scholar, staff = _parties(desk, person, booked, kind)
    first, last = kind.busy(start)
    lock_capacity(desk, connection, booked.program_id, kind)
    hold_hours(desk, connection, staff.id)
    found = availability(
        desk, connection, kind, staff=[staff], scholar=scholar, first=first, last=last, without=booked.id
    )
    check_offered(
        start,
        found.staff[0],
        kind,
        now=desk.clock.now(),
        scholar_busy=found.scholar_busy,
        withheld=found.withheld if person.id == scholar.id else (),
    )
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
        changed_at=stamp(desk, booked),
        roster_version=min(scholar.roster_version, staff.roster_version),
    )
    _apply(desk, connection, booked, after, Change.MOVED, by_id=person.id, reason=command.reason)
    _remember(desk, connection, command.request_key, booked)
    return after


def _cancel(
    desk: SupportDesk, connection: Connection, person: Person, booked: Booked, command: CancelSession
) -> Booked:
    _changeable(desk, person, booked, command.version)
    following = _following(desk, connection, booked) if command.and_following else []
    after, *others = (
        cancel_booked(desk, connection, each, by_id=person.id, reason=command.reason, is_told=not following)
        for each in (booked, *following)
    )
    if others:
        enqueue_for_canceled(connection, desk.ids, [after, *others], now=desk.clock.now())
    _remember(desk, connection, command.request_key, booked)
    return after


def _following(desk: SupportDesk, connection: Connection, booked: Booked) -> list[Booked]:
    """The later sessions of the series that still stand, each behind its lock, taken in the order of their starts."""
    for each in following_in(connection, booked):
        desk.store.lock(connection, each.id)
    return following_in(connection, booked)


def _changeable(desk: SupportDesk, person: Person, booked: Booked, version: int) -> SessionKind:
    kind = desk.kind(booked.kind, person)
    check_changeable(booked, kind, person, now=epoch_seconds(desk.clock.now()))
    if booked.version != version:
        raise AlreadyChanged
    return kind


def _apply(
    desk: SupportDesk,
    connection: Connection,
    before: Booked,
    after: Booked,
    change: Change,
    *,
    by_id: str,
    reason: str,
    is_told: bool = True,
) -> None:
    cell_queries.vacate(connection, before)
    if after.is_open:
        cell_queries.occupy(connection, after)
    if not booking_queries.change_booking(connection, before, {name: getattr(after, name) for name in CHANGING}):
        raise AlreadyChanged
    sealed = seal_reason(desk, connection, reason, booked=after, by_id=by_id)
    add_change(connection, after, change, by_id=by_id, reason=sealed)
    cancel_reminders(connection, before)
    if is_told:
        enqueue_for(connection, desk.ids, after, change, now=desk.clock.now())
    if by_id != before.staff_id:  # who would take the session had a reason to give the time up
        offer_freed(desk, connection, before)


def _remember(desk: SupportDesk, connection: Connection, key: str, booked: Booked) -> None:
    outcome = {"booking_id": booked.id}
    remember(connection, once, key, program_id=booked.program_id, outcome=outcome, at=desk.clock.now())


def _parties(desk: SupportDesk, person: Person, booked: Booked, kind: SessionKind) -> tuple[Person, Person]:
    """Scholar and staff member, one of whom asks, if the two may still meet. Raises `NotFound`."""
    scholar = person if person.id == booked.scholar_id else desk.people.person(booked.scholar_id)
    if scholar is None or not scholar.has(kind.booked_by):
        raise NotFound
    for staff in desk.takers(scholar, kind):
        if staff.id == booked.staff_id:
            return scholar, staff
    raise NotFound


def _gone(desk: SupportDesk, person: Person, command: MoveSession, refusal: DomainError) -> DomainError:
    with desk.store.read() as connection:
        booked = own_session(desk, connection, person, command.ref)
    kind = desk.kind(booked.kind, person)
    scholar, staff = _parties(desk, person, booked, kind)
    return time_gone(
        desk,
        refusal,
        wanted=epoch_seconds(command.starts),
        kind=kind,
        staff=[staff],
        scholar=scholar,
        zone_name=person.zone,
        moving=booked,
        is_scholar=person.id == scholar.id,
    )


def stamp(desk: SupportDesk, booked: Booked) -> int:
    """When the change happens; never before the change before, since calendars go by it."""
    return max(epoch_seconds(desk.clock.now()), booked.changed_at)
