"""Whether one start is on offer, and if not, why: the recheck at booking time, which looks at that day alone."""

from collections.abc import Collection, Iterable, Sequence
from datetime import datetime

from domain.amounts import ahead_text
from domain.errors import DomainError
from domain.hours.openings import Timetable
from domain.hours.seasons import Shut
from domain.intervals import Interval
from domain.kinds import SessionKind
from domain.offsets import DAY_SECONDS
from domain.slots.grid import StaffTime
from domain.slots.left_out import left_out_at
from domain.slots.reasons import Refusal
from domain.slots.withheld import Withheld, why_withheld
from domain.times import epoch_seconds_up

_SENTENCES = {
    Refusal.PAST: "That time has passed. Please choose a later one.",
    Refusal.INSIDE_NOTICE: "That is too soon: please book at least {notice} ahead, so choose a later time.",
    Refusal.PAST_HORIZON: "That is more than {days} ahead. Please choose an earlier time.",
    Refusal.AFTER_LAST_DAY: "The two of you can no longer meet by then. Please choose an earlier time.",
    Refusal.CLOSED: "The program is closed on that day. Please choose another one.",
    Refusal.LEFT_OUT: "These sessions are not offered in {phase}. Please choose another day, or another kind.",
    Refusal.AWAY: "They are away on that day. Please choose another time, or somebody else.",
    Refusal.OUTSIDE_HOURS: "That time is outside the hours on offer. Please choose one of the times in the list.",
    Refusal.OFF_GRID: "Sessions do not start at that minute. Please choose one of the times in the list.",
    Refusal.SET_ASIDE: "That time is outside the hours on offer. Please choose one of the times in the list.",
    Refusal.FIRST_FOR_OTHERS: (
        "Times that far ahead are first for those who have had no session yet. Please choose an earlier one."
    ),
    Refusal.SHARE_USED: (
        "You have as many sessions that week as can be booked well ahead; what is left opens shortly before. Please "
        "choose another week, or look again then."
    ),
    Refusal.MONTH_FULL: "That month is full for whoever takes these sessions. Please choose another month.",
    Refusal.WEEK_FULL: "That week is full for whoever takes these sessions. Please choose another week.",
    Refusal.DAY_FULL: "That day is full for whoever takes these sessions. Please choose another day.",
    Refusal.SCHOLAR_BUSY: "You have another session then. Please choose another time, or move that one first.",
    Refusal.STAFF_BUSY: "That time has just been taken. Please choose another one.",
    Refusal.OWN_CALENDAR: "That time has just been taken. Please choose another one.",
}


_SHARING = frozenset(
    {Refusal.FIRST_FOR_OTHERS, Refusal.SHARE_USED, Refusal.MONTH_FULL, Refusal.WEEK_FULL, Refusal.DAY_FULL}
)
WAIVED_IF_LISTED = _SHARING | {Refusal.INSIDE_NOTICE, Refusal.OFF_GRID, Refusal.OWN_CALENDAR}
"""What is waived for a time of their hours that a staff member offered; it has to lie in them still.

Their own calendar too: who offers a time may well have written it there (decision 0029).
"""
WAIVED_IF_NAMED = WAIVED_IF_LISTED | {Refusal.AWAY, Refusal.OUTSIDE_HOURS}
"""What is waived for a time that they wrote themselves: all that protects them.

Not what protects others: a day on which the program is closed or leaves the kind out, and hours set aside.
"""
HOURS_CHANGED = frozenset(
    {
        Refusal.CLOSED,
        Refusal.LEFT_OUT,
        Refusal.AWAY,
        Refusal.OUTSIDE_HOURS,
        Refusal.SET_ASIDE,
        Refusal.OWN_CALENDAR,
    }
)
"""Why a time that was on offer once is not any more, without anybody here having taken it."""
_SHUT = {Shut.CLOSED: Refusal.CLOSED, Shut.LEFT_OUT: Refusal.LEFT_OUT, Shut.AWAY: Refusal.AWAY}


class NotOffered(DomainError):
    """That time is not on offer. Please choose another one.

    `phase` names the phase that leaves the kind out, where that is the reason.
    """

    def __init__(self, reason: Refusal, kind: SessionKind, *, phase: str = "") -> None:
        notice = duration_words(kind.lead_minutes)
        sentence = _SENTENCES[reason].format(
            notice=notice, days=ahead_text(kind.horizon_days), phase=phase or "that phase of the program"
        )
        super().__init__(sentence, field="start")
        self.reason = reason


def why_not(
    start: int,
    staff: StaffTime,
    kind: SessionKind,
    *,
    now: datetime,
    scholar_busy: Sequence[Interval] = (),
    withheld: Sequence[Withheld] = (),
    waived: Collection[Refusal] = (),
) -> Refusal | None:
    """The first reason against a start in epoch seconds, or None when it can be booked; agrees with `offer`.

    `withheld` is what the scholar leaves to others for now. `waived` are reasons that do not count, because the staff
    member offered this time, or it is a later one of a series.
    """
    reasons = (
        _against_now(start, kind, now),
        Refusal.AFTER_LAST_DAY if start + kind.length_seconds > staff.until else None,
        _against_hours(start, staff.timetable(kind), kind),
        Refusal.SET_ASIDE if staff.reserved(kind, *kind.busy(start)) else None,
        why_withheld(start, (*withheld, *staff.withheld)),
        _against_busy(start, staff, kind, scholar_busy),
        _against_outside(start, staff, kind),
    )
    return next((reason for reason in reasons if reason is not None and reason not in waived), None)


def is_offered(
    start: int,
    staff: StaffTime,
    kind: SessionKind,
    *,
    now: datetime,
    scholar_busy: Sequence[Interval] = (),
    withheld: Sequence[Withheld] = (),
) -> bool:
    """Whether a start in epoch seconds can be booked with this staff member."""
    return why_not(start, staff, kind, now=now, scholar_busy=scholar_busy, withheld=withheld) is None


def check_offered(
    start: int,
    staff: StaffTime,
    kind: SessionKind,
    *,
    now: datetime,
    scholar_busy: Sequence[Interval] = (),
    withheld: Sequence[Withheld] = (),
) -> None:
    """Raise `NotOffered`, with the reason and a sentence for the person, unless the start can be booked."""
    reason = why_not(start, staff, kind, now=now, scholar_busy=scholar_busy, withheld=withheld)
    if reason is not None:
        raise NotOffered(reason, kind, phase=left_out_at(start, staff, kind))


def duration_words(minutes: int) -> str:
    """A duration such as "24 hours", "1 hour" or "90 minutes"."""
    amount, unit = (minutes // 60, "hour") if minutes and minutes % 60 == 0 else (minutes, "minute")
    return f"{amount} {unit}" if amount == 1 else f"{amount} {unit}s"


def _against_now(start: int, kind: SessionKind, now: datetime) -> Refusal | None:
    current = epoch_seconds_up(now)
    earliest, beyond = kind.bookable(current)
    if start < current:
        return Refusal.PAST
    if start < earliest:
        return Refusal.INSIDE_NOTICE
    return Refusal.PAST_HORIZON if start >= beyond else None


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


def _against_busy(start: int, staff: StaffTime, kind: SessionKind, scholar_busy: Sequence[Interval]) -> Refusal | None:
    if _meets(kind.session(start), scholar_busy):
        return Refusal.SCHOLAR_BUSY
    return Refusal.STAFF_BUSY if _meets(kind.busy(start), staff.busy) else None


def _against_outside(start: int, staff: StaffTime, kind: SessionKind) -> Refusal | None:
    return Refusal.OWN_CALENDAR if _meets(kind.busy(start), staff.outside) else None


def _meets(stretch: Interval, busy: Iterable[Interval]) -> bool:
    first, last = stretch
    return any(begin < last and first < end for begin, end in busy)
