"""Why nothing is offered, in a sentence that says what to do."""

from collections.abc import Sequence
from datetime import datetime

from domain.kinds import SessionKind
from domain.people import Person
from domain.slots import StaffTime
from domain.times import epoch_seconds
from services.scheduling.availability import Availability

NOBODY = "Nobody takes these sessions yet. Please choose another kind, or look again in a few days."
NO_HOURS = "No hours have been set yet."
ALL_TAKEN_UNTIL_END = "Every time is taken until one of you leaves the program; times come free when sessions move."
ALL_TAKEN = "Every time in the next {days} days is taken; times come free when sessions move."
LOOK_AGAIN = "Please look again tomorrow."
CHOOSE_ANOTHER = "Please choose somebody else, or look again tomorrow."


def why_empty(
    staff: Sequence[Person], found: Availability, kind: SessionKind, *, now: datetime, has_others: bool = False
) -> str:
    """The first reason that applies: nobody there, no hours set, all taken. `has_others` are people to choose."""
    if not staff:
        return NOBODY
    asked = {person.id for person in staff}
    reason = _reason([one for one in found.staff if one.id in asked], kind, epoch_seconds(now))
    return f"{reason} {CHOOSE_ANOTHER if has_others else LOOK_AGAIN}"


def _reason(asked: Sequence[StaffTime], kind: SessionKind, now: int) -> str:
    working = [one for one in asked if one.hours.windows or one.hours.overrides]
    if not working:
        return NO_HOURS
    _, horizon = kind.bookable(now)
    if all(one.until < horizon for one in working):
        return ALL_TAKEN_UNTIL_END
    return ALL_TAKEN.format(days=kind.horizon_days)
