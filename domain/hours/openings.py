"""The real instants that hours cover: the set of instants whose local time lies in a window (policy D).

So a time that clocks skip is not there, and an hour that happens twice is there twice. A date that differs replaces
that date's weekly windows (policy G). Days are counted from 1970-01-01, which was a Thursday.
"""

from collections.abc import Mapping
from typing import NamedTuple, Self
from zoneinfo import ZoneInfo

from domain.hours.values import WeeklyHours
from domain.intervals import Interval, clip, unite
from domain.offsets import DAY_SECONDS, runs_around
from domain.times import MINUTE_SECONDS, zone

_FIRST_WEEKDAY = 3


def weekday_of(day: int) -> int:
    """The weekday of a day number, Monday being 0."""
    return (day + _FIRST_WEEKDAY) % 7


class Timetable(NamedTuple):
    """Hours made ready for arithmetic: the minutes of windows by weekday and, where they differ, by day number."""

    tz: ZoneInfo
    week: tuple[tuple[Interval, ...], ...]
    dates: Mapping[int, tuple[Interval, ...]]

    @classmethod
    def of(cls, hours: WeeklyHours) -> Self:
        """The timetable of somebody's hours."""
        return cls(zone(hours.zone), hours.week(), hours.dates())

    def windows(self, day: int) -> tuple[Interval, ...]:
        """The minutes of a local day's windows."""
        windows = self.dates.get(day)
        return self.week[weekday_of(day)] if windows is None else windows

    def openings(self, day: int) -> tuple[Interval, ...]:
        """The open instants of a local day: disjoint, ascending, half-open, joined where they touch."""
        midnight = day * DAY_SECONDS
        runs = runs_around(self.tz, day)
        return unite(
            (
                max(run.begin, midnight + start * MINUTE_SECONDS - run.offset),
                min(run.end, midnight + end * MINUTE_SECONDS - run.offset),
            )
            for start, end in self.windows(day)
            for run in runs
        )


def open_intervals(hours: WeeklyHours, first: int, last: int) -> tuple[Interval, ...]:
    """The open instants in [first, last), in epoch seconds: disjoint, ascending, half-open, joined where they touch."""
    timetable = Timetable.of(hours)
    days = range(first // DAY_SECONDS - 1, last // DAY_SECONDS + 2)
    return clip(unite(interval for day in days for interval in timetable.openings(day)), first, last)
