"""Why nothing is offered, in a sentence that says what takes how much of the time and what to do."""

from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import datetime

from domain.amounts import ahead_text
from domain.kinds import SessionKind
from domain.people import Person
from domain.rules import FairShares
from domain.slots import StaffTime
from domain.slots.left_out import phases_text
from domain.slots.refusal import duration_words
from domain.slots.why import Reason, reasons
from domain.slots.withheld import why_withheld
from domain.times import day_number, epoch_seconds_up
from services.offers.availability import Availability
from services.offers.shares import joined, share
from services.offers.sharing import fair_words

NOBODY = "Nobody takes these sessions yet. Please choose another kind, or look again in a few days."
NO_HOURS = "No hours have been set yet."
NONE_ASIDE = "No hours have been set aside for these sessions yet."
NO_ROOM = "There are no hours with room for a session of {minutes} minutes in the next {days}."
NONE_LEFT = "There is no time left until the last day on which you can meet is over."
ALL_TAKEN_UNTIL_END = (
    "Every time is taken until the last day on which you can meet is over; times come free when sessions move."
)
ALL_TAKEN = "Every time in the next {days} is taken; times come free when sessions move."
ALL_SOON = "What is left begins too soon: sessions are booked at least {notice} ahead."
ALL_LATER = "The next times are more than {days} ahead, and open day by day."
ALL_FIRST = (
    "What is left is more than {first} ahead, and first for those who have had no session yet. It opens to you day by "
    "day."
)
ALL_WEEK = (
    "What is left is in a week with {sessions} of yours. It can be booked from {leftover} before it begins, if it is "
    "still free then."
)
ALL_LEFT_OUT = "These sessions are not offered in {phases}."
ALL_OFF = "In the next {days} there are only days without sessions."
MIXED = "None of the {total} times in the next {days} can be booked: {shares}."
LOOK_AGAIN = "Please look again tomorrow."
CHOOSE_ANOTHER = "Please choose somebody else, or look again tomorrow."
LOOK_AGAIN_SOON = "Please look again soon."
CHOOSE_ANOTHER_SOON = "Please choose somebody else, or look again soon."
CHOOSE_KIND = "Please choose another kind, or look again when that is over."
WRITE = "Please write a message instead."
CHOOSE_ANOTHER_OR_WRITE = "Please choose somebody else, or write a message instead."

_ADVICE = {
    ALL_LEFT_OUT: (CHOOSE_KIND, CHOOSE_KIND),
    NONE_LEFT: (WRITE, CHOOSE_ANOTHER_OR_WRITE),
    ALL_TAKEN_UNTIL_END: (LOOK_AGAIN_SOON, CHOOSE_ANOTHER_SOON),
}
"""What to do, with nobody else to choose and with others, where tomorrow may be too late, or too soon."""
_TAKEN, _SOON, _OFF, _SHORT, _LAST, _LATER = "taken", "soon", "off", "short", "last", "later"
_FIRST, _WEEK, _PHASE = "first", "week", "phase"
_SCHOLARS_WORDS = {
    Reason.FREE: _TAKEN,  # free, and still nothing is offered: the session that is to move stands there
    Reason.STAFF_BUSY: _TAKEN,
    Reason.OWN_CALENDAR: _TAKEN,
    Reason.SCHOLAR_BUSY: _TAKEN,
    Reason.MONTH_FULL: _TAKEN,
    Reason.WEEK_FULL: _TAKEN,
    Reason.DAY_FULL: _TAKEN,
    Reason.FIRST_FOR_OTHERS: _FIRST,
    Reason.SHARE_USED: _WEEK,
    Reason.NOTICE: _SOON,
    Reason.CLOSED: _OFF,
    Reason.LEFT_OUT: _PHASE,
    Reason.AWAY: _OFF,
    Reason.DAY_OFF: _OFF,
    Reason.OTHER_HOURS: _OFF,
    Reason.PHASE: _OFF,
    Reason.SET_ASIDE: _OFF,
    Reason.TOO_SHORT: _SHORT,
    Reason.LAST_DAY: _LAST,
    Reason.HORIZON: _LATER,
}
"""A scholar need not know what somebody does with their time, only whether it is worth to look again."""
_SHARES = {
    _TAKEN: "{number} {are} taken",
    _SOON: "{number} {begin} less than {notice} from now",
    _OFF: "{number} {are} on days or in hours without sessions",
    _FIRST: "{number} {are} more than {first} ahead and first for those who have had no session yet",
    _WEEK: "{number} {are} in weeks with {sessions} of yours and {open} {leftover} before",
    _PHASE: "{number} {are} in {phases}, when these sessions are not offered",
    _SHORT: "{number} {are} in hours too short for {minutes} minutes",
    _LAST: "{number} {come} after the last day on which you can meet",
}
_ALONE = {
    _TAKEN: ALL_TAKEN,
    _SOON: ALL_SOON,
    _FIRST: ALL_FIRST,
    _WEEK: ALL_WEEK,
    _PHASE: ALL_LEFT_OUT,
    _OFF: ALL_OFF,
    _SHORT: NO_ROOM,
}
"""The sentence where one of these takes all there is."""


def why_empty(
    staff: Sequence[Person],
    found: Availability,
    kind: SessionKind,
    fair: FairShares,
    *,
    now: datetime,
    has_others: bool = False,
) -> str:
    """What takes the times of those who were asked. `has_others` are people to choose."""
    if not staff:
        return NOBODY
    asked_ids = {person.id for person in staff}
    asked = [one for one in found.staff if one.id in asked_ids]
    tally = Counter(word for one in asked for word in _words(one, found, kind, now))
    reason = _reason(asked, kind, tally, now)
    alone, with_others = _ADVICE.get(reason, (LOOK_AGAIN, CHOOSE_ANOTHER))
    given = fair_words(fair, kind) | {"phases": phases_ahead(asked[0], kind, now)}
    words = reason.format(
        minutes=kind.length_minutes,
        days=ahead_text(kind.horizon_days),
        notice=duration_words(kind.lead_minutes),
        total=sum(tally.values()) - tally[_LATER],
        shares=joined(
            share(_SHARES[word], number, kind, **given) for word, number in tally.most_common() if word in _SHARES
        ),
        **given,
    )
    return f"{words} {with_others if has_others else alone}"


def phases_ahead(one: StaffTime, kind: SessionKind, now: datetime) -> str:
    """The phases without the kind, by name and dates, that meet what can be booked now; the same for all staff."""
    today = day_number(now.date())
    return phases_text(
        phase
        for phase in one.calendar.left_out
        if day_number(phase.days.last) >= today - 1 and day_number(phase.days.first) <= today + kind.horizon_days + 1
    )


def _words(one: StaffTime, found: Availability, kind: SessionKind, now: datetime) -> Iterator[str]:
    """For each time what a scholar reads of it; first for others is only what is free otherwise."""
    for start, reason in reasons(one, kind, now=now, scholar_busy=found.scholar_busy).items():
        withheld = why_withheld(start, found.withheld) if reason is Reason.FREE else None
        yield _SCHOLARS_WORDS[Reason(withheld.value) if withheld else reason]


def _reason(asked: Sequence[StaffTime], kind: SessionKind, tally: Counter[str], now: datetime) -> str:
    """The sentence: of the one thing that takes all of the time, or of several."""
    present = {word for word in _ALONE if tally[word]}
    _, beyond = kind.bookable(epoch_seconds_up(now))
    if tally[_LAST] and all(one.until < beyond for one in asked):
        return ALL_TAKEN_UNTIL_END if _TAKEN in present else NONE_LEFT
    if present == {_PHASE, _SOON}:
        return ALL_LEFT_OUT  # what begins in the next few hours is not worth a word
    if len(present) > 1:
        return MIXED
    return _ALONE[present.pop()] if present else _none(asked, kind, has_later=tally[_LATER] > 0)


def _none(asked: Sequence[StaffTime], kind: SessionKind, *, has_later: bool) -> str:
    """The sentence where there is no time at all before the horizon."""
    if has_later:
        return ALL_LATER
    if any(one.hours.is_open_ever(purpose=kind.purpose) for one in asked):
        return NO_ROOM
    return NONE_ASIDE if kind.set_aside else NO_HOURS
