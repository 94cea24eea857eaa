from datetime import timedelta

import pytest

from services.delivery.steadiness import Steadiness
from tests.fakes.clock import FakeClock

SECOND = timedelta(seconds=1)


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.mark.parametrize("step", [timedelta(hours=1), timedelta(hours=-1), timedelta(seconds=301)])
def test_step_of_the_clock_pauses_until_two_readings_agree(clock: FakeClock, step: timedelta) -> None:
    steadiness = Steadiness(clock)
    before = steadiness.check()
    clock.step(step)

    readings = [steadiness.check() for _ in range(3)]

    assert before
    assert readings == [False, False, True]


@pytest.mark.parametrize("step", [timedelta(minutes=5), timedelta(minutes=-5), timedelta(seconds=1)])
def test_small_step_is_followed(clock: FakeClock, step: timedelta) -> None:
    steadiness = Steadiness(clock)
    clock.step(step)

    assert steadiness.check()


def test_slow_drift_is_followed(clock: FakeClock) -> None:
    steadiness = Steadiness(clock)

    for _ in range(10):
        clock.step(timedelta(minutes=1))
        assert steadiness.check()


def test_shift_of_program_time_does_not_pause(clock: FakeClock) -> None:
    steadiness = Steadiness(clock)
    clock.shift(timedelta(days=30))

    assert steadiness.check()


def test_time_that_merely_passes_does_not_pause(clock: FakeClock) -> None:
    steadiness = Steadiness(clock)
    clock.advance(timedelta(days=1))

    assert steadiness.check()


def test_clock_that_keeps_jumping_is_never_trusted(clock: FakeClock) -> None:
    steadiness = Steadiness(clock)

    readings = []
    for _ in range(5):
        clock.step(timedelta(hours=1))
        readings.append(steadiness.check())

    assert readings == [False] * 5
