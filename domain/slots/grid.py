"""The free starts of one staff member.

Starts are counted from where a window really begins, in the staff member's zone (policy E): each unbroken stretch of a
local date's open instants has its own grid, so a window that clocks cut in two starts anew, and one that only loses a
skipped hour goes on. A session may run into the next date when that date's hours begin as the first one's end.

Days without a clock change, nearly all of them, reuse the pattern of starts of their windows; only the others take
the exact and slower way. No loop runs over minutes or over busy stretches per start.
"""

from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from itertools import chain

from domain.hours import WeeklyHours
from domain.hours.openings import Timetable, weekday_of
from domain.intervals import Interval
from domain.kinds import SessionKind
from domain.offsets import DAY_SECONDS, day_offsets
from domain.slots.withheld import Withheld
from domain.times import DAY_MINUTES, END_OF_TIME, MINUTE_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffTime:
    """One staff member's hours and what is taken of them: half-open epoch seconds, buffers included, in any order.

    `withheld` are their days and weeks that are full.
    `until` is the instant (epoch seconds) by which a session must have ended: the earlier end of the two memberships.
    """

    id: str
    hours: WeeklyHours
    busy: Sequence[Interval] = ()
    withheld: Sequence[Withheld] = ()
    until: int = END_OF_TIME


def free_starts(
    staff: StaffTime,
    kind: SessionKind,
    *,
    first: int,
    last: int,
    scholar_busy: Sequence[Interval] = (),
    withheld: Sequence[Withheld] = (),
) -> list[int]:
    """The starts in [first, last), ascending, at which this staff member can take a session of the kind.

    All instants are epoch seconds. `scholar_busy` are the scholar's own sessions, without buffers; `withheld` is what
    the scholar leaves to others for now. Notice and horizon are the caller's affair: see `SessionKind.bookable`.
    """
    last = min(last, staff.until - kind.length_seconds + 1)
    if last <= first:
        return []
    starts = grid_starts(staff.hours, kind, first_day=first // DAY_SECONDS - 1, last_day=last // DAY_SECONDS + 2)
    del starts[bisect_left(starts, last) :]
    del starts[: bisect_left(starts, first)]
    length, before, after = kind.length_seconds, kind.before_seconds, kind.after_seconds
    _remove(starts, staff.busy, reach=length + after, before=before)
    _remove(starts, scholar_busy, reach=length, before=0)
    for begin, end, _ in chain(staff.withheld, withheld):
        del starts[bisect_left(starts, begin) : bisect_left(starts, end)]
    return starts


def grid_starts(hours: WeeklyHours, kind: SessionKind, *, first_day: int, last_day: int) -> list[int]:
    """Every start, ascending, that the hours of the local days in [first_day, last_day) allow, whatever is taken."""
    timetable = Timetable.of(hours)
    patterns = _patterns(timetable.week, kind.length_seconds, kind.step_seconds)
    starts: list[int] = []
    for day, offset in enumerate(day_offsets(timetable.tz, first_day, last_day), first_day):
        pattern = patterns[weekday_of(day)]
        if offset is None or pattern is None or day in timetable.dates:
            starts += _exact_starts(timetable, kind, day)
        elif pattern:
            starts += map((day * DAY_SECONDS - offset).__add__, pattern)
    # Clocks that go back over midnight bring two dates out of order; sorting what is sorted costs next to nothing.
    starts.sort()
    return starts


def stretches(timetable: Timetable, day: int) -> Iterable[tuple[int, int, int]]:
    """The unbroken open stretches of a local day: begin, end, and how far the next date's hours carry on from there."""
    tomorrow = dict(timetable.openings(day + 1))
    for begin, end in timetable.openings(day):
        yield begin, end, tomorrow.get(end, end)


def _exact_starts(timetable: Timetable, kind: SessionKind, day: int) -> Iterable[int]:
    for begin, end, reach in stretches(timetable, day):
        yield from range(begin, min(end, reach - kind.length_seconds + 1), kind.step_seconds)


@lru_cache(maxsize=1024)
def _patterns(week: tuple[tuple[Interval, ...], ...], length: int, step: int) -> tuple[tuple[int, ...] | None, ...]:
    """For each weekday its starts in seconds after midnight, or None when they may depend on the next day's hours."""
    return tuple(
        None
        if windows and windows[-1][1] == DAY_MINUTES
        else tuple(
            start
            for begin, end in windows
            for start in range(begin * MINUTE_SECONDS, end * MINUTE_SECONDS - length + 1, step)
        )
        for windows in week
    )


def _remove(starts: list[int], busy: Iterable[Interval], *, reach: int, before: int) -> None:
    """Drop the starts whose own stretch [start - before, start + reach) meets a busy one."""
    for begin, end in busy:
        at = bisect_right(starts, begin - reach)
        del starts[at : bisect_left(starts, end + before, at)]
