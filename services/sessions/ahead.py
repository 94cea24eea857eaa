"""What somebody in support has ahead on the days of a week, for their own Home tab: times, and nobody's name."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from itertools import groupby

from domain.people import Person
from domain.times import day_bounds, zone
from services.desk import SupportDesk
from services.sessions.facts import SessionLine
from services.sessions.own import LISTED, sessions_before

DAYS = 7


@dataclass(frozen=True, slots=True, kw_only=True)
class BusyDay:
    """A local date and its sessions that are not over, soonest first; never none."""

    day: date
    sessions: tuple[SessionLine, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekAhead:
    """Seven days from today on, those with sessions alone; `today` is also among `days` unless it is empty."""

    today: tuple[SessionLine, ...]
    days: tuple[BusyDay, ...]


def week_ahead(desk: SupportDesk, staff: Person) -> WeekAhead:
    """What is left of today and what the next six days hold, by the calendar of their own device. Two queries."""
    tz = zone(staff.zone)
    today = desk.clock.now().astimezone(tz).date()
    _, end = day_bounds(today + timedelta(days=DAYS - 1), tz)
    days = _by_day(sessions_before(desk, staff, before=end, at_most=DAYS * LISTED), today)
    return WeekAhead(today=next((each.sessions for each in days if each.day == today), ()), days=days)


def _by_day(lines: Sequence[SessionLine], today: date) -> tuple[BusyDay, ...]:
    """What began before midnight and is not over is today's."""
    groups = groupby(lines, key=lambda line: max(line.starts.astimezone(zone(line.zone)).date(), today))
    return tuple(BusyDay(day=day, sessions=tuple(sessions)) for day, sessions in groups)
