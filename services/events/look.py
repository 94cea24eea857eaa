"""What somebody sees of events: those ahead, this week's, one in detail, and for who runs them those that are over."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import Connection

from domain.event_answers import Guest, Numbers
from domain.events import AHEAD_MAX, LENGTH_MAX, PRESS_UNTIL, Event
from domain.people import Person, Role
from domain.talks import Talk
from domain.times import epoch_seconds
from services.audit import Trail, trail
from services.desk import Desk
from services.events.invited import is_in, looked_at, may_run, may_see, run_event, standings_now
from services.events.stored import event_of, guest_of, numbers_of, talk_of
from storage.program import event_guest_queries, event_queries, people_queries
from storage.program.event_queries import ForPerson

WEEK = timedelta(days=7)
PAST_LISTED = 20


@dataclass(frozen=True, slots=True, kw_only=True)
class EventLine:
    """An event as it stands in somebody's list, with what they have said; `zone` is the reader's.

    `is_invited` is false for who sees it as its host or as staff alone.
    """

    event: Event
    guest: Guest
    zone: str
    is_invited: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedTalk:
    """A talk with the name of who gives it; `name` is "" of somebody who has left.

    `guest` is what they have said to the event, for who runs it and for themselves; None for everybody else.
    """

    talk: Talk
    name: str
    has_slot: bool
    guest: Guest | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class EventDetails:
    """All that somebody may see of an event. `place_in_line` is 0 for who does not wait; `now` is program time.

    Names of others are the host's and the speakers' alone: who comes, only host and staff see, elsewhere.
    """

    line: EventLine
    numbers: Numbers
    host_name: str
    talks: tuple[NamedTalk, ...]
    place_in_line: int
    may_run: bool
    now: datetime
    is_staff: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class PastEvent:
    """An event that is over, with its numbers."""

    event: Event
    numbers: Numbers


def events_ahead(desk: Desk, person: Person, *, within: timedelta = AHEAD_MAX) -> tuple[EventLine, ...]:
    """What is ahead, and what people can still say that they were at, the earliest first. One query.

    What was called off is in it for those who had said that they come.
    """
    now = desk.clock.now()
    return seen_between(desk, person, after=now - PRESS_UNTIL, before=now + within)


def seen_between(desk: Desk, person: Person, *, after: datetime, before: datetime) -> tuple[EventLine, ...]:
    """What this person may see now of events that end after an instant and begin before another. One query.

    The earliest first; of those that were called off the same as in `events_ahead`.
    """
    with desk.program.ask() as connection:
        rows = event_queries.for_person(
            connection,
            person.program_id,
            person.id,
            ends_after=epoch_seconds(after),
            starts_before=epoch_seconds(before),
            starts_after=epoch_seconds(after - LENGTH_MAX),
        )
    return tuple(_lines(rows, person, epoch_seconds(desk.clock.now())))


def event_details(desk: Desk, person: Person, event_id: str) -> EventDetails:
    """One event. Raises `NotFound`. As many queries for a large event as for a small one."""
    with desk.program.read() as connection:
        return details_in(desk, connection, person, event_id)


def details_in(desk: Desk, connection: Connection, person: Person, event_id: str) -> EventDetails:
    """The same within a transaction."""
    event, guest, is_invited = looked_at(desk, connection, person, event_id)
    talks = (
        [talk_of(row) for row in event_guest_queries.talks_of(connection, event.id)] if event.plan.talk_slots else []
    )
    ids = {event.plan.host_id, *(talk.person_id for talk in talks)}
    names = people_queries.names_of(connection, ids, program_id=event.program_id)
    waits = guest.waits_for is not None
    place = event_guest_queries.place_in_line(connection, event.id, str(guest.waits_for), guest.line_no) if waits else 0
    return EventDetails(
        line=EventLine(event=event, guest=guest, zone=person.zone, is_invited=is_invited),
        numbers=numbers_of(event_guest_queries.counts(connection, [event.id])),
        host_name=names.get(event.plan.host_id, ""),
        talks=tuple(_named(talks, names, event.plan.talk_slots, _said(connection, person, event, talks))),
        place_in_line=place,
        may_run=may_run(event, person),
        now=desk.clock.now(),
        is_staff=person.has(Role.STAFF),
    )


def event_trail(desk: Desk, person: Person, event_id: str, *, page: int = 0) -> Trail:
    """A page of who did what to an event, newest first, for who runs it. Raises `NotFound`. Three queries."""
    with desk.program.ask() as connection:
        event = run_event(connection, person, event_id)
    return trail(desk, person, event.id, page=page)


def numbers_for(desk: Desk, lines: Iterable[EventLine]) -> dict[str, Numbers]:
    """The numbers of these events. One query, however many there are."""
    ids = [line.event.id for line in lines]
    if not ids:
        return {}
    with desk.program.ask() as connection:
        return _numbers(connection, ids)


def hosts_any(desk: Desk, person: Person) -> bool:
    """Whether somebody has events of their own to look back on. One query."""
    with desk.program.ask() as connection:
        return event_queries.hosts_any(connection, person.program_id, person.id)


def past_events(desk: Desk, person: Person) -> tuple[PastEvent, ...]:
    """The last events that are over, of the whole program for staff, else those that somebody hosted; newest first.

    Two queries.
    """
    with desk.program.read() as connection:
        rows = event_queries.events_over(
            connection,
            person.program_id,
            before=epoch_seconds(desk.clock.now()),
            host_id="" if person.has(Role.STAFF) else person.id,
            at_most=PAST_LISTED,
        )
        numbers = _numbers(connection, [row.id for row in rows])
    return tuple(PastEvent(event=event_of(row), numbers=numbers[row.id]) for row in rows)


def _numbers(connection: Connection, ids: Sequence[str]) -> dict[str, Numbers]:
    found = event_guest_queries.counts(connection, ids)
    return {each: numbers_of(row for row in found if row.event_id == each) for each in ids}


def _lines(rows: Iterable[ForPerson], person: Person, now: int) -> Iterable[EventLine]:
    by_event: dict[str, list[ForPerson]] = {}
    for row in rows:
        by_event.setdefault(row.event.id, []).append(row)
    for found in by_event.values():
        event, guest = event_of(found[0].event), guest_of(person.id, found[0].guest)
        standings = standings_now(person, (row.standing for row in found), now)
        if may_see(event, person, standings, guest):
            is_invited = is_in(event.plan.audience, person.id, standings)
            yield EventLine(event=event, guest=guest, zone=person.zone, is_invited=is_invited)


def _said(connection: Connection, person: Person, event: Event, talks: Sequence[Talk]) -> dict[str, Guest]:
    """What those who speak have said to the event, of whom this person may know it. One query, or none."""
    ids = [talk.person_id for talk in talks if may_run(event, person) or talk.person_id == person.id]
    rows = event_guest_queries.guests_among(connection, event.id, ids) if ids else []
    said = {row.person_id: guest_of(row.person_id, row) for row in rows}
    return {each: said.get(each, Guest(person_id=each)) for each in ids}


def _named(
    talks: Sequence[Talk], names: dict[str, str], slots: int, guests: Mapping[str, Guest]
) -> Iterable[NamedTalk]:
    for number, talk in enumerate(talks):
        name, guest = names.get(talk.person_id, ""), guests.get(talk.person_id)
        yield NamedTalk(talk=talk, name=name, has_slot=number < slots, guest=guest)
