"""What a scholar is not shown for now because it is first for others: said to that scholar, and to nobody else.

The words name the rule and when it opens. Only the scholar's own sessions can bring it about, so that no other reader
may learn that it holds.
"""

from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime

from domain.amounts import HOUR_MINUTES, days_text, duration_text, sessions_text
from domain.kinds import SessionKind
from domain.rules import FairShares
from domain.slots import Refusal, StaffTime, free_starts
from domain.times import epoch_seconds_up
from services.offers.availability import Availability

FIRST_NOTE = (
    "Times more than {first} ahead are first for those who have had no session yet. They open to you day by day."
)
WEEK_NOTE = (
    "In a week with {sessions} of yours, further times can be booked from {leftover} before they begin, if they are "
    "still free then."
)
_NOTES = {Refusal.FIRST_FOR_OTHERS: FIRST_NOTE, Refusal.SHARE_USED: WEEK_NOTE}


def sharing_notes(
    found: Availability, staff: Sequence[StaffTime], kind: SessionKind, fair: FairShares, *, now: datetime
) -> tuple[str, ...]:
    """A sentence for each rule that keeps a time from the scholar which they could book with these people otherwise."""
    held_back = set(_held_back(found, staff, kind, now))
    said = fair_words(fair, kind)
    return tuple(words.format(**said) for reason, words in _NOTES.items() if reason in held_back)


def fair_words(fair: FairShares, kind: SessionKind) -> dict[str, str]:
    """The numbers of the rules as sentences name them."""
    return {
        "first": days_text(fair.open_days(kind)),
        "sessions": sessions_text(fair.sessions_a_week),
        "leftover": duration_text(fair.leftover_hours * HOUR_MINUTES),
    }


def _held_back(found: Availability, staff: Iterable[StaffTime], kind: SessionKind, now: datetime) -> Iterator[Refusal]:
    """Why times of these people are withheld that are free; stops at the first free one of each stretch."""
    people = list(staff)
    earliest, beyond = kind.bookable(epoch_seconds_up(now))
    for begin, end, reason in found.withheld:
        first, last = max(begin, earliest), min(end, beyond)
        if any(free_starts(one, kind, first=first, last=last, scholar_busy=found.scholar_busy) for one in people):
            yield reason
