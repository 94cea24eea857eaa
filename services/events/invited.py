"""Who may see an event: judged anew whenever somebody looks, until it begins.

An announcement is frozen when it is sent, since it was said to certain people. An event is an invitation that stands:
whoever belongs to its audience on the day on which they look may come, also when they joined after it was planned.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import Connection

from domain.audience import Audience, Standing
from domain.days import Term
from domain.errors import NotFound
from domain.event_answers import Guest
from domain.events import Event
from domain.people import Person, Role
from domain.times import epoch_seconds
from services.desk import Desk
from services.events.stored import event_of, guest_of
from storage.program import event_guest_queries, event_queries
from storage.program.audience_queries import StandingRow
from storage.program.event_queries import StandingFacts


def in_force(facts: StandingFacts | StandingRow, now: int) -> bool:
    """Whether a membership is one at this instant (epoch seconds)."""
    begin, end = Term(facts.starts_on, facts.ends_on, facts.zone).instants
    return begin <= now < end


def standing_of(facts: StandingFacts | StandingRow) -> Standing:
    """A membership as audiences are checked against."""
    return Standing(cohort=facts.cohort, phase=facts.phase, stream=facts.stream, role=Role(facts.role), site=facts.site)


def standings_now(person: Person, found: Iterable[StandingFacts], now: int) -> tuple[Standing, ...]:
    """What somebody is at this instant; of a guest of the workspace only what guests can be."""
    return tuple(standing_of(each) for each in found if in_force(each, now) and Role(each.role) in person.roles)


def is_in(audience: Audience, person_id: str, standings: Iterable[Standing]) -> bool:
    """Whether somebody is meant."""
    return person_id in audience.people or any(map(audience.takes, standings))


def may_run(event: Event, person: Person) -> bool:
    """Whether somebody may change an event, and see who comes: the staff of its program, and its host."""
    return event.program_id == person.program_id and (person.has(Role.STAFF) or event.plan.host_id == person.id)


def may_see(event: Event, person: Person, standings: Iterable[Standing], guest: Guest) -> bool:
    """Whether somebody may look at an event at all. An answer they have given stays theirs to see and change."""
    if event.program_id != person.program_id:
        return False
    return (
        may_run(event, person)
        or guest != Guest(person_id=person.id)
        or is_in(event.plan.audience, person.id, standings)
    )


def seen_event(desk: Desk, connection: Connection, person: Person, event_id: str) -> tuple[Event, Guest]:
    """An event and what this person has said to it. Raises `NotFound` for one that they may not see. Three queries."""
    event, guest, _ = looked_at(desk, connection, person, event_id)
    return event, guest


def looked_at(desk: Desk, connection: Connection, person: Person, event_id: str) -> tuple[Event, Guest, bool]:
    """The same, with whether they are invited: host and staff see others too."""
    row = event_queries.event_by_id(connection, event_id)
    if row is None:
        raise NotFound
    event = event_of(row)
    guest = guest_of(person.id, event_guest_queries.guest_in(connection, event_id, person.id))
    standings = standings_now(
        person, event_queries.standings_of(connection, person.id), epoch_seconds(desk.clock.now())
    )
    if not may_see(event, person, standings, guest):
        raise NotFound
    return event, guest, is_in(event.plan.audience, person.id, standings)


def run_event(connection: Connection, person: Person, event_id: str) -> Event:
    """An event that this person may change. Raises `NotFound`. One query."""
    row = event_queries.event_by_id(connection, event_id)
    event = None if row is None else event_of(row)
    if event is None or not may_run(event, person):
        raise NotFound
    return event


def invited_among(audience: Audience, rows: Mapping[str, Iterable[Standing]]) -> frozenset[str]:
    """The ids of those people who are meant, of people with what they are now."""
    return frozenset(person_id for person_id, standings in rows.items() if is_in(audience, person_id, standings))
