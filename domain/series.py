"""Sessions with the same person at the same local time, every week or every other, booked at once.

The clock of whoever takes the sessions keeps the local time: their hours are written in it (policy A), so that a start
that lies in their hours this week does so after a change of clocks too.
"""

from dataclasses import dataclass
from datetime import date
from zoneinfo import ZoneInfo

from domain.errors import DomainError
from domain.kinds import SessionKind
from domain.offsets import DAY_SECONDS, offset_at
from domain.times import (
    MINUTE_SECONDS,
    TimeRepeated,
    TimeSkipped,
    day_of_number,
    epoch_seconds,
    resolve_local,
)

EVERY_WEEKS = (1, 2)
"""How far apart the sessions of a series may be."""
WEEK_DAYS = 7


class SeriesNotFree(DomainError):
    """Not all of these times are free. Please choose fewer times, or another time."""


class SeriesTooLong(DomainError):
    """That is more sessions than can be booked at once. Please choose fewer."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Repeat:
    """How often: `times` sessions in all, 1 for no series. Raises `SeriesTooLong` for what no form of ours offers."""

    every_weeks: int = 1
    times: int = 1

    def __post_init__(self) -> None:
        if self.every_weeks not in EVERY_WEEKS or self.times < 1:
            raise SeriesTooLong(field="repeat")


ONCE = Repeat()


@dataclass(frozen=True, slots=True, kw_only=True)
class SeriesDate:
    """One date of a series; `start` in epoch seconds, or None where clocks jump over that time."""

    day: date
    start: int | None


def longest_series(kind: SessionKind) -> int:
    """How many sessions of a kind can be booked at once: each counts towards those that may be ahead.

    What waits for a yes is asked for one at a time: half a series that is declined would be no series.
    """
    return 1 if kind.needs_approval else min(kind.series_max, kind.open_per_scholar)


def series_dates(first: int, repeat: Repeat, tz: ZoneInfo) -> list[SeriesDate]:
    """The dates of a series that begins at an instant in epoch seconds, in the zone whose clock keeps the time.

    Of a later time that comes twice it is the first; the first session is exactly the one that was chosen.
    """
    local = first + offset_at(tz, first)
    day, minute = local // DAY_SECONDS, local % DAY_SECONDS // MINUTE_SECONDS
    later = (
        _date(day_of_number(day + number * WEEK_DAYS * repeat.every_weeks), minute, tz)
        for number in range(1, repeat.times)
    )
    return [SeriesDate(day=day_of_number(day), start=first), *later]


def _date(day: date, minute: int, tz: ZoneInfo) -> SeriesDate:
    try:
        return SeriesDate(day=day, start=epoch_seconds(resolve_local(day, minute, tz)))
    except TimeRepeated as repeated:
        return SeriesDate(day=day, start=epoch_seconds(repeated.choices[0]))
    except TimeSkipped:
        return SeriesDate(day=day, start=None)
