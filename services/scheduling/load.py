"""How much each coach carries, for the coaches among themselves; the community manager's sessions are left out."""

from dataclasses import dataclass

from domain.people import Person, Role
from domain.times import epoch_seconds
from services.desk import SupportDesk
from services.scheduling.availability import LOAD_LOOKBACK
from storage.confidential import load_queries


@dataclass(frozen=True, slots=True, kw_only=True)
class CoachLoad:
    """What one coach carries: seconds of sessions held in the last weeks, and ahead; share in percent of a full one."""

    name: str
    is_reader: bool
    held_seconds: int
    ahead_seconds: int
    share: int


def coaches_load(desk: SupportDesk, coach: Person) -> tuple[CoachLoad, ...]:
    """The load of every coach of the reader's program, most first. For coaches alone. One query of each store.

    Only sessions that coaches take as coaches count: who stands in for the community manager does not show it here.
    """
    rules = desk.rules.of(coach)
    kinds = [kind.key for kind in rules.kinds if kind.taken_by is Role.COACH and kind.booked_by is Role.SCHOLAR]
    coaches = [person for person in desk.people.holders(Role.COACH) if person.program_id == coach.program_id]
    now = desk.clock.now()
    with desk.store.read() as connection:
        found = load_queries.seconds_by_staff(
            connection,
            [person.id for person in coaches],
            kinds=kinds,
            since=epoch_seconds(now - LOAD_LOOKBACK),
            now=epoch_seconds(now),
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
