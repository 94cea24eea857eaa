"""The case slots are measured on: weekday hours in six zones, across the clock changes of spring 2027."""

from collections.abc import Sequence
from datetime import UTC, datetime
from random import Random
from typing import NamedTuple

from domain.hours import WeeklyHours, WeeklyWindow
from domain.kinds import SessionKind
from domain.people import Role
from domain.slots import StaffTime

ZONES = (
    "America/Los_Angeles",
    "America/New_York",
    "Europe/London",
    "Europe/Berlin",
    "Asia/Kolkata",
    "Australia/Sydney",
)
NOW = datetime(2027, 2, 22, tzinfo=UTC)
DAY_WINDOWS = ((9 * 60, 12 * 60), (13 * 60, 17 * 60))
_WEEK_SECONDS = 7 * 86_400
_GRID_SECONDS = 300


class SlotsCase(NamedTuple):
    """Staff with hours and busy stretches, the kind to offer and the range of starts in epoch seconds."""

    staff: Sequence[StaffTime]
    kind: SessionKind
    first: int
    last: int


def slots_case(*, staff: int, weeks: int, busy: int, seed: int = 1) -> SlotsCase:
    """So many staff members for so many weeks, with so many busy half-hours shared out evenly, day and night."""
    random = Random(seed)
    kind = SessionKind(
        key="measured",
        taken_by=Role.COACH,
        length_minutes=30,
        step_minutes=30,
        notice_minutes=0,
        cancel_notice_minutes=0,
        horizon_days=weeks * 7,
        open_per_scholar=1,
    )
    first = int(NOW.timestamp())
    last = first + weeks * _WEEK_SECONDS
    people = tuple(
        StaffTime(
            id=f"staff-{number}",
            hours=_hours(ZONES[number % len(ZONES)]),
            busy=_busy(random, busy // staff + (number < busy % staff), first, last),
        )
        for number in range(staff)
    )
    return SlotsCase(people, kind, first, last)


def _hours(zone: str) -> WeeklyHours:
    windows = tuple(
        WeeklyWindow(weekday=weekday, start_minute=start, end_minute=end)
        for weekday in range(5)
        for start, end in DAY_WINDOWS
    )
    return WeeklyHours(zone=zone, windows=windows)


def _busy(random: Random, count: int, first: int, last: int) -> tuple[tuple[int, int], ...]:
    starts = (random.randrange(first, last, _GRID_SECONDS) for _ in range(count))
    return tuple((start, start + 1800) for start in starts)
