"""How much each coach carries, for coaches who judge nobody; the community manager's sessions are left out."""

from dataclasses import dataclass

from domain.errors import NotAllowed
from domain.people import JUDGING_ROLES, Person, Role
from domain.times import day_bounds, zone
from services.desk import SupportDesk
from services.offers.availability import LOAD_LOOKBACK
from storage.confidential import load_queries

_UTC = zone("UTC")


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachLoad:
    """What one coach carries: seconds of sessions held in the last weeks, and ahead; share in percent of a full one."""

    name: str
    is_reader: bool
    held_seconds: int
    ahead_seconds: int
    share: int


def may_read_load(person: Person) -> bool:
    """Whether this is a coach who judges nobody: who also mentors, grades or evaluates must not see a number of it."""
    return person.has(Role.COACH) and not person.has(*JUDGING_ROLES)


def coaches_load(desk: SupportDesk, coach: Person) -> tuple[CoachLoad, ...]:
    """The load of every coach of the reader's program, most first, as it was when the day began in UTC.

    For coaches who judge nobody; raises `NotAllowed` for everybody else. One query of each store.
    Only sessions that coaches take as coaches count: who stands in for the community manager does not show it here.
    """
    if not may_read_load(coach):
        raise NotAllowed
    rules = desk.rules.of(coach)
    kinds = [kind.key for kind in rules.kinds if kind.taken_by is Role.COACH and kind.booked_by is Role.SCHOLAR]
    coaches = [person for person in desk.people.holders(Role.COACH) if person.program_id == coach.program_id]
    # The live number would step as a scholar books. In UTC, since a reader could change their own zone by the hour.
    today = desk.clock.now().astimezone(_UTC).date()
    began, _ = day_bounds(today, _UTC)
    with desk.store.read() as connection:
        found = load_queries.seconds_by_staff(
            connection,
            [person.id for person in coaches],
            kinds=kinds,
            since=began - int(LOAD_LOOKBACK.total_seconds()),
            at=began,
        )
    loads = [
        CoachLoad(
            name=person.name,
            is_reader=person.id == coach.id,
            held_seconds=held,
            ahead_seconds=ahead,
            share=rules.weight(person.id),
        )
        for person in coaches
        for held, ahead in [found.get(person.id, (0, 0))]
    ]
    return tuple(sorted(loads, key=lambda each: (-each.held_seconds - each.ahead_seconds, each.name)))
