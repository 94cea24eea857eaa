"""Measures several things in turn, round after round, so that a slow minute of the machine slows all of them."""

from collections.abc import Callable, Mapping, Sequence
from statistics import median
from typing import TypeVar

ROUNDS = 3
SPREAD = 2.0
"""Windows of a bare thing that are further apart tell of something else on the machine."""
AGAIN = "; a disturbed round was measured again"

Measured = TypeVar("Measured")


def in_turn(things: Mapping[str, Callable[[], Measured]], *, rounds: int = ROUNDS) -> dict[str, list[Measured]]:
    """What each thing measured in each round; every other round goes backwards, so that none always comes first."""
    found: dict[str, list[Measured]] = {name: [] for name in things}
    for number in range(rounds):
        names = list(things)[:: 1 if number % 2 == 0 else -1]
        for name in names:
            found[name].append(things[name]())
    return found


def repeat_disturbed(
    things: Mapping[str, Callable[[], Measured]],
    found: Mapping[str, list[Measured]],
    *,
    floors: Sequence[str],
    gauge: Callable[[Measured], float],
) -> str:
    """Measure the oddest round anew, all things of it, if a floor's windows are implausibly far apart.

    Once only: whatever is odd after that stands in the results. Gives `AGAIN` for the name of the row, or nothing.
    """
    for floor in floors:
        gauged = [gauge(each) for each in found[floor]]
        if max(gauged) > SPREAD * min(gauged):
            middle = median(gauged)
            oddest = max(range(len(gauged)), key=lambda number: abs(gauged[number] - middle))
            for name, measure in things.items():
                found[name][oddest] = measure()
            return AGAIN
    return ""
