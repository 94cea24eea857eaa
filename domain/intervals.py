"""Half-open intervals of integers: minutes of a day, or epoch seconds."""

from collections.abc import Iterable

Interval = tuple[int, int]
"""The first value inside and the first value after; empty when they are equal or reversed."""


def unite(intervals: Iterable[Interval]) -> tuple[Interval, ...]:
    """The same points as disjoint intervals in ascending order; overlapping and touching ones become one."""
    united: list[Interval] = []
    for begin, end in sorted(intervals):
        if begin >= end:
            continue
        if united and begin <= united[-1][1]:
            united[-1] = (united[-1][0], max(united[-1][1], end))
        else:
            united.append((begin, end))
    return tuple(united)


def clip(intervals: Iterable[Interval], first: int, last: int) -> tuple[Interval, ...]:
    """The part of disjoint ascending intervals that lies in [first, last)."""
    cut = ((max(begin, first), min(end, last)) for begin, end in intervals)
    return tuple((begin, end) for begin, end in cut if begin < end)
