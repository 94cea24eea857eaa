"""Staff plan events; staff and hosts change them and call them off. Each is one transaction behind the event's lock."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import Connection

from domain.errors import NotAllowed
from domain.event_answers import Guest
from domain.events import (
    Attending,
    AudienceOfStaff,
    Event,
    EventBegun,
    EventChanged,
    EventOff,
    EventPlan,
    SeatsBelowYes,
    Status,
    tells,
)
from domain.people import Person, Role
from domain.times import epoch_seconds
from services import audit
from services.audit import Entry
from services.desk import Desk
from services.events.commands import CallOff, EditEvent, PlanEvent
from services.events.deliveries import enqueue_called_off, enqueue_host, enqueue_moved
from services.events.host import check_host
from services.events.invited import run_event
from services.events.inviting import invite, whose_homes
from services.events.locking import event_now, lock_event
from services.events.seats import move_up, remind
from services.events.stored import guest_of, guest_values, values_of
from services.events.talks import tell_of_slots
from storage.once import recall, remember
from storage.program import event_guest_queries, event_queries
from storage.program.once import once

_INSTANT = "%Y-%m-%dT%H:%MZ"


@dataclass(frozen=True, slots=True, kw_only=True)
class EventOutcome:
    """An event as it stands after a deed, whose it is that have a part in it, and who is invited or was before.

    The Home tabs of both show it, or do no more. `has_talk` is of who answers it: whether they have a talk on its list.
    """

    event: Event
    has_talk: bool = False
    person_ids: tuple[str, ...] = ()
    invited_ids: tuple[str, ...] = ()


def plan_event(desk: Desk, staff: Person, wish: PlanEvent) -> EventOutcome:
    """Plan an event. The same request again plans no second one.

    It waits for the next digest of everybody invited; its host alone gets a message of its own. Raises `PastEvent`,
    `InvalidEvent` or `BadHost` at the field.
    """
    if not staff.has(Role.STAFF):
        raise NotAllowed
    wish.plan.check(desk.clock.now())
    check_host(desk, staff, wish.plan.host_id)
    with desk.program.write() as connection:
        done = recall(connection, once, wish.request_key)
        if done is not None:
            return EventOutcome(event=run_event(connection, staff, done["event"]))
        event, invited = add_event(desk, connection, staff, wish.plan)
        enqueue_host(connection, desk, event, by_id=staff.id)
        _remember(desk, connection, staff, wish.request_key, event.id)
        return EventOutcome(event=event, person_ids=(event.plan.host_id,), invited_ids=invited)


def add_event(desk: Desk, connection: Connection, staff: Person, plan: EventPlan) -> tuple[Event, tuple[str, ...]]:
    """Write a new event with its entry in the trail, and let it wait for the digests of those invited; says who is."""
    event_id, now = desk.ids.new(), epoch_seconds(desk.clock.now())
    values = {
        "id": event_id,
        "program_id": staff.program_id,
        "by_id": staff.id,
        "status": Status.PLANNED.value,
        "version": 1,
        "time_version": 1,
        "changed_at": now,
        "reason": "",
        **values_of(connection, plan),
    }
    event_queries.add_event(connection, values)
    audit.note(connection, desk, staff.program_id, Entry(object_id=event_id, by_id=staff.id, deed="planned"))
    event = event_now(connection, event_id)
    return event, invite(desk, connection, staff, event)


def edit_event(desk: Desk, person: Person, wish: EditEvent) -> EventOutcome:
    """Change an event. Who comes or might is told once of another time, place or way; new seats go to the line.

    Another host is told so, and who hosted it before, unless they did it themselves.

    Raises `NotFound`, `EventChanged`, `EventOff`, `EventBegun`, `SeatsBelowYes`, `PastEvent`, `InvalidEvent`; and at
    field "who" `AudienceOfStaff` for a host who is not staff and wants it for others.
    """
    with desk.program.write() as connection:
        lock_event(desk, connection, wish.event_id)
        before = run_event(connection, person, wish.event_id)
        if recall(connection, once, wish.request_key) is not None:
            return EventOutcome(event=before)
        _check_can_change(desk, person, before, wish)
        people = _change(desk, connection, person, before, wish.plan)
        _remember(desk, connection, person, wish.request_key, before.id)
        after = event_now(connection, before.id)
        invited = whose_homes(desk, connection, after, was=before)
        return EventOutcome(event=after, person_ids=people, invited_ids=invited)


def was_done(desk: Desk, request_key: str) -> bool:
    """Whether this very request has taken effect: what it planned must not be what it is warned of. One query."""
    with desk.program.ask() as connection:
        return recall(connection, once, request_key) is not None


def event_to_run(desk: Desk, person: Person, event_id: str) -> Event:
    """An event that this person may change. Raises `NotFound`. One query."""
    with desk.program.ask() as connection:
        return run_event(connection, person, event_id)


def call_off(desk: Desk, person: Person, wish: CallOff) -> EventOutcome:
    """Call an event off and tell who comes, waits or said maybe; twice is once. Raises `NotFound` or `EventBegun`."""
    with desk.program.write() as connection:
        lock_event(desk, connection, wish.event_id)
        before = run_event(connection, person, wish.event_id)
        if not before.is_open:
            return EventOutcome(event=before)
        if desk.clock.now() >= before.plan.ends:
            raise EventBegun
        changed = {"status": Status.CALLED_OFF.value, "reason": wish.reason, "version": before.version + 1}
        _write(desk, connection, before.id, changed)
        after = event_now(connection, before.id)
        told = [each for each in _guests(connection, before.id) if each.may_come]
        enqueue_called_off(connection, desk, after, told)
        audit.note(connection, desk, person.program_id, Entry(object_id=before.id, by_id=person.id, deed="called off"))
        invited = whose_homes(desk, connection, after, was=before)
        return EventOutcome(event=after, person_ids=tuple(each.person_id for each in told), invited_ids=invited)


def _check_can_change(desk: Desk, person: Person, before: Event, wish: EditEvent) -> None:
    if not before.is_open:
        raise EventOff
    if desk.clock.now() >= before.plan.ends:
        raise EventBegun
    if before.version != wish.version:
        raise EventChanged
    # Whoever could choose freely would learn from what then happens who is of which role, stream or site.
    if wish.plan.audience != before.plan.audience and not person.has(Role.STAFF):
        raise AudienceOfStaff(field="who")
    wish.plan.check(desk.clock.now())
    if wish.plan.host_id != before.plan.host_id:
        check_host(desk, person, wish.plan.host_id)


def _change(desk: Desk, connection: Connection, person: Person, before: Event, plan: EventPlan) -> tuple[str, ...]:
    guests = _guests(connection, before.id)
    moved = _refitted(plan, guests)
    _check_seats(plan, [each for each in (*_kept(guests, moved), *moved) if each.has_yes])
    is_told = tells(before.plan, plan)
    versions = {"version": before.version + 1, "time_version": before.time_version + is_told}
    _write(desk, connection, before.id, values_of(connection, plan) | versions)
    after = event_now(connection, before.id)
    for guest in moved:
        event_guest_queries.save_guest(connection, guest_values(after, guest))
    people = tuple(each for each in (*_kept(guests, moved), *moved) if each.may_come)
    if is_told:
        enqueue_moved(connection, desk, after, people, was=before.plan.starts)
        remind(desk, connection, after, [each.person_id for each in people if each.has_yes])
    enqueue_host(connection, desk, after, by_id=person.id, was=before.plan.host_id)
    audit.note(connection, desk, person.program_id, *_deeds(person, before, plan))
    tell_of_slots(desk, connection, after, before.plan.talk_slots)
    up = move_up(desk, connection, after)
    hosts = {before.plan.host_id, plan.host_id} if before.plan.host_id != plan.host_id else set()
    return (*(each.person_id for each in people), *up, *sorted(hosts))


def _deeds(person: Person, before: Event, plan: EventPlan) -> Iterator[Entry]:
    if before.plan.starts == plan.starts:
        yield Entry(object_id=before.id, by_id=person.id, deed="changed")
    else:
        detail = f"{before.plan.starts:{_INSTANT}} to {plan.starts:{_INSTANT}}"
        yield Entry(object_id=before.id, by_id=person.id, deed="moved", detail=detail)
    if before.plan.host_id != plan.host_id:
        yield Entry(object_id=before.id, by_id=person.id, deed="named another host", about_id=plan.host_id)


def _refitted(plan: EventPlan, guests: Sequence[Guest]) -> list[Guest]:
    """Those whose way of attending there is no more: what they said yes to, or wait for, is the other way now."""
    return [_to_other_way(plan, each) for each in guests if not _fits(plan, each)]


def _fits(plan: EventPlan, guest: Guest) -> bool:
    return all(way is None or way in plan.format.ways for way in (guest.way, guest.waits_for))


def _to_other_way(plan: EventPlan, guest: Guest) -> Guest:
    [only] = plan.format.ways
    if guest.has_yes:
        return replace(guest, way=only, waits_for=None, line_no=0)
    return replace(guest, waits_for=only)


def _kept(guests: Sequence[Guest], moved: Sequence[Guest]) -> list[Guest]:
    ids = {each.person_id for each in moved}
    return [each for each in guests if each.person_id not in ids]


def _check_seats(plan: EventPlan, holding: Sequence[Guest]) -> None:
    for way, field in ((Attending.ROOM, "room_seats"), (Attending.REMOTE, "remote_seats")):
        taken, seats = sum(each.way is way for each in holding), plan.seats(way)
        if seats is not None and seats < taken:
            people = "1 person has" if taken == 1 else f"{taken} people have"
            raise SeatsBelowYes(f"{people} said yes already, so there have to be at least {taken} seats.", field=field)


def _guests(connection: Connection, event_id: str) -> list[Guest]:
    return [guest_of(row.person_id, row) for row in event_guest_queries.guests_of(connection, event_id)]


def _write(desk: Desk, connection: Connection, event_id: str, values: dict[str, object]) -> None:
    changed_at = epoch_seconds(desk.clock.now())
    event_queries.change_event(connection, event_id, values | {"changed_at": changed_at})


def _remember(desk: Desk, connection: Connection, person: Person, request_key: str, event_id: str) -> None:
    remember(
        connection,
        once,
        request_key,
        program_id=person.program_id,
        outcome={"event": event_id},
        at=desk.clock.now(),
    )
