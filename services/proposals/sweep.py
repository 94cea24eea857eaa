"""After a roster change: times that nobody has answered, offered by somebody whom the scholar cannot meet any more."""

from collections.abc import Callable

from domain.booking import ProposalStatus
from domain.people import Person, Role
from domain.times import epoch_seconds
from services.desk import Desk, SupportDesk
from services.proposals.withdraw import take_back
from services.taking import Taking
from storage.confidential import proposal_queries
from storage.confidential.proposal_queries import Proposed
from storage.program import people_queries

Told = Callable[..., object]
"""Called with the scholar whose Home tab is different now."""


def withdraw_orphans(desk: Desk, program_id: str, told: Told = lambda *_people: None) -> int:
    """Take back what cannot be accepted any more, and return how much that was. Safe to repeat.

    The scholar hears that it is off, as if who offered it had taken it back. As many queries for many as for few, but
    for those of each that is taken back.
    """
    support = desk.support
    with support.store.read() as connection:
        found = proposal_queries.open_of_program(connection, program_id, after=epoch_seconds(support.clock.now()))
    if not found:
        return 0
    ids = {person_id for one in found for person_id in (one.scholar_id, one.staff_id)}
    people = {person.id: person for person in desk.people.people(ids)}
    with desk.program.read() as connection:
        apart = people_queries.kept_apart(connection, program_id)
    orphans = [one for one in found if not _can_meet(desk, one, people, apart)]
    return sum(_withdraw(support, one, told) for one in orphans)


def _can_meet(desk: Desk, proposed: Proposed, people: dict[str, Person], apart: set[tuple[str, str]]) -> bool:
    scholar, staff = people.get(proposed.scholar_id), people.get(proposed.staff_id)
    if scholar is None or staff is None or (scholar.id, staff.id) in apart:
        return False
    rules = desk.rules.now(proposed.program_id)
    return scholar.has(Role.SCHOLAR) and bool(Taking(desk.people, rules).until(rules.kind(proposed.kind), staff))


def _withdraw(desk: SupportDesk, found: Proposed, told: Told) -> int:
    with desk.store.write() as connection:
        desk.store.lock(connection, found.scholar_id)
        if not proposal_queries.answer(connection, found, ProposalStatus.WITHDRAWN, booking_id=None):
            return 0
        take_back(desk, connection, found)
    told(found.scholar_id)
    return 1
