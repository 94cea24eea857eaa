"""How far a zone's clocks are from UTC, as runs of constant offset; all in epoch seconds, days counted from 1970-01-01.

Offsets are found by probing the zone once a day (cached) and by bisection on the few days where they change. This
relies on clocks changing at most once in a day; the closest two changes of any zone from 2015 to 2045 are a week apart.
"""

from datetime import datetime
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple
from zoneinfo import ZoneInfo

DAY_SECONDS = 86_400


class Run(NamedTuple):
    """A stretch of instants [begin, end) during which local time is UTC plus `offset` seconds."""

    begin: int
    end: int
    offset: int


def offset_at(tz: ZoneInfo, instant: int) -> int:
    """Seconds to add to UTC at an instant to read the local clock."""
    throughout = _throughout(tz, instant // DAY_SECONDS)
    return _probe(tz, instant) if throughout is None else throughout


@lru_cache(maxsize=4096)
def _throughout(tz: ZoneInfo, day: int) -> int | None:
    """The offset on all of a UTC day, or None when clocks change on it. A lookup costs a third of a probe."""
    begin, end = _probe(tz, day * DAY_SECONDS), _probe(tz, (day + 1) * DAY_SECONDS)
    return begin if begin == end else None


def _probe(tz: ZoneInfo, instant: int) -> int:
    offset = datetime.fromtimestamp(instant, tz).utcoffset()
    return 0 if offset is None else offset.days * DAY_SECONDS + offset.seconds


@lru_cache(maxsize=1024)
def day_offsets(tz: ZoneInfo, first_day: int, last_day: int) -> tuple[int | None, ...]:
    """For each local day in [first_day, last_day) its offset, or None when clocks change on it or close to it.

    A local day lies within the UTC days from the one before to the one after it, so four equal probes mean one offset.
    """
    probes = [offset_at(tz, day * DAY_SECONDS) for day in range(first_day - 1, last_day + 2)]
    if min(probes) == max(probes):
        return (probes[0],) * (last_day - first_day)
    return tuple(
        before if before == begin == end == after else None
        for before, begin, end, after in zip(probes, probes[1:], probes[2:], probes[3:], strict=False)
    )


@lru_cache(maxsize=1024)
def runs_around(tz: ZoneInfo, day: int) -> tuple[Run, ...]:
    """The runs of constant offset from the start of the UTC day before a local day to the end of the one after it."""
    midnights = [number * DAY_SECONDS for number in range(day - 1, day + 3)]
    changes = [
        _change(tz, before, after)
        for before, after in pairwise(midnights)
        if offset_at(tz, before) != offset_at(tz, after)
    ]
    edges = [midnights[0], *changes, midnights[-1]]
    return tuple(Run(begin, end, offset_at(tz, begin)) for begin, end in pairwise(edges) if begin < end)


def _change(tz: ZoneInfo, before: int, after: int) -> int:
    """The first instant in (before, after] with the offset that holds at `after`."""
    old = offset_at(tz, before)
    while after - before > 1:
        middle = (before + after) // 2
        if offset_at(tz, middle) == old:
            before = middle
        else:
            after = middle
    return after
