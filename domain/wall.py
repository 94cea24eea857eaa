"""The instant of a time on the wall, on every day: also on those on which clocks skip it, or show it twice."""

import re
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

from domain.offsets import DAY_SECONDS, runs_around
from domain.times import MINUTE_SECONDS, day_number, instant_of

HOUR_MINUTES = 60
_TIME = re.compile(r"([01]?[0-9]|2[0-3]):([0-5][0-9])")


def wall_instant(day: date, minute: int, tz: ZoneInfo, *, last: bool = False) -> datetime:
    """When clocks of a zone show so many minutes after midnight of a day: the first time, or with `last` the last time.

    A time that clocks jump over is the instant of the jump.
    """
    number = day_number(day)
    shown = number * DAY_SECONDS + minute * MINUTE_SECONDS
    runs = runs_around(tz, number)
    exact = [shown - run.offset for run in runs if run.begin <= shown - run.offset < run.end]
    if last and exact:
        return instant_of(max(exact))
    return instant_of(min(max(run.begin, shown - run.offset) for run in runs if shown - run.offset < run.end))


def local_date(instant: datetime, tz: ZoneInfo) -> date:
    """The date on the wall."""
    return instant.astimezone(tz).date()


def after_day(day: date, minute: int, tz: ZoneInfo, *, after: datetime) -> datetime:
    """The first time from a day on at which clocks show so many minutes after midnight, later than an instant."""
    while (found := wall_instant(day, minute, tz)) <= after:
        day += timedelta(days=1)
    return found


def minute_text(minute: int) -> str:
    """Minutes after midnight as a clock shows them, such as "08:30"."""
    return f"{minute // HOUR_MINUTES:02}:{minute % HOUR_MINUTES:02}"


def minute_of(text: str) -> int | None:
    """Minutes after midnight of a time such as "08:30"; None for what is none."""
    found = _TIME.fullmatch(text)
    return int(found[1]) * HOUR_MINUTES + int(found[2]) if found else None
