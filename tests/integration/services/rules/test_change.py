"""Staff change the rules: in force with the next request, kept with their history, and nobody's change is lost."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from operator import attrgetter

import pytest

from domain.kinds import COACHING, COMMUNITY, UnknownKind
from domain.people import Person, Role
from domain.rules import DEFAULT_RULES, InvalidRules, ProgramRules
from services.booking.book import book_session
from services.offers.offer import offer_times
from services.rules.book import RuleBook
from services.rules.change import RulesChange, RulesChanged, change_rules
from services.sessions.named import named_sessions
from storage.program import rules_queries
from tests.builders.bookings import a_wish
from tests.builders.people import put_person, put_program
from tests.builders.rules import set_rules, with_kind
from tests.fixtures.desks import House, a_house, replica
from tests.fixtures.engines import Stores
from tests.looking.queries import queries_of

SAM = "sam"


@pytest.fixture
def house(stores: Stores) -> House:
    return a_house(stores, fair=None)


@pytest.fixture
def staff(house: House) -> Person:
    return house.person(SAM)


def kind_change(key: str, *, seen: int = 0, request_key: str = "press-1", **changes: object) -> RulesChange:
    return RulesChange(
        seen=seen,
        part=lambda rules: rules.kind(key),
        edit=lambda rules: with_kind(rules, key, **changes),
        request_key=request_key,
    )


def versions(house: House) -> list[tuple[int, str, int]]:
    with house.stores.program.read() as connection:
        found = rules_queries.latest_versions(connection, "program-1", at_most=10)
    return [(each.version, each.by_id, each.at) for each in found]


def test_change_is_in_force_with_the_next_request_in_every_replica(house: House, staff: Person) -> None:
    other = replica(house)
    before = offer_times(other.support, other.person("ada"))

    change_rules(house.desk, staff, kind_change(COACHING, length_minutes=60))

    after = offer_times(other.support, other.person("ada"))
    assert (before.kind.length_minutes, after.kind.length_minutes) == (45, 60)


def test_change_is_kept_with_who_and_when(house: House, staff: Person) -> None:
    change_rules(house.desk, staff, kind_change(COACHING, length_minutes=60))
    change_rules(house.desk, staff, kind_change(COMMUNITY, seen=1, request_key="press-2", notice_minutes=30))

    at = int(house.clock.now().timestamp())
    assert versions(house) == [(2, SAM, at), (1, SAM, at)]


def test_same_request_delivered_again_changes_nothing(house: House, staff: Person) -> None:
    change_rules(house.desk, staff, kind_change(COACHING, length_minutes=60))
    change_rules(house.desk, staff, kind_change(COACHING, seen=1, request_key="press-2", length_minutes=30))

    again = change_rules(house.desk, staff, kind_change(COACHING, length_minutes=60))

    assert again.kind(COACHING).length_minutes == 30
    assert [version for version, _, _ in versions(house)] == [2, 1]


def test_change_to_what_stands_already_makes_no_version(house: House, staff: Person) -> None:
    assert change_rules(house.desk, staff, kind_change(COACHING, length_minutes=45)) == DEFAULT_RULES
    assert versions(house) == []


def test_two_who_change_different_parts_at_the_same_time_both_have_their_way(house: House, staff: Person) -> None:
    change_rules(house.desk, staff, kind_change(COACHING, length_minutes=60))

    after = change_rules(house.desk, staff, kind_change(COMMUNITY, seen=0, request_key="press-2", notice_minutes=30))

    assert (after.kind(COACHING).length_minutes, after.kind(COMMUNITY).notice_minutes) == (60, 30)


def test_two_who_change_the_same_part_do_not_overwrite_each_other(house: House, staff: Person) -> None:
    change_rules(house.desk, staff, kind_change(COACHING, length_minutes=60))

    with pytest.raises(RulesChanged):
        change_rules(house.desk, staff, kind_change(COACHING, seen=0, request_key="press-2", length_minutes=30))

    assert house.desk.rules.of(house.person(SAM)).kind(COACHING).length_minutes == 60


def test_many_who_change_at_once_each_get_a_version_of_their_own(house: House, staff: Person) -> None:
    houses = [replica(house, lock_wait_seconds=15) for _ in range(4)]

    def change(number: int) -> ProgramRules:
        def edit(rules: ProgramRules) -> ProgramRules:
            return replace(rules, weights={**rules.weights, f"coach-{number}": 50})

        part: Callable[[ProgramRules], object] = attrgetter("contacts")
        wish = RulesChange(seen=0, part=part, edit=edit, request_key=f"press-{number}")
        return change_rules(houses[number].desk, staff, wish)

    with ThreadPoolExecutor(len(houses)) as pool:
        list(pool.map(change, range(len(houses))))

    assert [version for version, _, _ in versions(house)] == [4, 3, 2, 1]
    assert set(house.desk.rules.now("program-1").weights) == {f"coach-{number}" for number in range(4)}


def test_change_that_makes_no_sense_is_refused_and_stores_nothing(house: House, staff: Person) -> None:
    with pytest.raises(InvalidRules):
        change_rules(
            house.desk,
            staff,
            RulesChange(
                seen=0,
                part=attrgetter("kinds"),
                edit=lambda rules: replace(rules, kinds=rules.kinds[:1]),
                request_key="press-1",
            ),
        )

    assert (versions(house), house.desk.rules.of(house.person(SAM))) == ([], DEFAULT_RULES)


def test_change_stays_within_the_program(house: House, staff: Person) -> None:
    put_program(house.stores.program, "program-2")
    put_person(house.stores.program, "yan", Role.SCHOLAR, program_id="program-2")

    change_rules(house.desk, staff, kind_change(COACHING, length_minutes=60))

    assert house.desk.rules.of(house.person("yan")) == DEFAULT_RULES


def test_same_version_of_two_programs_is_two_sets_of_rules(house: House, staff: Person) -> None:
    put_program(house.stores.program, "program-2")
    set_rules(house.stores.program, lambda rules: with_kind(rules, length_minutes=30), program_id="program-2")
    change_rules(house.desk, staff, kind_change(COACHING, length_minutes=60))

    read_anew = RuleBook(house.stores.program)

    programs = ("program-1", "program-2")
    assert [read_anew.at(each, 1).kind(COACHING).length_minutes for each in programs] == [60, 30]


def test_rules_cost_one_query_for_each_version_ever(house: House, staff: Person) -> None:
    change_rules(house.desk, staff, kind_change(COACHING, length_minutes=60))
    ada = house.person("ada")
    counts = []

    for _ in range(3):
        with queries_of(house.stores.program) as asked:
            house.desk.rules.of(ada)
        counts.append(len(asked))

    assert counts == [1, 0, 0]


def test_kind_that_was_switched_off_is_not_offered_nor_booked_but_its_sessions_stand(
    house: House, staff: Person
) -> None:
    book_session(house.support, house.person("ada"), a_wish())

    change_rules(house.desk, staff, kind_change(COACHING, is_offered=False))

    ada = house.person("ada")
    assert [kind.key for kind in offer_times(house.support, ada).kinds] == [COMMUNITY]
    assert [each.kind.key for each in named_sessions(house.support, ada)] == [COACHING]
    with pytest.raises(UnknownKind):
        book_session(house.support, ada, a_wish("2027-01-13T10:00Z"))
