"""Why nothing is offered, in a sentence that says what to do."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from domain.kinds import SessionKind
from domain.people import Person
from domain.slots import StaffTime, free_starts
from domain.times import END_OF_TIME, epoch_seconds_up
from services.scheduling.availability import Availability

NOBODY = "Nobody takes these sessions yet. Please choose another kind, or look again in a few days."
NO_HOURS = "No hours have been set yet."
NO_ROOM = "There are no hours with room for a session of {minutes} minutes in the next {days} days."
NONE_LEFT = "There is no time left until the last day on which you can meet is over."
ALL_TAKEN_UNTIL_END = (
    "Every time is taken until the last day on which you can meet is over; times come free when sessions move."
)
ALL_TAKEN = "Every time in the next {days} days is taken; times come free when sessions move."
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


def why_empty(
    staff: Sequence[Person], found: Availability, kind: SessionKind, *, now: datetime, has_others: bool = False
) -> str:
    """The reason of whoever came closest to a session. `has_others` are people to choose."""
    if not staff:
        return NOBODY
    asked = {person.id for person in staff}
    reason = _reason([one for one in found.staff if one.id in asked], kind, now)
    alone, with_others = _BEFORE_AN_END.get(reason, (LOOK_AGAIN, CHOOSE_ANOTHER))
    words = reason.format(minutes=kind.length_minutes, days=kind.horizon_days)
    return f"{words} {with_others if has_others else alone}"


def _reason(asked: Sequence[StaffTime], kind: SessionKind, now: datetime) -> str:
    first, last = kind.bookable(epoch_seconds_up(now))
    unbooked = [replace(one, busy=(), withheld=()) for one in asked]
    with_time = [one for one in unbooked if free_starts(one, kind, first=first, last=last)]
    if with_time:
        return ALL_TAKEN_UNTIL_END if all(one.until < last for one in with_time) else ALL_TAKEN
    if any(free_starts(replace(one, until=END_OF_TIME), kind, first=first, last=last) for one in unbooked):
        return NONE_LEFT
    return NO_ROOM if any(one.hours.is_open_ever() for one in asked) else NO_HOURS
