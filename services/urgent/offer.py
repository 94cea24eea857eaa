"""The soonest times with anybody who takes what is urgent, and what else to do meanwhile."""

from dataclasses import dataclass

from domain.errors import DomainError
from domain.kinds import SessionKind
from domain.people import Person
from domain.times import instant_of
from services.desk import SupportDesk
from services.offers.facts import OfferedStart
from services.offers.soonest import next_times

SHOWN = 10
"""Times to choose from; whoever is in a hurry takes one of the first."""


class NotOfferedHere(DomainError):
    """Urgent sessions are not offered just now. Please book the community manager with /support book."""


@dataclass(frozen=True, slots=True, kw_only=True)
class UrgentOffer:
    """What somebody in a hurry can do: the next times, in their zone, and whom to call. `starts` may be empty.

    Nobody is named: who takes it is decided when it is booked.
    """

    kind: SessionKind
    starts: tuple[OfferedStart, ...]
    zone: str
    contacts: str


def offer_urgent(desk: SupportDesk, scholar: Person) -> UrgentOffer:
    """The next times with anybody who takes what is urgent and may meet this scholar. Raises `NotOfferedHere`."""
    rules = desk.rules.of(scholar)
    kind = next((kind for kind in rules.kinds if kind.is_urgent and kind.is_offered), None)
    if kind is None:
        raise NotOfferedHere
    staff = desk.takers(scholar, kind)
    free = next_times(desk, kind=kind, staff=staff, scholar=scholar, count=SHOWN) if staff else {}
    return UrgentOffer(
        kind=kind,
        starts=tuple(OfferedStart(starts=instant_of(start), staff_zone=scholar.zone) for start in free),
        zone=scholar.zone,
        contacts=rules.contacts,
    )
