"""Measures several things in turn, round after round, so that a slow minute of the machine slows all of them."""

from collections.abc import Callable, Mapping
from typing import TypeVar

ROUNDS = 3

Measured = TypeVar("Measured")


def in_turn(things: Mapping[str, Callable[[], Measured]], *, rounds: int = ROUNDS) -> dict[str, list[Measured]]:
    """What each thing measured in each round; every other round goes backwards, so that none always comes first."""
    found: dict[str, list[Measured]] = {name: [] for name in things}
    for number in range(rounds):
        names = list(things)[:: 1 if number % 2 == 0 else -1]
        for name in names:
            found[name].append(things[name]())
    return found
