"""What staff see of the rules, with the confidential store, without it, and while it is away."""

from dataclasses import replace

import pytest

from domain.errors import StoreAway
from domain.kinds import COACHING, COMMUNITY, GROUP, RESEARCH, UnknownKind
from domain.people import Role
from domain.rules import DEFAULT_RULES, ProgramRules
from domain.rules.effects import Effect
from services.desk import Desk
from services.hours.own import change_hours, save_hours
from services.rules.overview import effects_of, overview, support_of
from tests.builders.people import put_person, put_program
from tests.builders.rules import set_rules, with_kind
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, House, a_house
from tests.fixtures.engines import Stores
from tests.looking.queries import queries_of

SAM = "sam"


@pytest.fixture
def house(stores: Stores) -> House:
    return a_house(stores, fair=None)


@pytest.fixture(params=["absent", "away"])
def half_desk(request: pytest.FixtureRequest, house: House) -> Desk:
    """A desk whose confidential store is not there, or does not answer."""
    if request.param == "absent":
        return replace(house.desk, support_desk=None)
    return replace(house.desk, support_desk=replace(house.support, store=_AwayStore()))  # type: ignore[arg-type]  # only `read` is called


class _AwayStore:
    def read(self) -> None:
        raise StoreAway


def effects(house: House, desk: Desk | None = None, key: str = COACHING) -> tuple[Effect, ...]:
    sam = house.person(SAM)
    return effects_of(desk or house.desk, sam, house.desk.rules.of(sam), key)


def test_overview_has_the_rules_in_force_and_everybody_in_support_of_the_program(house: House) -> None:
    put_program(house.stores.program, "program-2")
    put_person(house.stores.program, "yan", Role.COACH, program_id="program-2")
    set_rules(house.stores.program, lambda rules: replace(rules, contacts="Call Eli."))

    found = overview(house.desk, house.person(SAM))

    assert (found.version, found.rules) == (1, ProgramRules(contacts="Call Eli."))
    assert [person.id for person in found.support] == ["cleo", "dev", "eli"]
    assert found.without_hours == ()


def test_overview_names_who_has_no_hours(house: House) -> None:
    save_hours(house.support, house.person("dev"), hours_in(LONDON, {}))

    assert overview(house.desk, house.person(SAM)).without_hours == (house.person("dev"),)


def test_overview_without_the_confidential_store_knows_all_but_hours(house: House, half_desk: Desk) -> None:
    sam = house.person(SAM)

    assert overview(half_desk, sam) == replace(overview(house.desk, sam), without_hours=None)


def test_overview_asks_as_often_however_many_people_there_are(house: House) -> None:
    counts = []
    for number in range(2):
        for each in range(5):
            put_person(house.stores.program, f"coach{number}{each}", Role.COACH)
        with queries_of(house.stores.program) as program, queries_of(house.stores.confidential) as confidential:
            overview(house.desk, house.person(SAM))
        counts.append((len(program), len(confidential)))

    assert counts == [(3, 1), (3, 1)]  # who Sam is, coaches, community managers; and hours


def test_somebody_with_both_support_roles_is_listed_once(house: House) -> None:
    put_person(house.stores.program, "pat", Role.COACH, Role.COMMUNITY_MANAGER)

    assert [person.id for person in support_of(house.desk, house.person(SAM))] == ["cleo", "dev", "eli", "pat"]


def test_rules_as_they_came_bring_about_nothing_unexpected(house: House) -> None:
    assert house.desk.rules.of(house.person(SAM)) == DEFAULT_RULES
    assert effects(house) == ()


@pytest.mark.parametrize(
    ("key", "changes", "expected"),
    [
        (COMMUNITY, {"length_minutes": 30}, (Effect.KINDS_APART,)),
        (COACHING, {"is_offered": False, "length_minutes": 30}, (Effect.SWITCHED_OFF,)),
        (COACHING, {"length_minutes": 480}, (Effect.KINDS_APART, Effect.MENTORS_APART)),
        (COACHING, {"horizon_days": 7}, (Effect.FIRST_TAKES_ALL,)),
        (GROUP, {"length_minutes": 90}, ()),
        (RESEARCH, {}, (Effect.NONE_SET_ASIDE,)),
    ],
)
def test_change_of_a_kind_brings_about(
    house: House, key: str, changes: dict[str, object], expected: tuple[Effect, ...]
) -> None:
    set_rules(house.stores.program, lambda rules: with_kind(rules, key, **changes))

    assert effects(house, key=key) == expected


def test_session_longer_than_everybodys_hours_is_told_where_hours_can_be_read(house: House, half_desk: Desk) -> None:
    for who in ("cleo", "dev"):
        save_hours(house.support, house.person(who), hours_in(LONDON, {0: "9:00-9:40"}))

    assert effects(house) == (Effect.LONGER_THAN_HOURS,)
    assert effects(house, half_desk) == ()


def test_one_who_has_hours_that_are_long_enough_suffices(house: House) -> None:
    save_hours(house.support, house.person("cleo"), hours_in(LONDON, {0: "9:00-9:40"}))

    assert effects(house) == ()


def set_aside_noon(house: House, until: str = "12:45") -> None:
    noon = (replace(each, purpose=RESEARCH) for each in hours_in(LONDON, {1: f"12:00-{until}"}).windows)
    change_hours(house.support, house.person("cleo"), lambda week: replace(week, windows=(*week.windows, *noon)))


def test_hours_set_aside_are_long_enough_for_a_kind_with_its_buffers_or_told(house: House) -> None:
    set_aside_noon(house)
    fits = effects(house, key=RESEARCH)
    set_rules(house.stores.program, lambda rules: with_kind(rules, RESEARCH, buffer_after_minutes=5))

    assert (fits, effects(house, key=RESEARCH)) == ((), (Effect.LONGER_THAN_HOURS,))


def test_hours_set_aside_are_none_for_scholars(house: House) -> None:
    for who in ("cleo", "dev"):
        save_hours(house.support, house.person(who), hours_in(LONDON, {0: "9:00-9:40"}))
    set_aside_noon(house, until="17:00")
    too_short = effects(house)
    save_hours(house.support, house.person("cleo"), hours_in(LONDON, {}))
    set_aside_noon(house)

    assert too_short == (Effect.LONGER_THAN_HOURS,)
    assert overview(house.desk, house.person(SAM)).without_hours == (house.person("cleo"),)


def test_kind_that_nobody_takes_is_told(house: House) -> None:
    elsewhere = replace(house.person(SAM), program_id="program-2")

    assert effects_of(house.desk, elsewhere, DEFAULT_RULES, COACHING) == (Effect.NOBODY_TAKES,)


def test_kind_that_there_is_not_is_refused(house: House) -> None:
    with pytest.raises(UnknownKind):
        effects(house, key="massage")
