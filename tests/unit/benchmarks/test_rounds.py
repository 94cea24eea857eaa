"""Rounds take everything in turn, and an odd one is taken again."""

from functools import partial

import pytest

from benchmarks.rounds import AGAIN, in_turn, repeat_disturbed


def test_things_are_measured_in_turn_and_the_order_changes_each_round() -> None:
    order: list[str] = []

    def measured(name: str) -> int:
        order.append(name)
        return len(order)

    found = in_turn({name: partial(measured, name) for name in "abc"}, rounds=3)

    assert order == ["a", "b", "c", "c", "b", "a", "a", "b", "c"]
    assert found == {"a": [1, 6, 7], "b": [2, 5, 8], "c": [3, 4, 9]}


@pytest.mark.parametrize(
    ("floor", "odd"),
    [([2448.0, 505.0, 1703.0], 1), ([400.0, 900.0, 1000.0], 0), ([100.0, 110.0, 221.0], 2)],
)
def test_round_in_which_a_floor_is_far_off_is_measured_again_with_all_its_things(floor: list[float], odd: int) -> None:
    found = {"echo": [700.0, 700.0, 700.0], "short": list(floor), "product": [150.0, 150.0, 150.0]}

    said = repeat_disturbed(
        {"echo": lambda: 701.0, "short": lambda: 1500.0, "product": lambda: 151.0},
        found,
        floors=["echo", "short"],
        gauge=float,
    )

    floor[odd] = 1500.0
    assert said == AGAIN
    assert found["short"] == floor
    assert [found["echo"].index(701.0), found["product"].index(151.0)] == [odd, odd]


def test_rounds_are_left_alone_while_floors_are_at_most_twice_apart_whatever_the_product_does() -> None:
    found = {"echo": [1000.0, 500.0, 700.0], "product": [150.0, 10.0, 150.0]}

    said = repeat_disturbed(
        {"echo": list[float]().pop, "product": list[float]().pop}, found, floors=["echo"], gauge=float
    )

    assert said == ""
    assert found == {"echo": [1000.0, 500.0, 700.0], "product": [150.0, 10.0, 150.0]}


def test_round_is_measured_again_only_once() -> None:
    found = {"echo": [1000.0, 100.0, 1000.0], "short": [2000.0, 100.0, 2000.0]}

    repeat_disturbed({"echo": lambda: 101.0, "short": lambda: 102.0}, found, floors=["echo", "short"], gauge=float)

    assert found == {"echo": [1000.0, 101.0, 1000.0], "short": [2000.0, 102.0, 2000.0]}
