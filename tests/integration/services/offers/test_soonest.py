"""The next free times, found without reading the whole horizon."""

import pytest

from domain.kinds import COACHING
from services.booking.book import book_session
from services.hours.own import save_hours
from services.offers.soonest import next_times
from tests.builders.bookings import a_wish
from tests.builders.scheduling import at, hours_in, utc_labels
from tests.fixtures.desks import LONDON, House

FAR = "2027-02-01"
"""Three weeks after the clock stands still, where the first looks do not reach."""


def cleo_works(house: House) -> None:
    save_hours(house.support, house.person("cleo"), hours_in(LONDON, dates={FAR: "9:00-12:00"}))


def next_with_cleo(house: House, count: int, *, after: str | None = None) -> list[str]:
    cleo, ada = house.person("cleo"), house.person("ada")
    kind = house.support.kind(COACHING, ada)
    begin = at(after) if after else None
    return utc_labels(next_times(house.support, kind=kind, staff=[cleo], scholar=ada, count=count, after=begin))


@pytest.mark.parametrize(
    ("count", "expected"),
    [
        (1, ["2027-02-01T09:00Z"]),
        (2, ["2027-02-01T09:00Z", "2027-02-01T09:30Z"]),
        (9, [f"2027-02-01T{time}Z" for time in ("09:00", "09:30", "10:00", "10:30", "11:00")]),
    ],
)
def test_next_times_far_ahead_are_found(sqlite_house: House, count: int, expected: list[str]) -> None:
    cleo_works(sqlite_house)

    assert next_with_cleo(sqlite_house, count) == expected


def test_next_times_beyond_the_first_look_leave_out_what_is_taken(sqlite_house: House) -> None:
    cleo_works(sqlite_house)
    book_session(sqlite_house.support, sqlite_house.person("bo"), a_wish(f"{FAR}T09:00Z"))

    assert next_with_cleo(sqlite_house, 1) == ["2027-02-01T10:00Z"]


def test_next_times_without_hours_are_none(sqlite_house: House) -> None:
    save_hours(sqlite_house.support, sqlite_house.person("cleo"), hours_in(LONDON))

    assert next_with_cleo(sqlite_house, 3) == []


@pytest.mark.parametrize(
    ("after", "expected"),
    [
        ("2027-01-11T12:00Z", ["2027-02-01T09:00Z", "2027-02-01T11:00Z"]),
        (f"{FAR}T09:01Z", ["2027-02-01T11:00Z"]),
        (f"{FAR}T11:00Z", ["2027-02-01T11:00Z"]),
        (f"{FAR}T11:01Z", []),
        ("9000-01-01T00:00Z", []),
    ],
)
def test_next_times_after_an_instant_begin_with_it(sqlite_house: House, after: str, expected: list[str]) -> None:
    cleo_works(sqlite_house)
    book_session(sqlite_house.support, sqlite_house.person("bo"), a_wish(f"{FAR}T10:00Z"))

    assert next_with_cleo(sqlite_house, 2, after=after) == expected
