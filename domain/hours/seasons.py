"""A calendar cut where anything changes: in each season the zone and the week are the same, or nothing is open."""

from collections.abc import Iterable
from enum import StrEnum
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.days import DateSpan
from domain.hours.calendar import ProgramCalendar
from domain.hours.values import Week, WeeklyHours
from domain.times import day_number, zone

_FIRST_DAY, _DAY_AFTER_ALL = -(10**6), 10**6
_NO_WEEK: Week = ((),) * 7


class Shut(StrEnum):
    """Why nothing at all is open on a date."""

    CLOSED = "closed"
    LEFT_OUT = "left_out"
    AWAY = "away"


class Season(NamedTuple):
    """The days (numbers since 1970-01-01) in [first, last), with the zone and the week that hold on all of them."""

    first: int
    last: int
    tz: ZoneInfo
    week: Week
    shut: Shut | None


def seasons_of(hours: WeeklyHours, calendar: ProgramCalendar, purpose: str) -> tuple[Season, ...]:
    """All days there are. Closed days go before phases without the kind, and those before absences and weeks."""
    own = [span for name, span in calendar.phases.items() if name in hours.own_phases]
    spans = [*own, *(each.days for each in (*calendar.closed, *calendar.left_out))]
    spans += [*(each.days for each in hours.absences), *(each.days for each in hours.travels)]
    if not spans:
        week = hours.week(purpose=purpose)
        return (Season(_FIRST_DAY, _DAY_AFTER_ALL, zone(hours.zone), week, None),)
    edges = sorted({edge for span in spans for edge in (day_number(span.first), day_number(span.last) + 1)})
    firsts, lasts = [_FIRST_DAY, *edges], [*edges, _DAY_AFTER_ALL]
    return tuple(_season(hours, calendar, purpose, *ends) for ends in zip(firsts, lasts, strict=True))


def phase_at(hours: WeeklyHours, calendar: ProgramCalendar, day: int) -> str:
    """The phase whose own week holds on a day, "" for none; of two the one that begins later."""
    there = [
        (span.first, name) for name, span in calendar.phases.items() if name in hours.own_phases and _is_in(day, span)
    ]
    return max(there)[1] if there else ""


def _season(hours: WeeklyHours, calendar: ProgramCalendar, purpose: str, first: int, last: int) -> Season:
    abroad = next((travel.zone for travel in hours.travels if _is_in(first, travel.days)), hours.zone)
    shut = _shut(hours, calendar, first)
    if shut:
        week = _NO_WEEK
    elif purpose:
        week = hours.week(purpose=purpose)
    else:
        week = hours.week(phase=phase_at(hours, calendar, first))
    return Season(first, last, zone(abroad), week, shut)


def _shut(hours: WeeklyHours, calendar: ProgramCalendar, day: int) -> Shut | None:
    if _is_in_any(day, (closed.days for closed in calendar.closed)):
        return Shut.CLOSED
    if _is_in_any(day, (phase.days for phase in calendar.left_out)):
        return Shut.LEFT_OUT
    return Shut.AWAY if _is_in_any(day, (absence.days for absence in hours.absences)) else None


def _is_in(day: int, span: DateSpan) -> bool:
    return day_number(span.first) <= day <= day_number(span.last)


def _is_in_any(day: int, spans: Iterable[DateSpan]) -> bool:
    return any(_is_in(day, span) for span in spans)
