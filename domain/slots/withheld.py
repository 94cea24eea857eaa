"""Starts that are withheld although nobody is busy: in full days, weeks and months, and what is first for others."""

from calendar import monthrange
from collections import Counter
from collections.abc import Collection, Iterable, Iterator
from typing import NamedTuple
from zoneinfo import ZoneInfo

from domain.hours.openings import weekday_of
from domain.intervals import Interval
from domain.kinds import SessionKind
from domain.offsets import DAY_SECONDS, offset_at
from domain.rules import FairShares
from domain.slots.reasons import Refusal
from domain.times import END_OF_TIME, day_bounds, day_of_number

_WEEK_DAYS, _LONGEST_MONTH_DAYS = 7, 31
_HOUR_SECONDS = 3600


class Withheld(NamedTuple):
    """A stretch of epoch seconds, half-open, in which no session may start, and why."""

    begin: int
    end: int
    reason: Refusal


def full_days(
    starts: Iterable[int], tz: ZoneInfo, *, per_day: int, per_week: int, per_month: int = 0
) -> list[Withheld]:
    """The days, weeks (Monday to Sunday) and months of somebody's calendar that hold as many sessions as they take.

    `starts` are those of the sessions that count, in epoch seconds. A limit of 0 is none.
    """
    local = list(_local_days(starts, tz)) if per_day or per_week or per_month else []
    days = [day for day, number in Counter(local).items() if 0 < per_day <= number]
    weeks = [monday for monday, number in Counter(map(_monday_of, local)).items() if 0 < per_week <= number]
    months = [first for first, number in Counter(map(_first_of_month, local)).items() if 0 < per_month <= number]
    return [
        *(_stretch(first, _days_in_month(first), tz, Refusal.MONTH_FULL) for first in months),
        *(_stretch(monday, _WEEK_DAYS, tz, Refusal.WEEK_FULL) for monday in weeks),
        *(_stretch(day, 1, tz, Refusal.DAY_FULL) for day in days),
    ]


def shared_out(
    starts: Collection[int],
    fair: FairShares,
    kind: SessionKind,
    tz: ZoneInfo,
    *,
    now: int,
    held: Collection[int] = (),
) -> list[Withheld]:
    """What is withheld from a scholar in favor of others; nothing for kinds that are not shared out.

    `starts` are those of all sessions of such kinds that the scholar has had or has ahead, in epoch seconds; `now` is
    one too. `held` are those that are merely kept for the scholar: they use up a share, and are no session yet. Weeks
    are those of the scholar's calendar.
    """
    if not kind.shares_out:
        return []
    found = []
    if fair.first_days and starts:
        opens = now + fair.open_days(kind) * DAY_SECONDS + 1
        found.append(Withheld(opens, END_OF_TIME, Refusal.FIRST_FOR_OTHERS))
    if fair.sessions_a_week:
        leftover = now + fair.leftover_hours * _HOUR_SECONDS + 1
        weeks = Counter(map(_monday_of, _local_days((*starts, *held), tz)))
        full = [monday for monday, number in weeks.items() if number >= fair.sessions_a_week]
        stretches = (_stretch(monday, _WEEK_DAYS, tz, Refusal.SHARE_USED) for monday in full)
        found += [each._replace(begin=max(each.begin, leftover)) for each in stretches if each.end > leftover]
    return found


def why_withheld(start: int, withheld: Iterable[Withheld]) -> Refusal | None:
    """The first reason for which a start in epoch seconds is withheld."""
    return next((reason for begin, end, reason in withheld if begin <= start < end), None)


def around_week(stretch: Interval) -> Interval:
    """A stretch of epoch seconds that holds the weeks, of any zone, in which another one lies."""
    first, last = stretch
    return first - (_WEEK_DAYS + 2) * DAY_SECONDS, last + (_WEEK_DAYS + 2) * DAY_SECONDS


def around_month(stretch: Interval) -> Interval:
    """A stretch of epoch seconds that holds the months, and so the weeks, of any zone, in which another one lies."""
    first, last = stretch
    return first - (_LONGEST_MONTH_DAYS + 2) * DAY_SECONDS, last + (_LONGEST_MONTH_DAYS + 2) * DAY_SECONDS


def _local_days(starts: Iterable[int], tz: ZoneInfo) -> Iterator[int]:
    return ((start + offset_at(tz, start)) // DAY_SECONDS for start in starts)


def _monday_of(day: int) -> int:
    return day - weekday_of(day)


def _first_of_month(day: int) -> int:
    return day - day_of_number(day).day + 1


def _days_in_month(first: int) -> int:
    day = day_of_number(first)
    return monthrange(day.year, day.month)[1]


def _stretch(day: int, days: int, tz: ZoneInfo, reason: Refusal) -> Withheld:
    begin, _ = day_bounds(day_of_number(day), tz)
    _, end = day_bounds(day_of_number(day + days - 1), tz)
    return Withheld(begin, end, reason)
