"""When a staff member in support can be booked: weekly hours, dates that differ, and the real instants they cover."""

from domain.hours.calendar import OPEN_ALL_YEAR, ClosedDays, ProgramCalendar
from domain.hours.openings import open_intervals, set_aside, zone_at
from domain.hours.spans import Absence, Travel
from domain.hours.text import (
    format_overrides,
    format_windows,
    joined_overrides,
    joined_windows,
    parse_overrides,
    parse_windows,
)
from domain.hours.values import WeeklyHours
from domain.hours.windows import WEEKDAYS, DateOverride, InvalidHours, WeeklyWindow, Window

__all__ = [
    "OPEN_ALL_YEAR",
    "WEEKDAYS",
    "Absence",
    "ClosedDays",
    "DateOverride",
    "InvalidHours",
    "ProgramCalendar",
    "Travel",
    "WeeklyHours",
    "WeeklyWindow",
    "Window",
    "format_overrides",
    "format_windows",
    "joined_overrides",
    "joined_windows",
    "open_intervals",
    "parse_overrides",
    "parse_windows",
    "set_aside",
    "zone_at",
]
