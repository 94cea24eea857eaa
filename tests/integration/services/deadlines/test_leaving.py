"""Who has left and had not met a deadline: named with that, and counted in nothing that staff wait for."""

from collections.abc import Callable
from datetime import timedelta

import pytest

from services.audit import trail
from services.deadlines.look import details, overview
from services.deadlines.meet import mark_done
from services.deadlines.nudge import AllHaveMet, nudge
from storage.engine import Store
from tests.builders.deadlines import a_deadline, ledger_of
from tests.builders.leaving import deactivated, membership_over, off_the_roster
from tests.builders.people import put_person
from tests.fixtures.desks import House

Leaves = Callable[[Store, str], None]
leaves = pytest.mark.parametrize("leaves", [membership_over, off_the_roster, deactivated])


@leaves
def test_who_has_left_is_named_with_that_and_neither_counted_nor_nudged(house: House, leaves: Leaves) -> None:
    put_person(house.stores.program, "eve")
    deadline, sam = a_deadline(house), house.person("sam")
    mark_done(house.desk, house.person("ada"), deadline.id)
    leaves(house.stores.program, "bo")
    house.clock.advance(timedelta(minutes=1))

    number = nudge(house.desk, sam, deadline.id).people
    shown, (line,) = details(house.desk, sam, deadline.id), overview(house.desk, sam).open

    assert (number, [who for who, rung, *_ in ledger_of(house, deadline) if rung.startswith("nudge")]) == (1, ["eve"])
    assert trail(house.desk, sam, deadline.id).done[0].detail == "1 person"
    assert [(each.name, each.is_here) for each in shown.behind] == [("Bo", False), ("Eve", True)]
    assert (shown.number_met, shown.people, shown.number_behind, shown.number_left) == (1, 2, 1, 1)
    assert (line.met, line.people) == (1, 2)


@leaves
def test_all_have_met_it_once_those_have_who_are_left(house: House, leaves: Leaves) -> None:
    deadline, sam = a_deadline(house), house.person("sam")
    mark_done(house.desk, house.person("ada"), deadline.id)
    leaves(house.stores.program, "bo")

    with pytest.raises(AllHaveMet):
        nudge(house.desk, sam, deadline.id)

    shown = details(house.desk, sam, deadline.id)
    assert (shown.number_met, shown.people) == (1, 1)
    assert [(line.met, line.people) for line in overview(house.desk, sam).open] == [(1, 1)]


def test_who_had_met_it_and_left_counts_with_those_who_have(house: House) -> None:
    deadline, sam = a_deadline(house), house.person("sam")
    mark_done(house.desk, house.person("ada"), deadline.id)
    off_the_roster(house.stores.program, "ada")

    shown = details(house.desk, sam, deadline.id)

    assert (shown.number_met, shown.people, shown.number_left) == (1, 2, 0)
