"""Of every time at which a session could begin: why it is not on offer, or that it is. What explains an empty list."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from enum import StrEnum

from domain.hours import OPEN_ALL_YEAR
from domain.hours.openings import Timetable
from domain.hours.seasons import Shut, phase_at
from domain.intervals import Interval
from domain.kinds import SessionKind
from domain.offsets import DAY_SECONDS
from domain.slots.grid import StaffTime, grid_starts, remove
from domain.slots.reasons import Refusal
from domain.slots.withheld import Withheld
from domain.times import epoch_seconds_up

LOOK_BEYOND_SECONDS = 14 * DAY_SECONDS
"""How far past the horizon times are counted, to say that they will come."""


class Reason(StrEnum):
    """What takes a time out of the offer; `FREE` is nothing."""

    FREE = "free"
    NOTICE = "notice"
    HORIZON = "horizon"
    LAST_DAY = "last_day"
    CLOSED = "closed"
    LEFT_OUT = "left_out"
    AWAY = "away"
    DAY_OFF = "day_off"
    OTHER_HOURS = "other_hours"
    PHASE = "phase"
    TOO_SHORT = "too_short"
    SET_ASIDE = "set_aside"
    FIRST_FOR_OTHERS = "first_for_others"
    SHARE_USED = "share_used"
    MONTH_FULL = "month_full"
    WEEK_FULL = "week_full"
    DAY_FULL = "day_full"
    SCHOLAR_BUSY = "scholar_busy"
    STAFF_BUSY = "staff_busy"
    OWN_CALENDAR = "own_calendar"


_NOT_IN_HOURS = frozenset({Refusal.OUTSIDE_HOURS, Refusal.OFF_GRID})
REFUSALS: Mapping[Reason, frozenset[Refusal | None]] = {
    Reason.FREE: frozenset({None}),
    Reason.NOTICE: frozenset({Refusal.INSIDE_NOTICE}),
    Reason.HORIZON: frozenset({Refusal.PAST_HORIZON}),
    Reason.LAST_DAY: frozenset({Refusal.AFTER_LAST_DAY}),
    Reason.CLOSED: frozenset({Refusal.CLOSED}),
    Reason.LEFT_OUT: frozenset({Refusal.LEFT_OUT}),
    Reason.AWAY: frozenset({Refusal.AWAY}),
    Reason.DAY_OFF: _NOT_IN_HOURS,
    Reason.OTHER_HOURS: _NOT_IN_HOURS,
    Reason.PHASE: _NOT_IN_HOURS,
    Reason.TOO_SHORT: _NOT_IN_HOURS,
    Reason.SET_ASIDE: frozenset({Refusal.SET_ASIDE}),
    Reason.FIRST_FOR_OTHERS: frozenset({Refusal.FIRST_FOR_OTHERS}),
    Reason.SHARE_USED: frozenset({Refusal.SHARE_USED}),
    Reason.MONTH_FULL: frozenset({Refusal.MONTH_FULL}),
    Reason.WEEK_FULL: frozenset({Refusal.WEEK_FULL}),
    Reason.DAY_FULL: frozenset({Refusal.DAY_FULL}),
    Reason.SCHOLAR_BUSY: frozenset({Refusal.SCHOLAR_BUSY}),
    Reason.STAFF_BUSY: frozenset({Refusal.STAFF_BUSY}),
    Reason.OWN_CALENDAR: frozenset({Refusal.OWN_CALENDAR}),
}
"""What `why_not` says of a start that has a reason here."""
_SHUT = {Shut.CLOSED: Reason.CLOSED, Shut.LEFT_OUT: Reason.LEFT_OUT, Shut.AWAY: Reason.AWAY}


def reasons(
    staff: StaffTime,
    kind: SessionKind,
    *,
    now: datetime,
    scholar_busy: Sequence[Interval] = (),
    withheld: Sequence[Withheld] = (),
) -> dict[int, Reason]:
    """By start (epoch seconds), from now to two weeks past the horizon, why it is not on offer.

    The starts are those of the hours as they are, and of the week as it would be without days off, absences, closed
    days and phases; hours in which no session fits count as one start, where they begin.
    """
    current = epoch_seconds_up(now)
    earliest, beyond = kind.bookable(current)
    last = beyond + LOOK_BEYOND_SECONDS
    actual, usual = staff.timetable(kind), _usual(staff, kind)
    in_hours, short = _starts(actual, kind, current, last), _short(actual, kind, current, last)
    candidates = {*in_hours, *short, *_starts(usual, kind, current, last), *_short(usual, kind, current, last)}
    against = _taken(in_hours, staff, kind, scholar_busy, withheld)
    found = {}
    for start in sorted(candidates):
        reason = _against_time(start, staff, kind, earliest, beyond)
        if reason is None:
            reason = against.get(start) or _against_day(start, staff, actual)
        found[start] = reason
    return found


def _usual(staff: StaffTime, kind: SessionKind) -> Timetable:
    hours = replace(staff.hours, overrides=(), absences=())
    return Timetable.of(hours, OPEN_ALL_YEAR, purpose=kind.purpose)


def _starts(timetable: Timetable, kind: SessionKind, first: int, last: int) -> list[int]:
    starts = grid_starts(timetable, kind, first_day=first // DAY_SECONDS - 1, last_day=last // DAY_SECONDS + 2)
    return starts[bisect_left(starts, first) : bisect_left(starts, last)]


def _short(timetable: Timetable, kind: SessionKind, first: int, last: int) -> list[int]:
    """Where stretches begin in which no session fits."""
    return [
        begin
        for day in range(first // DAY_SECONDS - 1, last // DAY_SECONDS + 2)
        for begin, _, reach in timetable.stretches(day)
        if first <= begin < last and begin + kind.lead_seconds + kind.room_seconds > reach
    ]


def _taken(
    in_hours: Sequence[int],
    staff: StaffTime,
    kind: SessionKind,
    scholar_busy: Sequence[Interval],
    withheld: Sequence[Withheld],
) -> dict[int, Reason]:
    """Of the starts that lie in hours, what takes them first."""
    if not in_hours:
        return {}
    length, reach, before = kind.length_seconds, kind.length_seconds + kind.after_seconds, kind.before_seconds
    reserved = staff.reserved(kind, in_hours[0] - before, in_hours[-1] + reach)
    steps = (
        (Reason.SET_ASIDE, reserved, reach, before),
        *((Reason(why.value), [(begin, end)], 1, 0) for begin, end, why in (*withheld, *staff.withheld)),
        (Reason.SCHOLAR_BUSY, scholar_busy, length, 0),
        (Reason.STAFF_BUSY, staff.busy, reach, before),
        (Reason.OWN_CALENDAR, staff.outside, reach, before),
    )
    found: dict[int, Reason] = {}
    left = list(in_hours)
    for reason, busy, after, ahead in steps:
        still = list(left)
        remove(still, busy, reach=after, before=ahead)
        found |= dict.fromkeys(set(left).difference(still), reason)
        left = still
    return found | dict.fromkeys(left, Reason.FREE)


def _against_time(start: int, staff: StaffTime, kind: SessionKind, earliest: int, beyond: int) -> Reason | None:
    if start < earliest:
        return Reason.NOTICE
    if start >= beyond:
        return Reason.HORIZON
    return Reason.LAST_DAY if start + kind.length_seconds > staff.until else None


def _against_day(start: int, staff: StaffTime, actual: Timetable) -> Reason:
    """Why a start of the usual week is not in the hours as they are."""
    shut = actual.shut_at(start)
    if shut:
        return _SHUT[shut]
    for day in actual.days_at(start):
        if any(begin <= start < end for begin, end in actual.openings(day)):
            break
        if day in actual.dates:
            return Reason.OTHER_HOURS if actual.dates[day] else Reason.DAY_OFF
        if phase_at(staff.hours, staff.calendar, day):
            return Reason.PHASE
    return Reason.TOO_SHORT
