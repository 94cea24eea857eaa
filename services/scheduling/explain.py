"""Why nothing is offered, in a sentence that says what to do."""

from collections.abc import Sequence

from domain.kinds import SessionKind
from domain.people import Person
from services.scheduling.availability import Availability

NOBODY = "Nobody takes these sessions yet. Your program's staff can tell you when that changes."
NO_HOURS = "No hours have been set yet. Please choose somebody else, or look again tomorrow."
ALL_TAKEN = (
    "Every time in the next {days} days is taken. Please choose somebody else, or look again tomorrow: times come free "
    "when sessions move."
)


def why_empty(staff: Sequence[Person], found: Availability, kind: SessionKind) -> str:
    """The first reason that applies: nobody there, no hours set, all taken."""
    if not staff:
        return NOBODY
    if not any(one.hours.windows or one.hours.overrides for one in found.staff):
        return NO_HOURS
    return ALL_TAKEN.format(days=kind.horizon_days)
