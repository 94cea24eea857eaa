"""What the harness computes is right, or nothing it says is."""

import pytest

from benchmarks.results import (
    Goal,
    Result,
    SuspiciouslyAlike,
    at_most,
    check_unlike,
    exactly,
    percentile,
    ratio_at_least,
    ratio_at_most,
)


def a_result(value: float = 3.0, *, floor: float | None = 2.0, goal: Goal | None = None) -> Result:
    return Result(area="area", name="name", engine="sqlite", value=value, unit="ms", floor=floor, goal=goal)


@pytest.mark.parametrize(
    ("goal", "value", "met"),
    [
        (ratio_at_most(1.5), 3.0, True),
        (ratio_at_most(1.5), 3.02, False),
        (ratio_at_least(1.5), 3.0, True),
        (ratio_at_least(1.5), 2.98, False),
        (at_most(3), 3.0, True),
        (at_most(3), 3.01, False),
        (exactly(3), 3.0, True),
        (exactly(3), 2.0, False),
        (exactly(3), 4.0, False),
    ],
)
def test_goal_is_met_up_to_its_limit(goal: Goal, value: float, met: bool) -> None:  # noqa: FBT001
    result = a_result(value, floor=2.0, goal=goal)

    assert result.met is met


def test_goal_of_a_ratio_without_a_floor_is_not_met() -> None:
    result = a_result(floor=None, goal=ratio_at_most(100))

    assert (result.ratio, result.met) == (None, False)


def test_row_without_a_goal_is_not_judged() -> None:
    assert a_result(goal=None).met is None


def test_result_as_json_has_the_keys_of_the_file() -> None:
    result = a_result(3.0, floor=2.0, goal=ratio_at_most(1.5))

    assert result.as_json() == {
        "area": "area",
        "name": "name",
        "engine": "sqlite",
        "value": 3.0,
        "unit": "ms",
        "floor": 2.0,
        "ratio": 1.5,
        "goal": "ratio <= 1.5",
        "met": True,
        "rounds": 0,
        "windows": {"value": [], "floor": []},
    }


def test_result_as_json_tells_every_window_in_the_order_of_the_rounds() -> None:
    result = Result(area="area", name="name", value=2.0, unit="1/s", windows=[3.0, 1.0, 2.0], floor_windows=[5.0, 4.0])

    assert result.as_json()["windows"] == {"value": [3.0, 1.0, 2.0], "floor": [5.0, 4.0]}
    assert result.as_json()["rounds"] == 3


@pytest.mark.parametrize(
    ("numbers", "percent", "expected"),
    [
        ([5.0], 99, 5.0),
        ([4.0, 1.0, 3.0, 2.0], 50, 2.0),
        ([float(each) for each in range(1, 101)], 99, 99.0),
        ([float(each) for each in range(1, 102)], 99, 100.0),
        ([float(each) for each in range(1, 21)], 95, 19.0),
        ([1.0, 2.0], 100, 2.0),
    ],
)
def test_percentile_is_the_nearest_rank(numbers: list[float], percent: float, expected: float) -> None:
    assert percentile(numbers, percent) == expected


def test_unlike_things_that_measure_the_same_are_refused() -> None:
    with pytest.raises(SuspiciouslyAlike, match="echo and product both measure 100"):
        check_unlike({"echo": [100.0, 90.0, 110.0], "product": [100.2, 100.3, 50.0], "other": [70.0]})


def test_unlike_things_that_measure_unlike_pass() -> None:
    check_unlike({"echo": [100.0, 90.0, 110.0], "product": [101.0, 101.0, 101.0]})
