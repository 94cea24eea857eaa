"""Whether one start is on offer, and if not, why: the recheck at booking time, which looks at that day alone."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime
from enum import StrEnum

from domain.errors import DomainError
from domain.hours.openings import Timetable
from domain.hours.seasons import Shut
from domain.intervals import Interval
from domain.kinds import SessionKind
from domain.offsets import DAY_SECONDS
from domain.slots.grid import StaffTime
from domain.times import epoch_seconds_up


class Refusal(StrEnum):
    """Why a start is not on offer; the first that applies, in this order."""

    PAST = "past"
    INSIDE_NOTICE = "inside_notice"
    PAST_HORIZON = "past_horizon"
    AFTER_LAST_DAY = "after_last_day"
    CLOSED = "closed"
    AWAY = "away"
    OUTSIDE_HOURS = "outside_hours"
    OFF_GRID = "off_grid"
    SET_ASIDE = "set_aside"
    SCHOLAR_BUSY = "scholar_busy"
    STAFF_BUSY = "staff_busy"


_SENTENCES = {
    Refusal.PAST: "That time has passed. Please choose a later one.",
    Refusal.INSIDE_NOTICE: "That is too soon: please book at least {notice} ahead, so choose a later time.",
    Refusal.PAST_HORIZON: "That is more than {days} days ahead. Please choose an earlier time.",
    Refusal.AFTER_LAST_DAY: "The two of you can no longer meet by then. Please choose an earlier time.",
    Refusal.CLOSED: "The program is closed on that day. Please choose another one.",
    Refusal.AWAY: "They are away on that day. Please choose another time, or somebody else.",
    Refusal.OUTSIDE_HOURS: "That time is outside the hours on offer. Please choose one of the times in the list.",
    Refusal.OFF_GRID: "Sessions do not start at that minute. Please choose one of the times in the list.",
    Refusal.SET_ASIDE: "That time is outside the hours on offer. Please choose one of the times in the list.",
    Refusal.SCHOLAR_BUSY: "You have another session then. Please choose another time, or move that one first.",
    Refusal.STAFF_BUSY: "That time has just been taken. Please choose another one.",
}


WAIVED_IF_LISTED = frozenset({Refusal.INSIDE_NOTICE, Refusal.OFF_GRID})
"""What is waived for a time of their hours that a staff member offered; it has to lie in them still."""
WAIVED_IF_NAMED = frozenset({Refusal.INSIDE_NOTICE, Refusal.AWAY, Refusal.OUTSIDE_HOURS, Refusal.OFF_GRID})
"""What is waived for a time that they wrote themselves: all that protects them.

Not what protects others: a day on which the program is closed, and hours set aside.
"""
HOURS_CHANGED = frozenset({Refusal.CLOSED, Refusal.AWAY, Refusal.OUTSIDE_HOURS, Refusal.SET_ASIDE})
"""Why a time that was on offer once is not any more, without anybody having taken it."""
_SHUT = {Shut.CLOSED: Refusal.CLOSED, Shut.AWAY: Refusal.AWAY}


class NotOffered(DomainError):
    """That time is not on offer. Please choose another one."""

    def __init__(self, reason: Refusal, kind: SessionKind) -> None:
        notice = duration_words(kind.notice_minutes)
        super().__init__(_SENTENCES[reason].format(notice=notice, days=kind.horizon_days), field="start")
        self.reason = reason


def why_not(
    start: int,
    staff: StaffTime,
    kind: SessionKind,
    *,
    now: datetime,
    scholar_busy: Sequence[Interval] = (),
    waived: Collection[Refusal] = (),
) -> Refusal | None:
    """The first reason against a start in epoch seconds, or None when it can be booked; agrees with `offer`.

    `waived` are reasons that do not count, because the staff member offered this time: one of the sets above.
    """
    reason = _against_time(start, staff, kind, now, waived)
    if reason is None:
        against_hours = _against_hours(start, staff.timetable(kind), kind)
        reason = None if against_hours in waived else against_hours
    return reason or _against_taken(start, staff, kind, scholar_busy)


def is_offered(
    start: int, staff: StaffTime, kind: SessionKind, *, now: datetime, scholar_busy: Sequence[Interval] = ()
) -> bool:
    """Whether a start in epoch seconds can be booked with this staff member."""
    return why_not(start, staff, kind, now=now, scholar_busy=scholar_busy) is None


def check_offered(
    start: int, staff: StaffTime, kind: SessionKind, *, now: datetime, scholar_busy: Sequence[Interval] = ()
) -> None:
    """Raise `NotOffered`, with the reason and a sentence for the person, unless the start can be booked."""
    reason = why_not(start, staff, kind, now=now, scholar_busy=scholar_busy)
    if reason is not None:
        raise NotOffered(reason, kind)


def duration_words(minutes: int) -> str:
    """A duration such as "24 hours", "1 hour" or "90 minutes"."""
    amount, unit = (minutes // 60, "hour") if minutes and minutes % 60 == 0 else (minutes, "minute")
    return f"{amount} {unit}" if amount == 1 else f"{amount} {unit}s"


def _against_time(
    start: int, staff: StaffTime, kind: SessionKind, now: datetime, waived: Collection[Refusal]
) -> Refusal | None:
    current = epoch_seconds_up(now)
    earliest, beyond = kind.bookable(current)
    if start < current:
        return Refusal.PAST
    if start < earliest and Refusal.INSIDE_NOTICE not in waived:
        return Refusal.INSIDE_NOTICE
    if start >= beyond:
        return Refusal.PAST_HORIZON
    return Refusal.AFTER_LAST_DAY if start + kind.length_seconds > staff.until else None


def _against_hours(start: int, timetable: Timetable, kind: SessionKind) -> Refusal | None:
    """Where dates overlap because somebody travels, a start need only be in the hours of one of them."""
    near = start // DAY_SECONDS
    is_inside = False
    for day in range(near - 1, near + 2):
        for begin, end, reach in timetable.stretches(day):
            first = begin + kind.lead_seconds
            if first <= start < end and start + kind.room_seconds <= reach:
                if (start - first) % kind.step_seconds == 0:
                    return None
                is_inside = True
    if is_inside:
        return Refusal.OFF_GRID
    shut = timetable.shut_at(start)
    return _SHUT[shut] if shut else Refusal.OUTSIDE_HOURS


def _against_taken(start: int, staff: StaffTime, kind: SessionKind, scholar_busy: Sequence[Interval]) -> Refusal | None:
    if staff.reserved(kind, *kind.busy(start)):
        return Refusal.SET_ASIDE
    if _meets(kind.session(start), scholar_busy):
        return Refusal.SCHOLAR_BUSY
    return Refusal.STAFF_BUSY if _meets(kind.busy(start), staff.busy) else None


def _meets(stretch: Interval, busy: Iterable[Interval]) -> bool:
    first, last = stretch
    return any(begin < last and first < end for begin, end in busy)
