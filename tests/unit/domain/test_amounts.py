"""Lengths of time and numbers as people type them."""

from collections.abc import Callable

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from domain.amounts import (
    NOTHING,
    UnreadableAmount,
    ahead_text,
    days_text,
    duration_text,
    parse_minutes,
    parse_multiple,
    parse_number,
    range_text,
    sessions_text,
)

HOUR, DAY = 60, 1440
UNITS = {
    "m": 1,
    "min": 1,
    "Minutes": 1,
    "h": HOUR,
    "hr": HOUR,
    "HOURS": HOUR,
    "d": DAY,
    "day": DAY,
    "days": DAY,
    "weeks": 7 * DAY,
}
minutes = st.integers(min_value=0, max_value=400 * DAY)


@given(minutes)
@example(DAY)
@example(2 * DAY)
@example(2 * DAY + HOUR + 1)
def test_duration_is_read_back_as_it_was_written(number: int) -> None:
    assert parse_minutes(duration_text(number)) == number


@given(st.integers(min_value=1, max_value=999), st.sampled_from(sorted(UNITS)), st.sampled_from(["", " ", "  "]))
def test_number_and_unit_are_read_however_they_are_spaced(number: int, unit: str, blank: str) -> None:
    assert parse_minutes(f" {number}{blank}{unit} ") == number * UNITS[unit]


@given(st.text(max_size=30))
def test_whatever_is_typed_is_minutes_or_a_sentence(text: str) -> None:
    read = 0
    told: tuple[str | None, str] = ("length_minutes", ".")
    try:
        read = parse_minutes(text, bare=1, field="length_minutes")
    except UnreadableAmount as fault:
        told = (fault.field, fault.message[-1])

    assert read >= 0
    assert told == ("length_minutes", ".")


@given(st.integers(min_value=0, max_value=366))
def test_days_and_hours_are_read_back_as_they_were_written(number: int) -> None:
    assert parse_multiple(days_text(number), unit=DAY) == number
    assert parse_multiple(duration_text(number * HOUR), unit=HOUR) == number


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("45 min", 45),
        ("45", 45),
        ("1 h 30 min", 90),
        ("1h30", 90),
        ("1h 30m", 90),
        ("1.5 hours", 90),
        ("1,5 h", 90),
        ("1 day and 2 hours", 26 * HOUR),
        ("2 days, 4 h", 2 * DAY + 4 * HOUR),
        ("4 weeks", 28 * DAY),
        ("45 min.", 45),
        ("0", 0),
        ("0 h", 0),
        *((word, 0) for word in NOTHING),
    ],
)
def test_length_of_time_is_read_as_people_write_it(text: str, expected: int) -> None:
    assert parse_minutes(text, bare=1) == expected


NO_UNIT = UnreadableAmount().message


@pytest.mark.parametrize(
    ("read", "sentence"),
    [
        (lambda: parse_minutes(""), NO_UNIT),
        (lambda: parse_minutes("soon"), NO_UNIT),
        (lambda: parse_minutes("4 fortnights"), NO_UNIT),
        (lambda: parse_minutes("-4 h"), NO_UNIT),
        (lambda: parse_minutes("30 min 1 h"), NO_UNIT),
        (lambda: parse_minutes("1 h 2 h"), NO_UNIT),
        (lambda: parse_minutes("1 day 30"), NO_UNIT),
        (lambda: parse_minutes("1 30"), NO_UNIT),
        (lambda: parse_minutes("1234567 h"), NO_UNIT),
        (lambda: parse_minutes("\u0663 h"), NO_UNIT),
        (lambda: parse_minutes("4"), "Please add the unit: 4 min, 4 h, 4 days."),
        (lambda: parse_minutes("1.3 min"), "Please write whole minutes, such as 45 min."),
        (lambda: parse_multiple("30 h", unit=DAY), "Please write whole days, such as 2 days."),
        (lambda: parse_multiple("90 min", unit=HOUR), "Please write whole hours, such as 2 h."),
        (lambda: parse_number("three"), "Please write a whole number, such as 3."),
        (lambda: parse_number("2.5"), "Please write a whole number, such as 3."),
        (lambda: parse_number("-1"), "Please write a whole number, such as 3."),
        (lambda: parse_number("\u0663"), "Please write a whole number, such as 3."),
    ],
)
def test_what_cannot_be_read_says_how_to_write_it(read: Callable[[], int], sentence: str) -> None:
    with pytest.raises(UnreadableAmount) as refused:
        read()

    assert refused.value.message == sentence


@pytest.mark.parametrize(
    ("number", "text"),
    [
        (0, "0 min"),
        (45, "45 min"),
        (90, "1 h 30 min"),
        (DAY, "24 h"),
        (2 * DAY, "2 days"),
        (2 * DAY + 90, "2 days 1 h 30 min"),
    ],
)
def test_duration_is_written_as_people_say_it(number: int, text: str) -> None:
    assert duration_text(number) == text


def test_numbers_are_read_and_nothing_is_zero() -> None:
    assert [parse_number(text) for text in ("3", " 07 ", "no limit", "Off")] == [3, 7, 0, 0]


@pytest.mark.parametrize(
    ("name", "step", "words"),
    [
        ("length_minutes", 5, "from 5 min to 8 h in steps of 5 min"),
        ("leftover_hours", 1, "from 5 h to 20 days"),
        ("horizon_days", 1, "from 5 to 480 days"),
        ("per_day", 1, "a number from 5 to 480"),
    ],
)
def test_range_is_told_in_the_unit_of_the_setting(name: str, step: int, words: str) -> None:
    assert range_text(name, 5, 480, step=step) == words


def test_one_of_something_is_not_said_as_several() -> None:
    assert (days_text(1), days_text(28)) == ("1 day", "28 days")
    assert (ahead_text(1), ahead_text(28)) == ("24 hours", "28 days")
    assert (sessions_text(1), sessions_text(3, sort="group")) == ("1 session", "3 group sessions")
