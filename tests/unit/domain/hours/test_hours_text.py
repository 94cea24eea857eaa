"""Hours as people write them."""

from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.hours import (
    DateOverride,
    InvalidHours,
    Window,
    format_overrides,
    format_windows,
    joined_overrides,
    joined_windows,
    parse_overrides,
    parse_windows,
)
from domain.intervals import unite

NEW_YEAR = date(2027, 1, 1)


def windows(*minutes: tuple[int, int]) -> tuple[Window, ...]:
    return tuple(Window(start_minute=start, end_minute=end) for start, end in minutes)


@pytest.mark.parametrize(
    "text",
    [
        "9:00-12:00, 13:00-17:00",
        "09:00 - 12:00,13:00 - 17:00",
        "9-12; 13-17",
        "9.00\u201312.00\n13.00\u201417.00",
        "9h00 to 12h00 and 13h00 until 17h00",
        "9am-12pm & 1pm-5pm",
        "9-12pm, 1-5pm",
        "1 PM - 5 PM, 9 AM - 12 PM",
        "13:00-17:00, 9:00-11:00, 10:30-12:00",
        "  9:00   -   12:00 ,  13:00  -  17:00  ",
    ],
)
def test_parse_windows_in_any_usual_writing_is_read(text: str) -> None:
    assert parse_windows(text) == windows((540, 720), (780, 1020))


@pytest.mark.parametrize(
    ("text", "joined"),
    [
        ("9:00-12:00, 11:00-17:00", windows((540, 1020))),
        ("9-12, 12-17", windows((540, 1020))),
        ("9-12, 13-17, 16-18", windows((540, 720), (780, 1080))),
        ("9-12, 9-12", windows((540, 720))),
        ("9-12, 13-17", ()),
        ("off", ()),
        ("", ()),
    ],
)
def test_joined_windows_are_those_of_a_day_in_which_some_became_one(text: str, joined: tuple[Window, ...]) -> None:
    assert joined_windows(text) == joined


def test_joined_overrides_are_the_dates_in_which_some_became_one_over_all_lines() -> None:
    text = "2027-01-01: 9-12\n2027-01-02: 9-12, 13-17\n\n2027-01-01: 11-13\n2027-01-03: off"

    assert joined_overrides(text) == (DateOverride(day=NEW_YEAR, windows=windows((540, 780))),)


@pytest.mark.parametrize("text", ["", "   ", "off", "OFF", "day off", "none", "-"])
def test_parse_windows_of_nothing_is_a_day_off(text: str) -> None:
    assert parse_windows(text) == ()


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("0:00-24:00", windows((0, 1440))),
        ("12am-1am", windows((0, 60))),
        ("11-1pm", windows((660, 780))),
        ("12-1pm", windows((720, 780))),
        ("22:00-24:00", windows((1320, 1440))),
        ("9:05-9:10", windows((545, 550))),
    ],
)
def test_parse_windows_at_the_turn_of_the_clock_is_read(text: str, expected: tuple[Window, ...]) -> None:
    assert parse_windows(text) == expected


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("17:00-13:00", "These hours end before they start. Please write the earlier time first"),
        ("9-5", "These hours end before they start. Did you mean 9:00-17:00?"),
        ("8:30-12, 1:00-12:30, 10-9", "Time range 3: These hours end before they start. Did you mean 10:00-21:00?"),
        ("9am-5am", "These hours end before they start. Please write the earlier time first"),
        ("9-12, 17-13", "Time range 2: These hours end before they start."),
        ("9:00-9:00", "These hours end before they start."),
        ("22:00-2:00", "hours past midnight end at 24:00 and go on at 0:00 the next day"),
        ("9:02-12:00", "Please use times in steps of 5 minutes, for instance 9:00-12:30."),
        ("9-25", "There is no such time of day. Please write hours like 9:00-12:00, 13:00-17:00."),
        ("9:60-12", "There is no such time of day."),
        ("24:05-24:10", "There is no such time of day."),
        ("13pm-14pm", "There is no such time of day."),
        ("0am-1am", "There is no such time of day."),
        ("24:00-24:00", "Please use times from 0:00 to 24:00."),
        ("mornings", "I could not read this. Please write hours like 9:00-12:00, 13:00-17:00."),
        ("9:00", "I could not read this."),
        ("9-12,", "Time range 2: I could not read this."),
        ("9-12, lunch, 13-17", "Time range 2: I could not read this."),
        ("\u0669-\u0661\u0662", "I could not read this."),
    ],
)
def test_parse_windows_that_cannot_be_says_what_is_expected_at_the_field(text: str, message: str) -> None:
    with pytest.raises(InvalidHours) as refused:
        parse_windows(text, field="monday")

    assert message in refused.value.message
    assert refused.value.field == "monday"


def test_parse_windows_error_never_quotes_the_text() -> None:
    with pytest.raises(InvalidHours) as refused:
        parse_windows("9-12, Zelda-cries")

    assert "zelda" not in str(refused.value).lower()


def test_parse_overrides_with_dates_and_days_off_is_read() -> None:
    text = "2027-01-01: off\n\n2027-1-2: 10:00-12:00, 14-15\n  2027-01-03 9-10  "

    assert parse_overrides(text) == (
        DateOverride(day=NEW_YEAR),
        DateOverride(day=date(2027, 1, 2), windows=windows((600, 720), (840, 900))),
        DateOverride(day=date(2027, 1, 3), windows=windows((540, 600))),
    )


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("2027-01-01: off\nMonday: 9-12", "Line 2: please write a date and its hours, like 2027-01-05: 10:00-12:00"),
        ("\n2027-01-01:", "Line 2: please write a date and its hours"),
        ("2027-02-30: off", "Line 1: There is no such date. Please check the month and the day."),
        ("27-01-01: off", "Line 1: I could not read that date. Please write it like 2027-03-15."),
        ("2027-01-01: 12-9", "Line 1: These hours end before they start."),
    ],
)
def test_parse_overrides_that_cannot_be_names_the_line_at_the_field(text: str, message: str) -> None:
    with pytest.raises(InvalidHours) as refused:
        parse_overrides(text, field="overrides")

    assert refused.value.message.startswith(message)
    assert refused.value.field == "overrides"


def test_format_windows_is_short_and_readable() -> None:
    assert format_windows(windows((540, 725), (1320, 1440))) == "9:00-12:05, 22:00-24:00"


def test_format_overrides_is_one_line_a_date() -> None:
    overrides = (DateOverride(day=NEW_YEAR), DateOverride(day=date(2027, 1, 2), windows=windows((0, 60))))

    assert format_overrides(overrides) == "2027-01-01: off\n2027-01-02: 0:00-1:00"


_minutes = st.integers(0, 288).map(lambda step: step * 5)
_day = st.lists(st.tuples(_minutes, _minutes), max_size=5).map(lambda spans: windows(*unite(spans)))


@settings(max_examples=50, deadline=None, database=None)
@given(_day)
def test_format_then_parse_windows_gives_the_same(day: tuple[Window, ...]) -> None:
    assert parse_windows(format_windows(day)) == day


@settings(max_examples=30, deadline=None, database=None)
@given(st.dictionaries(st.dates(date(2026, 1, 1), date(2029, 1, 1)), _day, max_size=4))
def test_format_then_parse_overrides_gives_the_same(days: dict[date, tuple[Window, ...]]) -> None:
    overrides = tuple(DateOverride(day=day, windows=of_day) for day, of_day in days.items())

    assert parse_overrides(format_overrides(overrides)) == overrides
