from datetime import timedelta

from services.delivery.lateness import Lateness
from tests.fakes.clock import NOON, FakeClock

TEN_SECONDS = timedelta(seconds=10)
TWO_MINUTES = timedelta(minutes=2)
DAY = timedelta(days=1)


def test_line_is_nothing_before_two_minutes_have_passed() -> None:
    clock = FakeClock()
    lateness = Lateness(clock)

    lines = []
    for _ in range(12):
        lines.append(lateness.note())
        clock.advance(TEN_SECONDS)

    assert lines == [None] * 12


def test_line_is_the_program_time_of_two_minutes_ago() -> None:
    clock = FakeClock()
    lateness = Lateness(clock)

    lines = []
    for _ in range(15):
        lines.append(lateness.note())
        clock.advance(TEN_SECONDS)

    assert lines[12:] == [NOON, NOON + TEN_SECONDS, NOON + 2 * TEN_SECONDS]


def test_line_does_not_follow_a_shift_of_program_time_until_it_is_two_minutes_old() -> None:
    clock = FakeClock()
    lateness = Lateness(clock)
    lateness.note()
    clock.advance(TWO_MINUTES)
    clock.shift(DAY)

    at_once = lateness.note()
    clock.advance(TWO_MINUTES)
    later = lateness.note()

    assert (at_once, later) == (NOON, NOON + DAY + TWO_MINUTES)


def test_line_after_a_gap_between_notes_is_the_last_one_that_is_old_enough() -> None:
    clock = FakeClock()
    lateness = Lateness(clock)
    lateness.note()
    clock.advance(TEN_SECONDS)
    lateness.note()
    clock.advance(timedelta(hours=1))

    assert lateness.note() == NOON + TEN_SECONDS
