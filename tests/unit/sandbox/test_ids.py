import re

import pytest

from sandbox.ids import Ids
from tests.fakes.sandbox_clock import StillClock


@pytest.mark.parametrize("prefix", ["T", "C", "D", "G", "U", "W", "B", "A", "V", "F", "S", "Ev", "Fx"])
def test_id_is_shaped_like_slacks_and_another_each_time(prefix: str) -> None:
    ids = Ids(StillClock())

    made = [ids.new(prefix) for _ in range(50)]

    assert len(set(made)) == 50
    assert all(re.fullmatch(prefix + "[A-Z0-9]{10}", each) for each in made)


def test_timestamps_are_unique_and_rise_although_time_stands_still() -> None:
    ids = Ids(StillClock())

    made = [ids.ts() for _ in range(100)]

    assert made[0] == "1750000000.250000"
    assert made == sorted(set(made))
    assert all(re.fullmatch(r"\d{10}\.\d{6}", each) for each in made)


def test_timestamps_begin_at_the_clock_again_after_a_reset() -> None:
    clock = StillClock()
    ids = Ids(clock)
    clock.advance(86_400)
    ids.ts()
    clock.reset()

    ids.reset()

    assert ids.ts() == "1750000000.250000"


def test_trigger_and_scheduled_ids_have_slacks_shape() -> None:
    ids = Ids(StillClock())

    assert re.fullmatch(r"\d+\.\d+\.[0-9a-f]{32}", ids.trigger())
    assert re.fullmatch(r"Q\d{10}", ids.scheduled())
    assert ids.trigger() != ids.trigger()


def test_view_hash_changes_within_the_same_second() -> None:
    ids = Ids(StillClock())

    assert re.fullmatch(r"1750000000\.[0-9a-f]{8}", ids.view_hash())
    assert ids.view_hash() != ids.view_hash()
