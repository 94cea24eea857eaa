"""Who in support has set hours: asked once, however many they are."""

from datetime import timedelta

import pytest

from domain.people import Person, Role
from services.hours.own import Profile, save_hours, save_profile
from services.hours.staffing import longest_hours, without_hours
from tests.builders.people import put_person
from tests.builders.scheduling import hours_in
from tests.fixtures.desks import LONDON, House
from tests.looking.queries import queries_of


def support(house: House) -> list[Person]:
    return [house.person(id_) for id_ in ("cleo", "dev", "eli")]


def set_hours(house: House, who: str, week: dict[int, str], dates: dict[str, str] | None = None) -> None:
    save_hours(house.support, house.person(who), hours_in(LONDON, week, dates or {}))


def without(house: House) -> list[str]:
    return [person.id for person in without_hours(house.support, support(house))]


def test_everybody_with_a_week_or_a_date_ahead_has_hours(house: House) -> None:
    set_hours(house, "cleo", {}, {"2027-01-20": "9-12"})

    assert without(house) == []


def test_who_has_no_week_and_no_hours_ahead_is_named(house: House) -> None:
    set_hours(house, "cleo", {})
    set_hours(house, "dev", {}, {"2027-01-20": "off"})
    set_hours(house, "eli", {}, {"2027-01-12": "9-12"})
    house.clock.advance(timedelta(days=3))

    assert without(house) == ["cleo", "dev", "eli"]


def test_who_only_wrote_about_themselves_has_no_hours(house: House) -> None:
    ned = house.person(put_person(house.stores.program, "ned", Role.COACH))
    save_profile(house.support, ned, Profile(about="Tea.", focus_areas=(), places={}))

    assert without_hours(house.support, [ned]) == (ned,)


def test_nobody_at_all_is_nobody_without_hours(house: House) -> None:
    assert without_hours(house.support, []) == ()
    assert longest_hours(house.support, []) == 0


@pytest.mark.parametrize(
    ("week", "dates", "longest"),
    [
        ({0: "9-10, 13-14:30"}, {}, 90),
        ({0: "9-10"}, {"2027-01-20": "9-12"}, 180),
        ({}, {"2027-01-20": "off"}, 0),
        ({0: "23:30-24:00"}, {}, 1440),
        ({0: "0:00-0:30"}, {}, 1440),
        ({}, {}, 0),
    ],
)
def test_longest_hours_are_the_longest_stretch_of_a_week_or_date(
    house: House, week: dict[int, str], dates: dict[str, str], longest: int
) -> None:
    set_hours(house, "cleo", week, dates)

    assert longest_hours(house.support, [house.person("cleo")]) == longest


def test_one_query_tells_however_many_they_are(house: House) -> None:
    people = support(house)
    counts = []

    for some in (people[:1], people):
        with queries_of(house.stores.confidential) as asked:
            without_hours(house.support, some)
            longest_hours(house.support, some)
        counts.append(len(asked))

    assert counts == [2, 2]
