"""Runs of constant offset."""

from datetime import UTC, datetime, timedelta

import pytest

from domain.offsets import DAY_SECONDS, Run, day_offsets, offset_at, runs_around
from domain.times import day_number, epoch_seconds, parse_day, zone
from tests.builders.scheduling import LOS_ANGELES, at

HOUR = 3600


def day(text: str) -> int:
    return day_number(parse_day(text))


def test_day_offsets_of_a_quiet_week_are_one_number() -> None:
    monday = day("2027-01-04")

    assert day_offsets(zone(LOS_ANGELES), monday, monday + 7) == (-8 * HOUR,) * 7


def test_day_offsets_around_a_change_are_left_open_on_the_days_near_it() -> None:
    change = day("2027-03-14")

    assert day_offsets(zone(LOS_ANGELES), change - 3, change + 4) == (
        *(-8 * HOUR,) * 2,
        *(None,) * 3,
        *(-7 * HOUR,) * 2,
    )


@pytest.mark.parametrize(
    ("name", "local_day", "change", "before", "after"),
    [
        (LOS_ANGELES, "2027-03-14", "2027-03-14T10:00Z", -8 * HOUR, -7 * HOUR),
        (LOS_ANGELES, "2026-11-01", "2026-11-01T09:00Z", -7 * HOUR, -8 * HOUR),
        ("Australia/Lord_Howe", "2027-04-04", "2027-04-03T15:00Z", 11 * HOUR, 10 * HOUR + HOUR // 2),
    ],
)
def test_runs_around_a_change_break_at_its_very_second(
    name: str, local_day: str, change: str, before: int, after: int
) -> None:
    number = day(local_day)

    assert runs_around(zone(name), number) == (
        Run((number - 1) * DAY_SECONDS, at(change), before),
        Run(at(change), (number + 2) * DAY_SECONDS, after),
    )


def test_offset_at_west_of_greenwich_is_negative() -> None:
    assert offset_at(zone("America/St_Johns"), at("2027-01-04T12:00Z")) == -(3 * HOUR + HOUR // 2)


@pytest.mark.parametrize("name", ["Europe/London", "America/Los_Angeles", "Australia/Lord_Howe", "Asia/Kathmandu"])
def test_offset_at_every_quarter_of_an_hour_of_a_year_is_what_the_zone_says(name: str) -> None:
    tz = zone(name)
    begin = epoch_seconds(datetime(2027, 1, 1, tzinfo=UTC))

    for instant in range(begin, begin + 366 * DAY_SECONDS, 900):
        assert timedelta(seconds=offset_at(tz, instant)) == datetime.fromtimestamp(instant, tz).utcoffset()
