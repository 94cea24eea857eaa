"""Who offered times cannot be met any more: what nobody has answered is taken back, and the scholar hears of it."""

from datetime import timedelta
from functools import partial

from sqlalchemy import update

from services.booking.sweep import sweep_changed_programs
from services.proposals.answer import decline_times
from services.proposals.offered import times_offered_to
from services.proposals.propose import ProposalRefs, propose_times
from storage.program.people_queries import membership
from tests.acting.rivals import at_once, failures
from tests.acting.waiting_line import arrive
from tests.builders import leaving
from tests.builders.bookings import a_proposal
from tests.fixtures.desks import House, replica
from tests.looking.queries import queries_of


def offered(house: House, scholar: str = "ada", staff: str = "cleo") -> ProposalRefs:
    return propose_times(house.support, house.person(staff), house.person(scholar), a_proposal())


def withdrawn(house: House) -> list[str]:
    return [who for kind, who, *_ in house.messages() if kind == "session.withdrawn"]


@leaving.apart
def test_what_cannot_be_accepted_any_more_is_taken_back_and_told_once(house: House, apart: leaving.Change) -> None:
    offered(house)
    offered(house, scholar="bo", staff="dev")
    arrive(house)
    apart(house.stores.program)
    told: list[str] = []

    for _ in range(2):
        sweep_changed_programs(house.desk, lambda *people: told.extend(people))

    assert (withdrawn(house), told) == (["ada"], ["ada"])
    assert len(times_offered_to(house.support, house.person("bo"))) == 1


def test_a_scholar_who_was_not_told_of_the_times_hears_nothing(house: House) -> None:
    offered(house)
    leaving.off_the_roster(house.stores.program)

    sweep_changed_programs(house.desk)

    assert (withdrawn(house), [row for row in house.messages() if row[0] == "session.proposed"]) == ([], [])


def test_what_was_answered_and_what_has_passed_stays_as_it_is(house: House) -> None:
    answered, passed = offered(house), offered(house, scholar="bo")
    arrive(house)
    decline_times(house.support, house.person("ada"), answered.id)
    house.clock.advance(timedelta(days=2))
    leaving.off_the_roster(house.stores.program)

    sweep_changed_programs(house.desk)

    assert (withdrawn(house), passed.id != answered.id) == ([], True)


def test_times_for_a_scholar_who_has_left_are_taken_back(house: House) -> None:
    offered(house)
    with house.stores.program.write() as connection:
        connection.execute(update(membership).where(membership.c.person_id == "ada").values(removed_at=1))
    leaving.touch(house.stores.program)

    with queries_of(house.stores.confidential) as first:
        sweep_changed_programs(house.desk)
    leaving.touch(house.stores.program)
    with queries_of(house.stores.confidential) as second:
        sweep_changed_programs(house.desk)

    assert [one for one in first if "UPDATE proposal" in one] != []
    assert [one for one in second if "UPDATE proposal" in one] == []


def test_two_replicas_at_once_tell_the_scholar_once(house: House) -> None:
    offered(house)
    arrive(house)
    leaving.off_the_roster(house.stores.program)
    houses = (replica(house), replica(house))

    outcomes = at_once([partial(sweep_changed_programs, each.desk) for each in houses])

    assert (failures(outcomes), withdrawn(house)) == ([], ["ada"])
