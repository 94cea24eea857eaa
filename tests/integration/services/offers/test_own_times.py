"""What becomes of somebody's own times is told to them in a sentence, with the shares that explain it."""

import pytest

from domain.kinds import COACHING, COMMUNITY, RESEARCH
from services.hours.own import save_hours
from services.offers.own_times import OwnTimes, explain_own
from tests.builders.rules import set_rules, with_kind
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, House, share_out

OFFERED = "Scholars are offered {free} of your times in the next 28 days."
FIRST = "Of these, times more than 21 days ahead are for those who have had no session yet."
SHARED = "Whoever has 2 sessions in a week is offered more of them only 2 days ahead."


def explained(house: House, who: str = "cleo", kind: str = COACHING) -> OwnTimes:
    person = house.person(who)
    return explain_own(house.support, person, house.desk.rules.of(person).kind(kind))


@pytest.mark.parametrize(
    ("fair", "said"),
    [
        ({}, [FIRST, SHARED]),
        ({"first_days": 0}, [SHARED]),
        ({"sessions_a_week": 0}, [FIRST]),
        ({"first_days": 0, "sessions_a_week": 0}, []),
    ],
)
def test_what_fair_shares_do_is_told_as_far_as_they_do_anything(
    sqlite_house: House, fair: dict[str, int], said: list[str]
) -> None:
    share_out(sqlite_house, **fair)

    found = explained(sqlite_house)

    assert found.sentence == " ".join([OFFERED.format(free=found.free), *said])


def test_of_a_kind_that_is_not_shared_out_nothing_is_said_of_shares(sqlite_house: House) -> None:
    share_out(sqlite_house)

    found = explained(sqlite_house, "eli", COMMUNITY)

    assert found.sentence == OFFERED.format(free=found.free)


def test_largest_share_comes_first(sqlite_house: House) -> None:
    numbers = [int(share.split()[0]) for share in explained(sqlite_house).shares]

    assert (len(numbers) > 1, numbers) == (True, sorted(numbers, reverse=True))


@pytest.mark.parametrize(
    ("kind", "sentence"),
    [
        (COACHING, "Nothing is offered, because you have set no hours for it yet. Please write them into your week."),
        (
            RESEARCH,
            "Nothing is offered, because you have set no hours aside for it. Your hours have a button for that.",
        ),
    ],
)
def test_without_hours_for_it_the_way_to_write_some_is_told(sqlite_house: House, kind: str, sentence: str) -> None:
    save_hours(sqlite_house.support, sqlite_house.person("cleo"), hours_in(LONDON))

    found = explained(sqlite_house, kind=kind)

    assert (found.sentence, found.shares, found.free) == (sentence, (), 0)


def test_of_a_kind_that_is_switched_off_only_that_is_told(sqlite_house: House) -> None:
    set_rules(sqlite_house.stores.program, lambda rules: with_kind(rules, is_offered=False))

    found = explained(sqlite_house)

    assert (found.sentence, found.shares, found.free) == (
        "Nothing is offered: this kind cannot be booked in your program now.",
        (),
        0,
    )
