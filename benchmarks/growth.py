"""How fast something grows with its size, as an exponent: 1 is twice as long for twice as much, 0 is not at all."""

from collections.abc import Mapping
from math import log


def exponent(values: Mapping[int, float]) -> float:
    """The slope of the logarithm of the value over that of the size, by least squares over at least two sizes."""
    points = [(log(size), log(value)) for size, value in values.items()]
    across = sum(x for x, _ in points) / len(points)
    up = sum(y for _, y in points) / len(points)
    return sum((x - across) * (y - up) for x, y in points) / sum((x - across) ** 2 for x, _ in points)
