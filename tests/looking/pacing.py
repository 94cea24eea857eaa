"""How close together calls came."""

from collections.abc import Sequence


def busiest(times: Sequence[float], seconds: float) -> int:
    """The most calls in any stretch of so many seconds; times are in order."""
    first = most = 0
    for number, at in enumerate(times, start=1):
        while at - times[first] >= seconds:
            first += 1
        most = max(most, number - first)
    return most
