"""The real instants that hours cover."""

import pytest

from domain.hours import open_intervals
from domain.intervals import Interval
from tests.builders.scheduling import at, hours_in

LONDON = "Europe/London"


def interval(first: str, last: str) -> Interval:
    return at(first), at(last)


@pytest.mark.parametrize(
    ("date", "window", "expected"),
    [
        ("2027-03-14", "1:00-4:00", [("2027-03-14T09:00Z", "2027-03-14T11:00Z")]),
        ("2027-03-14", "2:00-3:00", []),
        ("2027-03-14", "2:30-4:00", [("2027-03-14T10:00Z", "2027-03-14T11:00Z")]),
        ("2026-11-01", "0:00-3:00", [("2026-11-01T07:00Z", "2026-11-01T11:00Z")]),
        (
            "2026-11-01",
            "1:00-1:30",
            [("2026-11-01T08:00Z", "2026-11-01T08:30Z"), ("2026-11-01T09:00Z", "2026-11-01T09:30Z")],
        ),
        (
            "2026-11-01",
            "0:00-1:30, 1:45-3:00",
            [
                ("2026-11-01T07:00Z", "2026-11-01T08:30Z"),
                ("2026-11-01T08:45Z", "2026-11-01T09:30Z"),
                ("2026-11-01T09:45Z", "2026-11-01T11:00Z"),
            ],
        ),
        ("2027-03-15", "9-10", [("2027-03-15T16:00Z", "2027-03-15T17:00Z")]),
    ],
)
def test_open_intervals_are_the_instants_whose_local_time_is_in_a_window(
    date: str, window: str, expected: list[tuple[str, str]]
) -> None:
    hours = hours_in(dates={date: window})

    opened = open_intervals(hours, at("2026-10-01T00:00Z"), at("2027-04-01T00:00Z"))

    assert opened == tuple(interval(*edges) for edges in expected)


def test_open_intervals_are_clipped_to_the_range() -> None:
    hours = hours_in(LONDON, weekly="9-12")

    opened = open_intervals(hours, at("2027-01-04T10:00Z"), at("2027-01-05T09:30Z"))

    assert opened == (
        interval("2027-01-04T10:00Z", "2027-01-04T12:00Z"),
        interval("2027-01-05T09:00Z", "2027-01-05T09:30Z"),
    )


def test_open_intervals_through_midnight_are_one() -> None:
    hours = hours_in(LONDON, weekly={0: "22-24", 1: "0-2"})

    opened = open_intervals(hours, at("2027-01-04T00:00Z"), at("2027-01-06T00:00Z"))

    assert opened == (interval("2027-01-04T22:00Z", "2027-01-05T02:00Z"),)


def test_open_intervals_of_a_date_that_differs_replace_the_weekly_ones() -> None:
    hours = hours_in(LONDON, weekly="9-17", dates={"2027-01-04": "off", "2027-01-05": "18-19"})

    opened = open_intervals(hours, at("2027-01-04T00:00Z"), at("2027-01-07T00:00Z"))

    assert opened == (
        interval("2027-01-05T18:00Z", "2027-01-05T19:00Z"),
        interval("2027-01-06T09:00Z", "2027-01-06T17:00Z"),
    )


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Niue"])
@pytest.mark.parametrize("clock", ["00:00", "11:55", "23:55"])
def test_open_intervals_far_east_and_west_are_found_at_any_time_of_the_utc_day(zone: str, clock: str) -> None:
    begin = at(f"2027-01-04T{clock}Z")

    assert open_intervals(hours_in(zone, weekly="0-24"), begin, begin + 300) == ((begin, begin + 300),)
