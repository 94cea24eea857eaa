"""Times on the wall, on days on which clocks change too."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.times import DAY_MINUTES, zone
from domain.wall import minute_of, minute_text, wall_instant

ZONES = ("Europe/London", "America/St_Johns", "Australia/Lord_Howe", "Asia/Kathmandu", "Pacific/Chatham", "UTC")
DAYS = st.dates(date(2026, 1, 1), date(2029, 12, 31))
MINUTES = st.integers(0, DAY_MINUTES - 1)


def shown(day: str, minute: int, name: str, *, last: bool = False) -> str:
    return f"{wall_instant(date.fromisoformat(day), minute, zone(name), last=last):%Y-%m-%dT%H:%MZ}"


@pytest.mark.parametrize(
    ("day", "minute", "name", "expected"),
    [
        ("2027-01-11", 510, "Europe/London", "2027-01-11T08:30Z"),
        ("2027-07-12", 510, "Europe/London", "2027-07-12T07:30Z"),
        ("2027-07-12", 510, "Asia/Kolkata", "2027-07-12T03:00Z"),
        ("2027-03-28", 90, "Europe/London", "2027-03-28T01:00Z"),  # skipped: clocks go from 1:00 to 2:00
        ("2027-10-31", 90, "Europe/London", "2027-10-31T00:30Z"),  # shown twice: the first
        ("2027-10-03", 135, "Australia/Lord_Howe", "2027-10-02T15:30Z"),  # half an hour is skipped, 2:00 to 2:30
        ("2027-04-04", 105, "Australia/Lord_Howe", "2027-04-03T14:45Z"),  # half an hour is shown twice
    ],
)
def test_wall_instant_of_a_time_is_the_first_at_which_clocks_show_it(
    day: str, minute: int, name: str, expected: str
) -> None:
    assert shown(day, minute, name) == expected


def test_wall_instant_at_last_is_the_second_pass_of_a_repeated_time() -> None:
    assert shown("2027-10-31", 90, "Europe/London", last=True) == "2027-10-31T01:30Z"
    assert shown("2027-04-04", 105, "Australia/Lord_Howe", last=True) == "2027-04-03T15:15Z"
    assert shown("2027-03-28", 90, "Europe/London", last=True) == "2027-03-28T01:00Z"


@given(DAYS, MINUTES, st.sampled_from(ZONES), st.booleans())
def test_wall_instant_shows_the_time_or_lies_on_the_jump_over_it(day: date, minute: int, name: str, last: bool) -> None:  # noqa: FBT001
    tz = zone(name)

    found = wall_instant(day, minute, tz, last=last)

    wanted = datetime.combine(day, datetime.min.time()) + timedelta(minutes=minute)
    local = found.astimezone(tz).replace(tzinfo=None)
    before = (found - timedelta(seconds=1)).astimezone(tz).replace(tzinfo=None)
    assert local == wanted or before < wanted < local


@given(MINUTES)
def test_minute_text_reads_back(minute: int) -> None:
    assert minute_of(minute_text(minute)) == minute


@pytest.mark.parametrize("text", ["", "8", "24:00", "08:60", "08:30:00", "a:b", "-1:30", "08:3"])
def test_minute_of_what_is_no_time_is_none(text: str) -> None:
    assert minute_of(text) is None


def test_wall_instant_is_in_utc() -> None:
    assert wall_instant(date(2027, 1, 11), 0, zone("Asia/Tokyo")).tzinfo is UTC
