"""A day of somebody's hours as they turn out, and what makes it differ from the week that always holds."""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from domain.hours.calendar import ProgramCalendar
from domain.hours.openings import Timetable, weekday_of
from domain.hours.seasons import Shut, phase_at
from domain.hours.values import WeeklyHours
from domain.hours.windows import Window
from domain.times import day_number


class Differs(StrEnum):
    """Why a day is not as the week has it."""

    CLOSED = "closed"
    AWAY = "away"
    DAY_OFF = "day_off"
    OTHER_HOURS = "other_hours"
    PHASE = "phase"
    TRAVEL = "travel"


@dataclass(frozen=True, slots=True, kw_only=True)
class DayPlan:
    """A local date in the zone in force. `names` say more of why it differs: the closed days', the phase's, the zone's.

    `aside` are windows by the kind of session they are set aside for, as far as they are offered that day.
    """

    day: date
    zone: str
    windows: tuple[Window, ...]
    aside: tuple[tuple[str, tuple[Window, ...]], ...]
    differs: tuple[tuple[Differs, str], ...]


def day_plan(hours: WeeklyHours, calendar: ProgramCalendar, day: date) -> DayPlan:
    """What a date of somebody's is like after everything that changes it."""
    number = day_number(day)
    timetable = Timetable.of(hours, calendar)
    return DayPlan(
        day=day,
        zone=str(timetable.season(number).tz.key),
        windows=_windows(timetable, number),
        aside=tuple(
            (purpose, windows)
            for purpose in hours.purposes
            if (windows := _windows(Timetable.of(hours, calendar, purpose=purpose), number))
        ),
        differs=tuple(_differs(hours, calendar, timetable, day)),
    )


def _windows(timetable: Timetable, day: int) -> tuple[Window, ...]:
    return tuple(Window(start_minute=start, end_minute=end) for start, end in timetable.windows(day))


def _differs(
    hours: WeeklyHours, calendar: ProgramCalendar, timetable: Timetable, day: date
) -> Iterator[tuple[Differs, str]]:
    number = day_number(day)
    season = timetable.season(number)
    phase = phase_at(hours, calendar, number)
    if season.shut is Shut.CLOSED:
        yield Differs.CLOSED, next(closed.name for closed in calendar.closed if day in closed.days)
    elif season.shut is Shut.AWAY:
        yield Differs.AWAY, ""
    elif number in timetable.dates:
        yield (Differs.OTHER_HOURS if timetable.dates[number] else Differs.DAY_OFF), ""
    elif phase and season.week[weekday_of(number)] != hours.week()[weekday_of(number)]:
        yield Differs.PHASE, phase
    if season.tz.key != hours.zone:
        yield Differs.TRAVEL, str(season.tz.key)
