"""A planner killed in the middle of a ladder: what was planned stands once, and the next one plans the rest."""

from collections import Counter
from datetime import timedelta

from domain.people import Role
from services.deadlines.plan import plan_deadlines
from tests.acting.portions import killed_in_the_second_portion
from tests.builders.deadlines import a_content, a_deadline, ledger_of
from tests.builders.people import put_person
from tests.fixtures.desks import House

PEOPLE = 1_200
"""More than two portions, so that the kill leaves some of them planned."""


def test_planner_killed_between_two_portions_leaves_the_rest_to_the_next_one(house: House) -> None:
    for number in range(PEOPLE):
        put_person(house.stores.program, f"p{number}", Role.SCHOLAR)
    deadline = a_deadline(house, a_content(ladder="24h"))
    house.clock.advance(timedelta(days=13, hours=5))
    killed_in_the_second_portion(house, "deadlines")
    before = len(ledger_of(house, deadline))

    plan_deadlines(house.desk)

    after = Counter(who for who, *_ in ledger_of(house, deadline))
    assert 0 < before < PEOPLE + 2
    assert (len(after), set(after.values())) == (PEOPLE + 2, {1})
