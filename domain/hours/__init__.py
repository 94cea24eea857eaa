"""When a staff member in support can be booked: weekly hours, dates that differ, and the real instants they cover."""

from domain.hours.openings import open_intervals
from domain.hours.text import format_overrides, format_windows, parse_overrides, parse_windows
from domain.hours.values import WEEKDAYS, DateOverride, InvalidHours, WeeklyHours, WeeklyWindow, Window

__all__ = [
    "WEEKDAYS",
    "DateOverride",
    "InvalidHours",
    "WeeklyHours",
    "WeeklyWindow",
    "Window",
    "format_overrides",
    "format_windows",
    "open_intervals",
    "parse_overrides",
    "parse_windows",
]
