"""Late joiners of deadlines: looked for when the roster has changed, without making anybody wait."""

from datetime import date, timedelta

import pytest

from domain.deadlines import Due, DueKind
from services.audit import trail
from services.deadlines.look import deadline_for_staff
from services.deadlines.plan import plan_deadlines
from storage.program import people_queries
from tests.builders.deadlines import a_content, a_deadline, due_of, ledger_of, state_of
from tests.builders.people import PROGRAM, put_person
from tests.fixtures.desks import House
from tests.looking.queries import queries_of


def change_roster(house: House) -> None:
    with house.desk.program.write() as connection:
        people_queries.touch(connection, [PROGRAM])


def test_whoever_comes_with_a_new_roster_is_in_at_the_next_tick_and_once(house: House) -> None:
    deadline = a_deadline(house)
    put_person(house.stores.program, "new")
    change_roster(house)

    plan_deadlines(house.desk)
    plan_deadlines(house.desk)

    people = deadline_for_staff(house.desk, house.person("sam"), deadline.id).people
    assert (people, state_of(house, deadline, "new").due_at) == (3, state_of(house, deadline, "ada").due_at)


def test_whoever_comes_when_it_is_past_due_where_they_are_is_not_in_and_the_trail_says_nothing(house: House) -> None:
    by_site = Due(kind=DueKind.PER_SITE, day=date(2027, 1, 25), minute=17 * 60)
    deadline = a_deadline(house, a_content(due=by_site))
    house.clock.advance(due_of(house, deadline, "ada") - timedelta(hours=1) - house.clock.now())
    put_person(house.stores.program, "new", zone="Asia/Tokyo", site="Tokyo")
    change_roster(house)

    plan_deadlines(house.desk)

    assert deadline_for_staff(house.desk, house.person("sam"), deadline.id).people == 2
    assert [each.deed for each in trail(house.desk, house.person("sam"), deadline.id)] == ["set"]


def test_roster_that_has_changed_is_looked_through_once(house: House) -> None:
    change_roster(house)
    a_deadline(house)
    counts = []
    for is_changed in (False, True, False):
        if is_changed:
            change_roster(house)
        with queries_of(house.desk.program) as asked:
            plan_deadlines(house.desk)
        counts.append(len([each for each in asked if each.startswith("UPDATE deadline ")]))

    assert counts == [0, 1, 0]


@pytest.mark.parametrize(("hours", "told"), [(4, ["last 3h"]), (2, ["set"])])
def test_whoever_comes_after_the_last_rung_is_told_at_once(house: House, hours: int, told: list[str]) -> None:
    """Nobody else is told when it is set, and there is no rung left before it is due."""
    deadline = a_deadline(house)
    house.clock.advance(due_of(house, deadline, "ada") - timedelta(hours=hours) - house.clock.now())
    put_person(house.stores.program, "new")
    change_roster(house)

    plan_deadlines(house.desk)
    house.clock.advance(timedelta(hours=1))
    plan_deadlines(house.desk)

    assert [rung for who, rung, *_ in ledger_of(house, deadline) if who == "new"] == told


def test_look_that_finds_nobody_asks_as_much_for_many_as_for_few_and_writes_only_that_it_was_made(house: House) -> None:
    a_deadline(house)
    few = _look(house)
    for number in range(30):
        put_person(house.stores.program, f"s{number}")
    _look(house)

    more = _look(house)

    written = [each for each in more if not each.lstrip().startswith("SELECT")]
    assert (len(more), [each.split()[:2] for each in written]) == (len(few), [["UPDATE", "deadline"]])


def _look(house: House) -> list[str]:
    house.clock.advance(timedelta(hours=1))
    with queries_of(house.desk.program) as asked:
        plan_deadlines(house.desk)
    return asked
