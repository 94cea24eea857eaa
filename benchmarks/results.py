"""What was measured, beside the floor and the goal."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import pairwise
from statistics import median
from typing import Any

ALIKE = 0.005
"""Medians of unlike things that differ by less than half a percent may be of one thing measured twice."""


class SuspiciouslyAlike(Exception):
    """Two unlike things measured the same: most likely one of them was measured twice."""


class Bound(StrEnum):
    """On which side of its limit a number has to be."""

    AT_MOST = "<="
    AT_LEAST = ">="
    EXACTLY = "="


@dataclass(frozen=True, slots=True, kw_only=True)
class Goal:
    """A limit for the ratio to the floor or, where a person waits, for the value itself."""

    bound: Bound
    limit: float
    of_ratio: bool

    def __str__(self) -> str:
        return f"{'ratio' if self.of_ratio else 'value'} {self.bound} {self.limit:g}"

    def is_met_by(self, number: float) -> bool:
        """Whether the number is on the right side; the limit itself is."""
        match self.bound:
            case Bound.AT_MOST:
                return number <= self.limit
            case Bound.AT_LEAST:
                return number >= self.limit
            case Bound.EXACTLY:
                return number == self.limit


def ratio_at_most(limit: float) -> Goal:
    """So many times the floor, or less."""
    return Goal(bound=Bound.AT_MOST, limit=limit, of_ratio=True)


def ratio_at_least(limit: float) -> Goal:
    """Such a part of the floor, or more."""
    return Goal(bound=Bound.AT_LEAST, limit=limit, of_ratio=True)


def at_most(limit: float) -> Goal:
    """So much of the unit, or less."""
    return Goal(bound=Bound.AT_MOST, limit=limit, of_ratio=False)


def at_least(limit: float) -> Goal:
    """So much of the unit, or more."""
    return Goal(bound=Bound.AT_LEAST, limit=limit, of_ratio=False)


def exactly(limit: float) -> Goal:
    """So much of the unit: a count that must be right."""
    return Goal(bound=Bound.EXACTLY, limit=limit, of_ratio=False)


@dataclass(frozen=True, slots=True, kw_only=True)
class Result:
    """One row of the table. `floor` is the bare thing measured in the same run, in the same unit.

    `windows` and `floor_windows` are what the two are the middle of, in the order of the rounds, where that is told.
    `rounds` is how many were measured where they are not; 0 for what happens once.
    """

    area: str
    name: str
    value: float
    unit: str
    engine: str | None = None
    floor: float | None = None
    goal: Goal | None = None
    windows: Sequence[float] = ()
    floor_windows: Sequence[float] = ()
    rounds: int = 0

    @property
    def times(self) -> int:
        """How many rounds there were, however they are told."""
        return len(self.windows) or self.rounds

    @property
    def ratio(self) -> float | None:
        """Value to floor."""
        return None if not self.floor else self.value / self.floor

    @property
    def met(self) -> bool | None:
        """Whether the goal is reached; None for a row without one. A goal of a ratio needs a floor."""
        if self.goal is None:
            return None
        number = self.ratio if self.goal.of_ratio else self.value
        return number is not None and self.goal.is_met_by(number)

    def as_json(self) -> dict[str, Any]:
        """The row of `results.json`."""
        return {
            "area": self.area,
            "name": self.name,
            "engine": self.engine,
            "value": self.value,
            "unit": self.unit,
            "floor": self.floor,
            "ratio": self.ratio,
            "goal": None if self.goal is None else str(self.goal),
            "met": self.met,
            "rounds": self.times,
            "windows": {"value": list(self.windows), "floor": list(self.floor_windows)},
        }


def percentile(numbers: Iterable[float], percent: float) -> float:
    """The smallest of the numbers that at least so many percent of them do not exceed (nearest rank)."""
    ordered = sorted(numbers)
    rank = -(-len(ordered) * percent // 100)
    return ordered[max(0, int(rank) - 1)]


def check_unlike(rounds: Mapping[str, Iterable[float]]) -> None:
    """Raise `SuspiciouslyAlike` when two of these differ too little to be two things."""
    middles = {name: median(numbers) for name, numbers in rounds.items()}
    names = sorted(middles, key=middles.__getitem__)
    for one, other in pairwise(names):
        if middles[other] - middles[one] < ALIKE * middles[other]:
            raise SuspiciouslyAlike(f"{one} and {other} both measure {middles[one]:.6g}")
