"""The hours of a coach: a plain week, or one with all that can become of it."""

from datetime import date, timedelta

from benchmarks.floors.slots_case import DAY_WINDOWS, NOW, ZONES
from benchmarks.house import Resident
from benchmarks.program.rules import MANAGEMENT, TRAINING
from domain.days import DateSpan
from domain.hours import Absence, DateOverride, Travel, WeeklyHours, WeeklyWindow, Window

WORKDAYS = range(5)
THURSDAY = 3
_THIRDS = 3


def plain_hours(coach: Resident) -> WeeklyHours:
    """Seven hours on weekdays, in one of six zones."""
    windows = [
        WeeklyWindow(weekday=weekday, start_minute=start, end_minute=end)
        for weekday in WORKDAYS
        for start, end in DAY_WINDOWS
    ]
    return WeeklyHours(zone=_zone(coach), windows=tuple(windows))


def full_hours(coach: Resident, coaches: int) -> WeeklyHours:
    """The same with an afternoon set aside and two dates that differ, and one more thing by thirds.

    A third travels for a week, a third is away for a week with a colleague in their place, a third has hours of their
    own in a phase.
    """
    plain = plain_hours(coach)
    third = coach.number % _THIRDS
    aside = WeeklyWindow(weekday=THURSDAY, start_minute=15 * 60, end_minute=17 * 60, purpose=MANAGEMENT.key)
    colleague = Resident(coach.program, (coach.number + 1) % coaches, coach.role).id
    return WeeklyHours(
        zone=plain.zone,
        windows=(*plain.windows, aside, *(_in_training() if third == 0 else ())),
        overrides=_overrides(coach),
        travels=(Travel(days=_week(coach), zone=ZONES[(coach.number + 1) % len(ZONES)]),) if third == 1 else (),
        absences=(Absence(days=_week(coach), colleague=colleague),) if third == 2 else (),
    )


def _in_training() -> tuple[WeeklyWindow, ...]:
    return tuple(
        WeeklyWindow(weekday=weekday, start_minute=10 * 60, end_minute=16 * 60, phase=TRAINING) for weekday in WORKDAYS
    )


def _overrides(coach: Resident) -> tuple[DateOverride, ...]:
    """A day off and a Saturday with two windows, on dates of their own."""
    monday = _monday(coach)
    both = (Window(start_minute=9 * 60, end_minute=11 * 60), Window(start_minute=14 * 60, end_minute=16 * 60))
    return DateOverride(day=monday + timedelta(days=9)), DateOverride(day=monday + timedelta(days=5), windows=both)


def _week(coach: Resident) -> DateSpan:
    monday = _monday(coach) + timedelta(weeks=2)
    return DateSpan(first=monday, last=monday + timedelta(days=4))


def _monday(coach: Resident) -> date:
    """One of six Mondays, so that not everybody is away at once."""
    return NOW.date() + timedelta(weeks=coach.number % 6)


def _zone(coach: Resident) -> str:
    return ZONES[coach.number % len(ZONES)]
