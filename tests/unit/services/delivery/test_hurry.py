from datetime import timedelta

import pytest

from services.delivery.hurry import ASKED_WITHIN_SECONDS, WRITTEN_WITHIN_SECONDS, Hurry
from services.delivery.sending import SENDING_LEASE_MS
from tests.fakes.clock import FakeClock

LONGEST_CALL_SECONDS = 10


def test_slack_is_not_asked_so_late_that_its_answer_could_come_after_the_lease() -> None:
    assert ASKED_WITHIN_SECONDS + LONGEST_CALL_SECONDS < SENDING_LEASE_MS / 1000


@pytest.mark.parametrize("seconds", [0, ASKED_WITHIN_SECONDS - 0.001, ASKED_WITHIN_SECONDS, 3600])
def test_slack_is_asked_for_some_seconds_after_the_fence(seconds: float) -> None:
    clock = FakeClock()
    hurry = Hurry(clock)

    clock.advance(timedelta(seconds=seconds))

    assert hurry.may_ask() == (seconds < ASKED_WITHIN_SECONDS)


def test_machine_that_slept_counts_though_its_steady_clock_stood() -> None:
    clock = FakeClock()
    hurry = Hurry(clock)

    clock.step(timedelta(hours=1))

    assert not hurry.may_ask()


def test_it_is_time_to_write_each_time_a_while_has_passed() -> None:
    clock = FakeClock()
    hurry = Hurry(clock)
    while_ = timedelta(seconds=WRITTEN_WITHIN_SECONDS)

    told = []
    for step in (while_ / 2, while_, while_ / 2, while_ * 2):
        clock.advance(step)
        told.append(hurry.is_time_to_write())

    assert told == [False, True, False, True]
