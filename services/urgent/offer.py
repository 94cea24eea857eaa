"""The soonest times with anybody who takes what is urgent, and what else to do meanwhile."""

from dataclasses import dataclass

from domain.errors import DomainError, StoreAway, StoreBusy, SupportUnavailable
from domain.kinds import SessionKind
from domain.people import Person
from domain.rules import ProgramRules
from domain.times import instant_of
from services.desk import Desk, SupportDesk
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


@dataclass(frozen=True, slots=True, kw_only=True)
class NoTimes:
    """Whom to call, where no times can be told. `is_away` says that they cannot be read now; else there are none."""

    contacts: str
    is_away: bool


def urgent_help(desk: Desk, scholar: Person) -> UrgentOffer | NoTimes:
    """Whom to call, always, and the next times where there are any to tell.

    The contacts are the program's own, so that they are there when nothing of the support side can be had.
    """
    rules = desk.rules.of(scholar)
    if _kind_of(rules) is None:
        return NoTimes(contacts=rules.contacts, is_away=False)
    try:
        return offer_urgent(desk.support, scholar)
    except (SupportUnavailable, StoreAway, StoreBusy):
        return NoTimes(contacts=rules.contacts, is_away=True)


def offer_urgent(desk: SupportDesk, scholar: Person) -> UrgentOffer:
    """The next times with anybody who takes what is urgent and may meet this scholar. Raises `NotOfferedHere`."""
    rules = desk.rules.of(scholar)
    kind = _kind_of(rules)
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


def _kind_of(rules: ProgramRules) -> SessionKind | None:
    return next((kind for kind in rules.kinds if kind.is_urgent and kind.is_offered), None)
