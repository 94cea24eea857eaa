"""Why nothing is offered, in a sentence that says what takes how much of the time and what to do."""

from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from domain.kinds import SessionKind
from domain.people import Person
from domain.slots import StaffTime, needed_busy
from domain.slots.refusal import duration_words
from domain.slots.why import Reason, reasons
from domain.times import epoch_seconds_up
from services.desk import SupportDesk
from services.offers.availability import Availability, availability

NOBODY = "Nobody takes these sessions yet. Please choose another kind, or look again in a few days."
NO_HOURS = "No hours have been set yet."
NO_ROOM = "There are no hours with room for a session of {minutes} minutes in the next {days} days."
NONE_LEFT = "There is no time left until the last day on which you can meet is over."
ALL_TAKEN_UNTIL_END = (
    "Every time is taken until the last day on which you can meet is over; times come free when sessions move."
)
ALL_TAKEN = "Every time in the next {days} days is taken; times come free when sessions move."
ALL_SOON = "What is left begins too soon: sessions are booked at least {notice} ahead."
ALL_LATER = "The next times are more than {days} days ahead, and open day by day."
ALL_FIRST = "What is left is first for others; it opens to you shortly before it begins."
ALL_OFF = "In the next {days} days there are only days without sessions."
MIXED = "None of the {total} times in the next {days} days can be booked: {shares}."
LOOK_AGAIN = "Please look again tomorrow."
CHOOSE_ANOTHER = "Please choose somebody else, or look again tomorrow."
LOOK_AGAIN_SOON = "Please look again soon."
CHOOSE_ANOTHER_SOON = "Please choose somebody else, or look again soon."
WRITE = "Please write a message instead."
CHOOSE_ANOTHER_OR_WRITE = "Please choose somebody else, or write a message instead."

_BEFORE_AN_END = {
    NONE_LEFT: (WRITE, CHOOSE_ANOTHER_OR_WRITE),
    ALL_TAKEN_UNTIL_END: (LOOK_AGAIN_SOON, CHOOSE_ANOTHER_SOON),
}
"""What to do, with nobody else to choose and with others, where tomorrow may be too late."""
_TAKEN, _SOON, _OFF, _SHORT, _LAST, _LATER = "taken", "soon", "off", "short", "last", "later"
_FIRST = "first"
_SCHOLARS_WORDS = {
    Reason.FREE: _TAKEN,  # free, and still nothing is offered: the session that is to move stands there
    Reason.STAFF_BUSY: _TAKEN,
    Reason.SCHOLAR_BUSY: _TAKEN,
    Reason.WEEK_FULL: _TAKEN,
    Reason.DAY_FULL: _TAKEN,
    Reason.FIRST_FOR_OTHERS: _FIRST,
    Reason.SHARE_USED: _FIRST,
    Reason.NOTICE: _SOON,
    Reason.CLOSED: _OFF,
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
    _FIRST: "{number} {are} first for others",
    _SHORT: "{number} {are} in hours too short for {minutes} minutes",
    _LAST: "{number} {come} after the last day on which you can meet",
}
OWN_SHARES = {
    Reason.FREE: "{number} {are} free",
    Reason.STAFF_BUSY: "{number} {are} taken by sessions with their buffers, or by office hours",
    Reason.WEEK_FULL: "{number} {are} in weeks that are full",
    Reason.DAY_FULL: "{number} {are} on days that are full",
    Reason.NOTICE: "{number} {begin} sooner than the notice of {notice}",
    Reason.CLOSED: "{number} {are} on days on which the program is closed",
    Reason.AWAY: "{number} {are} in your time away",
    Reason.DAY_OFF: "{number} {are} on your days off",
    Reason.OTHER_HOURS: "{number} {are} on dates for which you have set other hours",
    Reason.PHASE: "{number} {are} in a phase in which you have a week of its own",
    Reason.SET_ASIDE: "{number} {are} in hours you have set aside, or too close to them",
    Reason.TOO_SHORT: "{number} {are} in hours too short for {minutes} minutes",
    Reason.LAST_DAY: "{number} {come} after your last day",
    Reason.HORIZON: "{number} {open} later: they are more than {days} days ahead",
}
OWN_NO_HOURS = "Nothing is offered, because you have set no hours for it yet. Please write them into your week."
OWN_SOME = "Scholars are offered {free} of your times in the next {days} days."
OWN_NONE = "Nothing is offered in the next {days} days. To change that, look at what takes most of the time:"
_IS = {"are": "is", "begin": "begins", "come": "comes", "open": "opens"}


def why_empty(
    staff: Sequence[Person], found: Availability, kind: SessionKind, *, now: datetime, has_others: bool = False
) -> str:
    """What takes the times of those who were asked. `has_others` are people to choose."""
    if not staff:
        return NOBODY
    asked_ids = {person.id for person in staff}
    asked = [one for one in found.staff if one.id in asked_ids]
    tally: Counter[str] = Counter()
    for one in asked:
        why = reasons(one, kind, now=now, scholar_busy=found.scholar_busy, withheld=found.withheld)
        tally.update(map(_SCHOLARS_WORDS.__getitem__, why.values()))
    reason = _reason(asked, kind, tally, now)
    alone, with_others = _BEFORE_AN_END.get(reason, (LOOK_AGAIN, CHOOSE_ANOTHER))
    words = reason.format(
        minutes=kind.length_minutes,
        days=kind.horizon_days,
        notice=duration_words(kind.notice_minutes),
        total=sum(tally.values()) - tally[_LATER],
        shares=_joined(_share(_SHARES[word], number, kind) for word, number in tally.most_common() if word in _SHARES),
    )
    return f"{words} {with_others if has_others else alone}"


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnTimes:
    """What becomes of somebody's own times of a kind: a sentence, and the shares that explain it, the largest first."""

    kind: SessionKind
    sentence: str
    shares: tuple[str, ...]
    free: int


def explain_own(desk: SupportDesk, staff: Person, kind: SessionKind) -> OwnTimes:
    """What takes how much of a staff member's own hours, for themselves. Two queries."""
    now = desk.clock.now()
    first, last = needed_busy(kind, now=now)
    with desk.store.read() as connection:
        found = availability(desk, connection, kind, staff=[staff], scholar=staff, first=first, last=last)
    own = replace(found.staff[0], until=desk.rules.of(staff).takes_until(kind, staff))
    tally = Counter(reasons(own, kind, now=now).values())
    free = tally[Reason.FREE]
    sentence = OWN_NONE if tally else OWN_NO_HOURS
    return OwnTimes(
        kind=kind,
        sentence=(OWN_SOME if free else sentence).format(free=free, days=kind.horizon_days),
        shares=tuple(_share(OWN_SHARES[reason], number, kind) for reason, number in tally.most_common()),
        free=free,
    )


def _reason(asked: Sequence[StaffTime], kind: SessionKind, tally: Counter[str], now: datetime) -> str:
    """The sentence: of the one thing that takes all of the time, or of several."""
    present = {word for word in (_TAKEN, _SOON, _FIRST, _OFF, _SHORT) if tally[word]}
    _, beyond = kind.bookable(epoch_seconds_up(now))
    if tally[_LAST] and all(one.until < beyond for one in asked):
        return ALL_TAKEN_UNTIL_END if _TAKEN in present else NONE_LEFT
    if present == {_TAKEN}:
        return ALL_TAKEN
    if len(present) > 1:
        return MIXED
    if present:
        return {_SOON: ALL_SOON, _FIRST: ALL_FIRST, _OFF: ALL_OFF, _SHORT: NO_ROOM}[present.pop()]
    if tally[_LATER]:
        return ALL_LATER
    return NO_ROOM if any(one.hours.is_open_ever() for one in asked) else NO_HOURS


def _share(words: str, number: int, kind: SessionKind) -> str:
    verbs = {plural: one if number == 1 else plural for plural, one in _IS.items()}
    notice = duration_words(kind.notice_minutes)
    return words.format(number=number, notice=notice, minutes=kind.length_minutes, days=kind.horizon_days, **verbs)


def _joined(shares: Iterable[str]) -> str:
    *others, last = [*shares] or [""]
    return f"{', '.join(others)} and {last}" if others else last
