"""Rounds take everything in turn."""

from functools import partial

from benchmarks.rounds import in_turn


def test_things_are_measured_in_turn_and_the_order_changes_each_round() -> None:
    order: list[str] = []

    def measured(name: str) -> int:
        order.append(name)
        return len(order)

    found = in_turn({name: partial(measured, name) for name in "abc"}, rounds=3)

    assert order == ["a", "b", "c", "c", "b", "a", "a", "b", "c"]
    assert found == {"a": [1, 6, 7], "b": [2, 5, 8], "c": [3, 4, 9]}
