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

from domain.hours import OPEN_ALL_YEAR, ProgramCalendar, WeeklyHours, set_aside
from domain.hours.openings import Timetable, weekday_of
from domain.hours.values import Week
from domain.intervals import Interval
from domain.kinds import SessionKind
from domain.offsets import DAY_SECONDS, day_offsets
from domain.slots.withheld import Withheld
from domain.times import DAY_MINUTES, END_OF_TIME, MINUTE_SECONDS


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffTime:
    """One staff member's hours and what is taken of them: half-open epoch seconds, buffers included, in any order.

    `outside` is what their own calendar takes, likewise. `withheld` are their days and weeks that are full. `calendar`
    is the program's. `until` is the instant (epoch seconds) by which a session must have ended: the earlier end of the
    two memberships.
    """

    id: str
    hours: WeeklyHours
    busy: Sequence[Interval] = ()
    outside: Sequence[Interval] = ()
    withheld: Sequence[Withheld] = ()
    until: int = END_OF_TIME
    calendar: ProgramCalendar = OPEN_ALL_YEAR

    def timetable(self, kind: SessionKind) -> Timetable:
        """The hours in which sessions of the kind can be."""
        return Timetable.of(self.hours, self.calendar, purpose=kind.purpose)

    def reserved(self, kind: SessionKind, first: int, last: int) -> tuple[Interval, ...]:
        """What is set aside for another purpose in [first, last), in epoch seconds: taken, with the kind's buffers."""
        return () if kind.set_aside else set_aside(self.hours, first, last)


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
    timetable = staff.timetable(kind)
    starts = grid_starts(timetable, kind, first_day=first // DAY_SECONDS - 1, last_day=last // DAY_SECONDS + 2)
    del starts[bisect_left(starts, last) :]
    del starts[: bisect_left(starts, first)]
    reach, before = kind.length_seconds + kind.after_seconds, kind.before_seconds
    remove(starts, staff.reserved(kind, first - before, last + reach), reach=reach, before=before)
    remove(starts, staff.busy, reach=reach, before=before)
    remove(starts, staff.outside, reach=reach, before=before)
    remove(starts, scholar_busy, reach=kind.length_seconds, before=0)
    for begin, end, _ in chain(staff.withheld, withheld):
        del starts[bisect_left(starts, begin) : bisect_left(starts, end)]
    return starts


def grid_starts(timetable: Timetable, kind: SessionKind, *, first_day: int, last_day: int) -> list[int]:
    """Every start, ascending, that the hours of the local days in [first_day, last_day) allow, whatever is taken."""
    unlike = timetable.unlike
    starts: list[int] = []
    for season, first, last in timetable.between(first_day, last_day):
        patterns = _patterns(season.week, kind.lead_seconds, kind.room_seconds, kind.step_seconds)
        for day, offset in enumerate(day_offsets(season.tz, first, last), first):
            pattern = patterns[weekday_of(day)]
            if offset is None or pattern is None or day in unlike:
                starts += _exact_starts(timetable, kind, day)
            elif pattern:
                starts += map((day * DAY_SECONDS - offset).__add__, pattern)
    # Clocks that go back over midnight bring two dates out of order; sorting what is sorted costs next to nothing.
    starts.sort()
    return list(dict.fromkeys(starts)) if timetable.travels else starts


def _exact_starts(timetable: Timetable, kind: SessionKind, day: int) -> Iterable[int]:
    for begin, end, reach in timetable.stretches(day):
        yield from range(begin + kind.lead_seconds, min(end, reach - kind.room_seconds + 1), kind.step_seconds)


@lru_cache(maxsize=1024)
def _patterns(week: Week, lead: int, room: int, step: int) -> tuple[tuple[int, ...] | None, ...]:
    """For each weekday its starts in seconds after midnight, or None when they may depend on the next day's hours."""
    return tuple(
        None
        if windows and windows[-1][1] == DAY_MINUTES
        else tuple(
            start
            for begin, end in windows
            for start in range(begin * MINUTE_SECONDS + lead, end * MINUTE_SECONDS - room + 1, step)
        )
        for windows in week
    )


def remove(starts: list[int], busy: Iterable[Interval], *, reach: int, before: int) -> None:
    """Drop the starts whose own stretch [start - before, start + reach) meets a busy one."""
    for begin, end in busy:
        at = bisect_right(starts, begin - reach)
        del starts[at : bisect_left(starts, end + before, at)]
