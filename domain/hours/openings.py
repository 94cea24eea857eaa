"""The real instants that hours cover: the set of instants whose local time lies in a window (policy D).

So a time that clocks skip is not there, and an hour that happens twice is there twice. A date that differs replaces
that date's weekly windows (policy G). A local day belongs to the zone in force on its date, so that the dates of
somebody who travels may overlap, or leave hours between them that are no date of theirs. Days are counted from
1970-01-01, which was a Thursday.
"""

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from itertools import pairwise
from zoneinfo import ZoneInfo

from domain.days import DateSpan
from domain.hours.calendar import OPEN_ALL_YEAR, ProgramCalendar
from domain.hours.seasons import Season, Shut, seasons_of
from domain.hours.values import WeeklyHours
from domain.intervals import Interval, clip, unite
from domain.offsets import DAY_SECONDS, runs_around
from domain.times import MINUTE_SECONDS, day_of_number, zone
from domain.times import day_bounds as bounds_of

_FIRST_WEEKDAY = 3
_NEIGHBORS = 2
"""So many days on either side of a change of zone a day's hours can meet those of a date in the other zone."""


def weekday_of(day: int) -> int:
    """The weekday of a day number, Monday being 0."""
    return (day + _FIRST_WEEKDAY) % 7


class Timetable:
    """Hours made ready for arithmetic, for sessions with scholars or for the one kind that a purpose names.

    `dates` are the minutes of windows by day number, where they differ from the season's week. `unlike` are the days
    whose hours cannot be told from their own week alone. `travels` says whether there is more than one zone.
    """

    __slots__ = ("_firsts", "_opened", "dates", "seasons", "travels", "unlike")

    def __init__(self, seasons: tuple[Season, ...], dates: Mapping[int, tuple[Interval, ...]]) -> None:
        self.seasons = seasons
        self.dates = dates
        self.travels = len(seasons) > 1 and any(season.tz is not seasons[0].tz for season in seasons)
        self.unlike = dates.keys() | _around_changes(seasons) if self.travels else dates.keys()
        self._firsts = [season.first for season in seasons]
        self._opened: dict[int, tuple[Interval, ...]] = {}

    @classmethod
    def of(cls, hours: WeeklyHours, calendar: ProgramCalendar = OPEN_ALL_YEAR, *, purpose: str = "") -> "Timetable":
        """The timetable of somebody's hours, in the program's calendar."""
        dates = hours.dates()
        if purpose:
            week = hours.week(purpose=purpose)
            dates = {day: _shared(windows, week[weekday_of(day)]) for day, windows in dates.items()}
        return cls(seasons_of(hours, calendar, purpose), dates)

    def season(self, day: int) -> Season:
        """What holds on a day."""
        return self.seasons[bisect_right(self._firsts, day) - 1]

    def between(self, first_day: int, last_day: int) -> Iterator[tuple[Season, int, int]]:
        """The seasons of the days in [first_day, last_day) in which anything can be open, each with its days there."""
        for season in self.seasons:
            first, last = max(season.first, first_day), min(season.last, last_day)
            if first < last and season.shut is None:
                yield season, first, last

    def windows(self, day: int) -> tuple[Interval, ...]:
        """The minutes of a local day's windows."""
        season = self.season(day)
        if season.shut:
            return ()
        windows = self.dates.get(day)
        return season.week[weekday_of(day)] if windows is None else windows

    def openings(self, day: int) -> tuple[Interval, ...]:
        """The open instants of a local day: disjoint, ascending, half-open, joined where they touch."""
        if day not in self._opened:
            self._opened[day] = opened(self.windows(day), day, self.season(day).tz)
        return self._opened[day]

    def stretches(self, day: int) -> Iterator[tuple[int, int, int]]:
        """The unbroken open stretches of a local day: begin, end, and how far the hours of other dates carry on."""
        near = range(day - 1, day + _NEIGHBORS + 1) if self.travels else range(day, day + 2)
        around = unite([one for each in near for one in self.openings(each)])
        for begin, end in self.openings(day):
            yield begin, end, next(last for first, last in around if first <= begin < last)

    def days_at(self, instant: int) -> Iterator[int]:
        """The local days in which an instant (epoch seconds) lies: one, unless somebody travels."""
        near = instant // DAY_SECONDS
        for day in range(near - 1, near + 2):
            first, last = bounds_of(day_of_number(day), self.season(day).tz)
            if first <= instant < last:
                yield day

    def shut_at(self, instant: int) -> Shut | None:
        """Why nothing is open on the date of an instant (epoch seconds); None when something could be."""
        reasons = [self.season(day).shut for day in self.days_at(instant)]
        return None if None in reasons else next(iter(reasons), None)

    def shut_between(self, first: int, last: int) -> tuple[int, Shut] | None:
        """The first instant in [first, last), epoch seconds, of a date on which nothing is open, and why; else None."""
        days = days_around(first, last)
        edges = {edge for day in days for edge in bounds_of(day_of_number(day), self.season(day).tz)}
        for instant in sorted({first, *(edge for edge in edges if first < edge < last)}):
            if shut := self.shut_at(instant):
                return instant, shut
        return None


def opened(windows: Iterable[Interval], day: int, tz: ZoneInfo) -> tuple[Interval, ...]:
    """The instants of a local day whose local time lies in windows of minutes."""
    midnight = day * DAY_SECONDS
    runs = runs_around(tz, day)
    return unite(
        (
            max(run.begin, midnight + start * MINUTE_SECONDS - run.offset),
            min(run.end, midnight + end * MINUTE_SECONDS - run.offset),
        )
        for start, end in windows
        for run in runs
    )


def open_intervals(
    hours: WeeklyHours, first: int, last: int, calendar: ProgramCalendar = OPEN_ALL_YEAR
) -> tuple[Interval, ...]:
    """The open instants in [first, last), in epoch seconds: disjoint, ascending, half-open, joined where they touch."""
    timetable = Timetable.of(hours, calendar)
    return clip(unite(one for day in days_around(first, last) for one in timetable.openings(day)), first, last)


def set_aside(hours: WeeklyHours, first: int, last: int) -> tuple[Interval, ...]:
    """What is set aside for whatever purpose in [first, last), in epoch seconds; nothing else ever takes it.

    That is so on a day off, in an absence and on a closed day too, though nothing is offered then: whatever changes
    later, no other session stands in the way of what they are set aside for.
    """
    purposes = hours.purposes
    if not purposes:
        return ()
    weeks = [hours.week(purpose=purpose) for purpose in purposes]
    abroad = Timetable(seasons_of(WeeklyHours(zone=hours.zone, travels=hours.travels), OPEN_ALL_YEAR, ""), {})
    return clip(
        unite(
            one
            for day in days_around(first, last)
            for week in weeks
            for one in opened(week[weekday_of(day)], day, abroad.season(day).tz)
        ),
        first,
        last,
    )


def zone_at(hours: WeeklyHours, instant: int) -> str:
    """The name of the zone in force at an instant (epoch seconds): the one at home outside of every travel."""
    return next((name for begin, end, name in stays(hours) if begin <= instant < end), hours.zone)


def stays(hours: WeeklyHours) -> Iterator[tuple[int, int, str]]:
    """The travels as instants, in epoch seconds, half-open, each with the name of the zone in force."""
    for travel in hours.travels:
        tz = zone(travel.zone)
        yield bounds_of(travel.days.first, tz)[0], bounds_of(travel.days.last, tz)[1], travel.zone


def span_bounds(hours: WeeklyHours, span: DateSpan) -> Interval:
    """Epoch seconds of the first instant of a stretch of somebody's local dates and of the first after it."""
    first, last = zone(zone_on(hours, span.first)), zone(zone_on(hours, span.last))
    return bounds_of(span.first, first)[0], bounds_of(span.last, last)[1]


def zone_on(hours: WeeklyHours, day: date) -> str:
    """The name of the zone in force on a date."""
    return next((travel.zone for travel in hours.travels if day in travel.days), hours.zone)


def days_around(first: int, last: int) -> range:
    """The local days, of whatever zone, that [first, last) epoch seconds can touch."""
    return range(first // DAY_SECONDS - 1, last // DAY_SECONDS + 2)


def _around_changes(seasons: tuple[Season, ...]) -> frozenset[int]:
    """The days close to one on which another zone comes into force."""
    changes = [after.first for before, after in pairwise(seasons) if before.tz is not after.tz]
    return frozenset(day for change in changes for day in range(change - _NEIGHBORS, change + _NEIGHBORS))


def _shared(windows: Iterable[Interval], others: Iterable[Interval]) -> tuple[Interval, ...]:
    """The minutes in both: on a date that differs somebody is only there in its hours."""
    both = ((max(start, first), min(end, last)) for start, end in windows for first, last in others)
    return unite(each for each in both if each[0] < each[1])
