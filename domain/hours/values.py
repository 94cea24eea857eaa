"""Somebody's hours as one value: local wall time in their own zone, and what changes it for some dates."""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import pairwise

from domain.hours.spans import Absence, Travel, check_apart
from domain.hours.windows import WEEKDAYS, DateOverride, InvalidHours, WeeklyWindow, Window
from domain.intervals import Interval, unite
from domain.times import day_number, zone

Week = tuple[tuple[Interval, ...], ...]
"""The minutes of each weekday's windows, Monday first."""


@dataclass(frozen=True, slots=True, kw_only=True)
class WeeklyHours:
    """A staff member's hours in their zone (an IANA name; `UnknownZone` for any other).

    Windows that overlap or touch become one, and so do several overrides of one date, so that two ways of saying the
    same hours are equal and the order in which they were said has no meaning. `own_phases` are the phases with a week
    of their own, which may be one without hours; those that windows name are among them.

    Raises `InvalidHours` for a date in two travels or two absences, and where two purposes have a time set aside.
    """

    zone: str
    windows: tuple[WeeklyWindow, ...] = ()
    overrides: tuple[DateOverride, ...] = ()
    travels: tuple[Travel, ...] = ()
    absences: tuple[Absence, ...] = ()
    own_phases: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        zone(self.zone)
        object.__setattr__(self, "windows", _united_week(self.windows))
        object.__setattr__(self, "overrides", _united_dates(self.overrides))
        object.__setattr__(self, "travels", tuple(sorted(set(self.travels))))
        object.__setattr__(self, "absences", tuple(sorted(set(self.absences))))
        named = {window.phase for window in self.windows if window.phase}
        object.__setattr__(self, "own_phases", tuple(sorted(named.union(self.own_phases))))
        check_apart(self.travels, field="travels", what="travels")
        check_apart(self.absences, field="absences", what="absences")
        _check_purposes(self.windows)

    def is_open_ever(self, *, purpose: str = "") -> bool:
        """Whether they hold any window at all for a purpose, of the week or of a date, which has none for one kind."""
        if any(window.purpose == purpose for window in self.windows):
            return True
        return not purpose and any(override.windows for override in self.overrides)

    @property
    def purposes(self) -> tuple[str, ...]:
        """The kinds of session for which windows are set aside."""
        return tuple(sorted({window.purpose for window in self.windows if window.purpose}))

    def week(self, *, phase: str = "", purpose: str = "") -> Week:
        """The week of a phase, or of a purpose; the one with scholars that holds otherwise unless told."""
        days: list[list[Interval]] = [[] for _ in WEEKDAYS]
        for window in self.windows:
            if window.purpose == purpose and window.phase == phase:
                days[window.weekday].append((window.start_minute, window.end_minute))
        return tuple(map(tuple, days))

    def dates(self) -> Mapping[int, tuple[Interval, ...]]:
        """The minutes of the windows of each date that differs, by day number (days since 1970-01-01)."""
        return {
            day_number(override.day): tuple((window.start_minute, window.end_minute) for window in override.windows)
            for override in self.overrides
        }


def _united_week(windows: Iterable[WeeklyWindow]) -> tuple[WeeklyWindow, ...]:
    alike: defaultdict[tuple[str, str, int], list[Interval]] = defaultdict(list)
    for window in windows:
        # What is set aside holds in every phase.
        phase = "" if window.purpose else window.phase
        alike[window.purpose, phase, window.weekday].append((window.start_minute, window.end_minute))
    return tuple(
        WeeklyWindow(weekday=weekday, start_minute=start, end_minute=end, phase=phase, purpose=purpose)
        for (purpose, phase, weekday), said in sorted(alike.items())
        for start, end in unite(said)
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


def _check_purposes(windows: Sequence[WeeklyWindow]) -> None:
    by_day: defaultdict[int, list[WeeklyWindow]] = defaultdict(list)
    for window in windows:
        if window.purpose:
            by_day[window.weekday].append(window)
    for weekday, on_day in by_day.items():
        ascending = sorted(on_day, key=lambda window: window.start_minute)
        for earlier, later in pairwise(ascending):
            if later.start_minute < earlier.end_minute:
                raise InvalidHours(
                    "A part of this is set aside for something else already. Please choose other hours.",
                    field=WEEKDAYS[weekday],
                )
