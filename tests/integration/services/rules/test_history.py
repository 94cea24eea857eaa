"""Who changed the rules, when, and from what to what."""

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from operator import attrgetter

import pytest
from sqlalchemy import select, update

from domain.kinds import COACHING
from domain.people import Role
from domain.rules import DEFAULT_RULES, ProgramRules
from services.rules.change import RulesChange, change_rules
from services.rules.history import LISTED, Changed, History, history
from services.urgent.stand_ins import name_stand_ins
from storage.engine import table_of
from storage.program.people_queries import membership
from storage.program.rules import RulesVersion
from tests.builders.people import put_person, put_program
from tests.builders.rules import with_kind
from tests.fixtures.desks import House, a_house
from tests.fixtures.engines import Stores
from tests.looking.queries import queries_of

Edit = Callable[[ProgramRules], ProgramRules]


@pytest.fixture
def house(stores: Stores) -> House:
    return a_house(stores, fair=None)


def change(house: House, edit: Edit, *, who: str = "sam") -> None:
    staff = house.person(who)
    key = f"press-{staff.rules_version}"
    wish = RulesChange(seen=staff.rules_version, part=attrgetter("lead_limit"), edit=edit, request_key=key)
    change_rules(house.desk, staff, wish)
    house.clock.advance(timedelta(minutes=1))


def contacts(number: int) -> Edit:
    return lambda rules: replace(rules, contacts=str(number))


def test_rules_that_nobody_changed_have_no_history(house: House) -> None:
    assert history(house.desk, house.person("sam")) == History(changes=(), names={}, has_more=False)


def test_history_has_each_change_with_the_rules_before_and_after_the_newest_first(house: House) -> None:
    began = house.clock.now()
    longer = with_kind(DEFAULT_RULES, COACHING, length_minutes=60)
    change(house, lambda _rules: longer)
    change(house, lambda rules: replace(rules, weights={"cleo": 50}))

    assert history(house.desk, house.person("sam")) == History(
        changes=(
            Changed(
                by_id="sam",
                at=began + timedelta(minutes=1),
                before=longer,
                after=replace(longer, weights={"cleo": 50}),
            ),
            Changed(by_id="sam", at=began, before=DEFAULT_RULES, after=longer),
        ),
        names={"sam": "Sam", "cleo": "Cleo"},
        has_more=False,
    )


def test_whom_a_community_manager_named_to_stand_in_is_in_the_history_by_name(house: House) -> None:
    name_stand_ins(house.desk, house.person("eli"), ["cleo"], seen=0, request_key="press-eli")

    found = history(house.desk, house.person("sam"))

    assert found.names == {"eli": "Eli", "cleo": "Cleo"}
    assert found.changes[0].after.stand_ins == {"eli": ("cleo",)}


def test_who_left_is_named_still(house: House) -> None:
    put_person(house.stores.program, "jo", Role.STAFF)
    change(house, contacts(1), who="jo")
    take_off(house, "jo")

    assert history(house.desk, house.person("sam")).names == {"jo": "Jo"}


@pytest.mark.parametrize(("number", "listed", "has_more"), [(20, 20, False), (21, 20, True), (23, 20, True)])
def test_the_last_twenty_are_listed(house: House, number: int, listed: int, *, has_more: bool) -> None:
    for each in range(number):
        change(house, contacts(each))

    found = history(house.desk, house.person("sam"))

    assert LISTED == 20
    assert (len(found.changes), found.has_more) == (listed, has_more)
    assert found.changes[0].after.contacts == str(number - 1)
    assert found.changes[-1].before.contacts == ("" if number == 20 else str(number - 21))


def test_history_is_that_of_the_own_program(house: House) -> None:
    put_program(house.stores.program, "program-2")
    put_person(house.stores.program, "yan", Role.STAFF, program_id="program-2")
    change(house, contacts(1))

    assert history(house.desk, house.person("yan")).changes == ()


def test_kind_that_came_into_the_product_later_was_switched_off_by_nobody(house: House) -> None:
    change(house, contacts(1))
    forget_a_kind(house)

    [found] = history(house.desk, house.person("sam")).changes

    assert [kind.key for kind in found.before.kinds] == [COACHING]
    assert found.before.kinds == found.after.kinds


def test_history_asks_two_queries_however_long_it_is(house: House) -> None:
    counts = []
    for number in (1, 5):
        for each in range(number):
            change(house, contacts(10 * number + each))
        sam = house.person("sam")
        with queries_of(house.stores.program) as asked:
            history(house.desk, sam)
        counts.append(len(asked))

    assert counts == [2, 2]


def take_off(house: House, person_id: str) -> None:
    """Take somebody off the roster."""
    with house.stores.program.write() as connection:
        connection.execute(update(membership).where(membership.c.person_id == person_id).values(removed_at=1))


def forget_a_kind(house: House) -> None:
    """Make the stored rules those of a product that knew one kind less."""
    table = table_of(RulesVersion)
    with house.stores.program.write() as connection:
        stored = json.loads(connection.execute(select(table.c.rules)).scalar_one())
        stored["kinds"] = [kind for kind in stored["kinds"] if kind["key"] == COACHING]
        connection.execute(update(table).values(rules=json.dumps(stored)))
