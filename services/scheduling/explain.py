"""Why nothing is offered, in a sentence that says what to do."""

from collections.abc import Sequence

from domain.kinds import SessionKind
from domain.people import Person
from services.scheduling.availability import Availability

NOBODY = "Nobody takes these sessions yet. Please choose another kind, or look again in a few days."
NO_HOURS = "No hours have been set yet."
ALL_TAKEN = "Every time in the next {days} days is taken; times come free when sessions move."
LOOK_AGAIN = "Please look again tomorrow."
CHOOSE_ANOTHER = "Please choose somebody else, or look again tomorrow."


def why_empty(staff: Sequence[Person], found: Availability, kind: SessionKind, *, has_others: bool = False) -> str:
    """The first reason that applies: nobody there, no hours set, all taken. `has_others` are people to choose."""
    if not staff:
        return NOBODY
    asked = {person.id for person in staff}
    has_hours = any(one.hours.windows or one.hours.overrides for one in found.staff if one.id in asked)
    reason = ALL_TAKEN.format(days=kind.horizon_days) if has_hours else NO_HOURS
    return f"{reason} {CHOOSE_ANOTHER if has_others else LOOK_AGAIN}"
