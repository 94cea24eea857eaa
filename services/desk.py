"""What the services work with, made once by the wiring and handed to every call."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import SupportUnavailable
from domain.kinds import SessionKind, UnknownKind, kind_of
from domain.people import SUPPORT_ROLES, Person, Role
from domain.ports import Clock, IdSource, Messenger
from services.people import People
from services.rules.book import RuleBook
from services.taking import Taking
from storage.confidential.sealing import Sealer
from storage.engine import Store

BOOKING_ROLES = (Role.SCHOLAR, Role.MENTOR)
"""Who books sessions, in the order in which their kinds are shown to somebody who is both."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SupportDesk:
    """Everything that needs the confidential store: hours, bookings and what was said about them."""

    store: Store
    sealer: Sealer
    people: People
    clock: Clock
    ids: IdSource
    organizer: str
    """The program's own address, the ORGANIZER of calendar files."""
    rules: RuleBook
    reads_calendars: bool = False
    """Whether somebody in support can have calendars of their own outside read."""

    def kind(self, key: str, person: Person) -> SessionKind:
        """The rules of a kind as the person's program has set them. Raises `UnknownKind` at field "kind"."""
        return self.rules.of(person).kind(key)

    def bookable(self, person: Person, key: str | None) -> tuple[tuple[SessionKind, ...], SessionKind]:
        """The kinds that this person can book now, and the one with this key, or the first.

        Raises `UnknownKind` at field "kind", which is also the answer when staff have switched all of them off.
        """
        rules = self.rules.of(person)
        kinds = tuple(kind for role in BOOKING_ROLES if person.has(role) for kind in rules.booked_by(role))
        if not kinds:
            raise UnknownKind("No sessions can be booked just now. Please look again in a few days.", field="kind")
        return kinds, kind_of(key, kinds) if key else kinds[0]

    def takers(self, scholar: Person, kind: SessionKind) -> Sequence[Person]:
        """Who may take sessions of a kind that this person books now: by role, or standing in. One query, or two."""
        roles = sorted(SUPPORT_ROLES) if kind.is_urgent else [kind.taken_by]
        taking = self.taking(scholar)
        return [each for each in self.people.supporters_for(scholar.id, *roles) if taking.until(kind, each)]

    def taking(self, person: Person) -> Taking:
        """Until when people take sessions, by the rules of a person's program."""
        return Taking(self.people, self.rules.of(person))

    def kinds_taken_by(self, staff: Person) -> tuple[SessionKind, ...]:
        """The kinds of session this person takes by their role, those that are not offered just now too.

        What is urgent, or has seats, is not among them: it has no hours and places of its own.
        """
        return tuple(
            kind
            for kind in self.rules.of(staff).kinds
            if staff.has(kind.taken_by) and not (kind.is_urgent or kind.has_seats)
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """All services. Everything but support works, byte for byte the same, when the confidential store is absent."""

    program: Store
    rules: RuleBook
    people: People
    clock: Clock
    ids: IdSource
    team_id: str
    organizer: str
    """The program's own address, the ORGANIZER of calendar files."""
    support_desk: SupportDesk | None
    messenger: Messenger | None = None
    """Slack, to look at a channel before something is posted there; only in the background. None where nobody looks."""

    @property
    def support(self) -> SupportDesk:
        """The support side. Raises `SupportUnavailable` without the confidential store."""
        if self.support_desk is None:
            raise SupportUnavailable
        return self.support_desk
