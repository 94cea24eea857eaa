"""Who was there: by one press of their own, or by a list. Host and staff see who; others only how many.

The list of staff has everybody who is invited. That of a host who is not staff has nobody who has not said anything:
who is of a role or a stream they may not read, and an event for mentors would tell it by name.
"""

from dataclasses import dataclass

from sqlalchemy import Connection

from domain.event_answers import Guest, NoSuchWay, NotOpenYet
from domain.events import PRESS_FROM, Attending, Event, EventOff
from domain.people import Person, Role
from domain.times import epoch_seconds
from services import audit
from services.audiences.resolve import found
from services.audit import Entry
from services.desk import Desk
from services.events.commands import NoteAttendance
from services.events.invited import run_event, seen_event
from services.events.locking import lock_event
from services.events.stored import guest_of
from services.events.talks import talks_in
from storage.once import recall, remember
from storage.program import event_guest_queries, people_queries
from storage.program.once import once

PAGE = 40
"""People on one page of the host's list: four groups of ten boxes."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedGuest:
    """Somebody who is invited or has answered, by name, for who runs the event."""

    name: str
    guest: Guest


@dataclass(frozen=True, slots=True, kw_only=True)
class GuestList:
    """A page of everybody who is invited or has answered; who comes stands first, then by name.

    `has_silent` is whether it has those as well who have said nothing at all: for staff alone.
    """

    event: Event
    guests: tuple[NamedGuest, ...]
    page: int
    pages: int
    total: int
    zone: str
    has_silent: bool = True


def i_am_here(
    desk: Desk, person: Person, event_id: str, way: Attending | None, *, request_key: str
) -> tuple[Event, Guest, bool]:
    """Note that somebody is there, whether or not they had said yes; and whether that was new.

    Who has pressed for one way may press for the other; what host or staff have noted stays. Raises `NotFound`,
    `EventOff`, `NoSuchWay`, or `NotOpenYet` outside the time for it.
    """
    with desk.program.write() as connection:
        lock_event(desk, connection, event_id)
        event, guest = seen_event(desk, connection, person, event_id)
        if not event.is_open:
            raise EventOff
        if not event.takes_presses(desk.clock.now()):
            raise NotOpenYet
        came = way or guest.way or event.plan.format.ways[0]
        if came not in event.plan.format.ways:
            raise NoSuchWay
        is_noted = guest.came_way is not None and (guest.came_way is came or guest.came_by != person.id)
        if is_noted or recall(connection, once, request_key) is not None:
            return event, guest, False
        _note(desk, connection, event, person.id, came, by_id=person.id)
        remember(connection, once, request_key, program_id=person.program_id, outcome={}, at=desk.clock.now())
        row = event_guest_queries.guest_in(connection, event_id, person.id)
        return event, guest_of(person.id, row), True


def guest_list(desk: Desk, person: Person, event_id: str, *, page: int = 0, only_coming: bool = False) -> GuestList:
    """Who comes and who came. Raises `NotFound`. As many queries for many people as for few.

    For staff everybody invited is in it, unless `only_coming`. For a host who is not staff it is those who have
    answered, wait, speak, or were noted once, so that a tick too few can be put right.
    """
    is_staff = person.has(Role.STAFF)
    with desk.program.read() as connection:
        event = run_event(connection, person, event_id)
        guests, speakers = _guests(connection, event), _speakers(connection, event)
        names = {}
        if is_staff and not only_coming:
            # Whoever has no account can come into a room all the same.
            invited = found(desk, connection, event.program_id, event.plan.audience)
            names = {each.person_id: each.name for each in (*invited.readers, *invited.unreachable)}
        shown = {id_ for id_, guest in guests.items() if not only_coming or guest != Guest(person_id=id_)} | speakers
        others = shown - set(names)
        names |= people_queries.names_of(connection, others, program_id=event.program_id) if others else {}
    everybody = sorted(
        (NamedGuest(name=name, guest=guests.get(id_, Guest(person_id=id_))) for id_, name in names.items()),
        key=lambda each: (not each.guest.has_yes, not each.guest.is_coming, each.name, each.guest.person_id),
    )
    pages = max(1, -(-len(everybody) // PAGE))
    at = min(max(0, page), pages - 1)
    return GuestList(
        event=event,
        guests=tuple(everybody[at * PAGE : (at + 1) * PAGE]),
        page=at,
        pages=pages,
        total=len(everybody),
        zone=person.zone,
        has_silent=is_staff,
    )


def note_attendance(desk: Desk, person: Person, wish: NoteAttendance) -> Event:
    """Write down who of those listed was there, and who was not, where the list was changed; at any time afterwards.

    Who is not of the program, or was on no list of theirs (see `guest_list`), is left out. What is noted already is not
    written again. Raises `NotFound`, `EventOff` or `NotOpenYet`.
    """
    with desk.program.write() as connection:
        lock_event(desk, connection, wish.event_id)
        event = run_event(connection, person, wish.event_id)
        if not event.is_open:
            raise EventOff
        if desk.clock.now() < event.plan.starts - PRESS_FROM:
            raise NotOpenYet
        if recall(connection, once, wish.request_key) is not None:
            return event
        changed = _changes(connection, person, event, wish)
        for person_id, way in changed:
            _note(desk, connection, event, person_id, way, by_id=person.id)
        if changed:
            entry = Entry(
                object_id=event.id, by_id=person.id, deed="noted attendance", detail=audit.people_words(len(changed))
            )
            audit.note(connection, desk, person.program_id, entry)
        remember(connection, once, wish.request_key, program_id=person.program_id, outcome={}, at=desk.clock.now())
        return event


def _changes(
    connection: Connection, person: Person, event: Event, wish: NoteAttendance
) -> list[tuple[str, Attending | None]]:
    """Whoever of the listed was ticked anew, or not any more, and is not noted so: how they were there, or None.

    What the list of this person cannot have had is not meant.
    """
    known = set(people_queries.names_of(connection, wish.listed, program_id=event.program_id))
    guests = _guests(connection, event)
    if not person.has(Role.STAFF):
        known &= set(guests) | _speakers(connection, event)
    changed: list[tuple[str, Attending | None]] = []
    for person_id in [each for each in wish.listed if (each in wish.came) != (each in wish.shown)]:
        guest = guests.get(person_id, Guest(person_id=person_id))
        was_there, is_ticked = guest.came_way is not None, person_id in wish.came
        if person_id in known and was_there != is_ticked:
            changed.append((person_id, (guest.way or event.plan.format.ways[0]) if is_ticked else None))
    return changed


def _guests(connection: Connection, event: Event) -> dict[str, Guest]:
    """Everybody who has ever said anything to the event, or was noted."""
    rows = event_guest_queries.guests_of(connection, event.id)
    return {row.person_id: guest_of(row.person_id, row) for row in rows}


def _speakers(connection: Connection, event: Event) -> set[str]:
    """Everybody on its list of talks. One query, or none."""
    return {talk.person_id for talk in talks_in(connection, event.id)} if event.plan.talk_slots else set()


def _note(
    desk: Desk, connection: Connection, event: Event, person_id: str, way: Attending | None, *, by_id: str
) -> None:
    values = {
        "event_id": event.id,
        "person_id": person_id,
        "program_id": event.program_id,
        "came_way": way or "",
        "came_by": by_id if way else "",
        "came_at": epoch_seconds(desk.clock.now()) if way else 0,
    }
    event_guest_queries.save_guest(connection, values)
