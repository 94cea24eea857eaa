"""Weekly hours and date overrides as values: local wall time in the staff member's own zone."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date

from domain.cells import CELL_MINUTES
from domain.errors import DomainError
from domain.intervals import Interval, unite
from domain.times import DAY_MINUTES, day_number, zone

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""Names of the weekdays by number, Monday being 0; also the field names of errors about one of them."""


class InvalidHours(DomainError):
    """I could not use these hours. Please write them like 9:00-12:00, 13:00-17:00."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Window:
    """A stretch of a local day in minutes after midnight, [start_minute, end_minute), in multiples of five.

    Raises `InvalidHours` when it ends before it starts, leaves the day, or is not in steps of five minutes.
    """

    start_minute: int
    end_minute: int

    def __post_init__(self) -> None:
        problem = _problem(self.start_minute, self.end_minute)
        if problem:
            raise InvalidHours(problem)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class WeeklyWindow:
    """A window of every week: weekday 0 is Monday, judged in the staff member's zone; minutes as in `Window`."""

    weekday: int
    start_minute: int
    end_minute: int

    def __post_init__(self) -> None:
        if self.weekday not in range(len(WEEKDAYS)):
            raise InvalidHours("Please choose a weekday from Monday to Sunday.")
        problem = _problem(self.start_minute, self.end_minute)
        if problem:
            raise InvalidHours(problem, field=WEEKDAYS[self.weekday])


@dataclass(frozen=True, slots=True, kw_only=True)
class DateOverride:
    """The hours of one local date in place of its weekly ones; no windows means a day off (policy G)."""

    day: date
    windows: tuple[Window, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyHours:
    """A staff member's hours in their zone (an IANA name; `UnknownZone` for any other).

    Windows that overlap or touch become one, and so do several overrides of one date, so that two ways of saying the
    same hours are equal and the order in which they were said has no meaning.
    """

    zone: str
    windows: tuple[WeeklyWindow, ...] = ()
    overrides: tuple[DateOverride, ...] = ()

    def __post_init__(self) -> None:
        zone(self.zone)
        object.__setattr__(self, "windows", _united_week(self.windows))
        object.__setattr__(self, "overrides", _united_dates(self.overrides))

    def is_open_ever(self) -> bool:
        """Whether they hold any window at all, of the week or of a date."""
        return bool(self.windows) or any(override.windows for override in self.overrides)

    def week(self) -> tuple[tuple[Interval, ...], ...]:
        """The minutes of each weekday's windows, Monday first."""
        days: list[list[Interval]] = [[] for _ in WEEKDAYS]
        for window in self.windows:
            days[window.weekday].append((window.start_minute, window.end_minute))
        return tuple(map(tuple, days))

    def dates(self) -> Mapping[int, tuple[Interval, ...]]:
        """The minutes of the windows of each date that differs, by day number (days since 1970-01-01)."""
        return {
            day_number(override.day): tuple((window.start_minute, window.end_minute) for window in override.windows)
            for override in self.overrides
        }


def _problem(start: int, end: int) -> str | None:
    """Why [start, end) minutes cannot be a window, in words for the person who wrote it."""
    if start % CELL_MINUTES or end % CELL_MINUTES:
        return f"Please use times in steps of {CELL_MINUTES} minutes, for instance 9:00-12:30."
    if not (0 <= start < DAY_MINUTES and 0 <= end <= DAY_MINUTES):
        return "Please use times from 0:00 to 24:00."
    if start >= end:
        return (
            "These hours end before they start. Please write the earlier time first, for instance 9:00-12:00; hours "
            "past midnight end at 24:00 and go on at 0:00 the next day."
        )
    return None


def _united_week(windows: Iterable[WeeklyWindow]) -> tuple[WeeklyWindow, ...]:
    days: dict[int, list[Interval]] = {}
    for window in windows:
        days.setdefault(window.weekday, []).append((window.start_minute, window.end_minute))
    return tuple(
        WeeklyWindow(weekday=weekday, start_minute=start, end_minute=end)
        for weekday in sorted(days)
        for start, end in unite(days[weekday])
    )


def _united_dates(overrides: Iterable[DateOverride]) -> tuple[DateOverride, ...]:
    days: dict[date, list[Interval]] = {}
    for override in overrides:
        days.setdefault(override.day, []).extend((one.start_minute, one.end_minute) for one in override.windows)
    return tuple(
        DateOverride(
            day=day, windows=tuple(Window(start_minute=start, end_minute=end) for start, end in unite(days[day]))
        )
        for day in sorted(days)
    )
