"""The Clock and IdSource ports: what every one keeps, the real ones and those of the tests."""

import re
from collections.abc import Callable
from datetime import UTC, timedelta

import pytest

from bot.clock import ShiftedClock, SystemClock
from bot.ids import RandomIds
from domain.ports import Clock, IdSource
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds

A_WHILE = timedelta(minutes=1)


@pytest.fixture(params=[SystemClock, ShiftedClock, FakeClock])
def clock(request: pytest.FixtureRequest) -> Clock:
    """Each clock in turn."""
    made: Clock = request.param()
    return made


@pytest.fixture(params=[RandomIds, FakeIds])
def ids(request: pytest.FixtureRequest) -> IdSource:
    """Each source of ids in turn."""
    made: IdSource = request.param()
    return made


def test_clock_gives_aware_utc(clock: Clock) -> None:
    assert (clock.now().tzinfo, clock.wall().tzinfo) == (UTC, UTC)


def test_clock_begins_with_program_time_at_real_time(clock: Clock) -> None:
    assert abs(clock.now() - clock.wall()) < A_WHILE


def test_clock_goes_forward(clock: Clock) -> None:
    readings = [(clock.now(), clock.wall(), clock.monotonic()) for _ in range(3)]

    assert readings == sorted(readings)


@pytest.mark.parametrize("make", [ShiftedClock, FakeClock])
def test_shift_moves_program_time_and_no_other(make: Callable[[], ShiftedClock | FakeClock]) -> None:
    clock = make()
    wall, monotonic = clock.wall(), clock.monotonic()

    clock.shift(timedelta(days=3))
    clock.shift(timedelta(hours=1))

    assert abs(clock.now() - clock.wall() - timedelta(days=3, hours=1)) < A_WHILE
    assert clock.wall() - wall < A_WHILE
    assert clock.monotonic() - monotonic < A_WHILE.total_seconds()


def test_shifted_clock_returns_the_new_time_and_never_goes_back() -> None:
    clock = ShiftedClock()

    moved = clock.shift(timedelta(days=1))

    assert abs(moved - clock.wall() - timedelta(days=1)) < A_WHILE
    with pytest.raises(ValueError, match="forward only"):
        clock.shift(timedelta(seconds=-1))


def test_ids_are_distinct_and_safe_in_a_url(ids: IdSource) -> None:
    made = [ids.new() for _ in range(1000)]

    assert len(set(made)) == 1000
    assert [each for each in made if not re.fullmatch(r"[A-Za-z0-9_-]+", each)] == []


def test_real_ids_hold_128_bits() -> None:
    assert {len(RandomIds().new()) for _ in range(100)} == {22}
