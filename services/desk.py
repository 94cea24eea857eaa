"""What the services work with, made once by the wiring and handed to every call."""

from dataclasses import dataclass

from domain.errors import SupportUnavailable
from domain.hours import OPEN_ALL_YEAR, ProgramCalendar
from domain.kinds import DEFAULT_KINDS, SessionKind, kind_of
from domain.people import Person
from domain.ports import Clock, IdSource
from services.people import People
from storage.confidential.sealing import Sealer
from storage.engine import Store


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
    kinds: tuple[SessionKind, ...] = DEFAULT_KINDS
    calendar: ProgramCalendar = OPEN_ALL_YEAR
    """The days on which the program is closed, and its phases."""

    def kind(self, key: str) -> SessionKind:
        """The rules of a kind as this program has set them. Raises `UnknownKind` at field "kind"."""
        return kind_of(key, self.kinds)

    def kinds_taken_by(self, staff: Person) -> tuple[SessionKind, ...]:
        """The kinds of session this person takes; never empty for somebody in support."""
        return tuple(kind for kind in self.kinds if staff.has(kind.taken_by))


@dataclass(frozen=True, slots=True, kw_only=True)
class Desk:
    """All services. Everything but support works, byte for byte the same, when the confidential store is absent."""

    program: Store
    people: People
    clock: Clock
    ids: IdSource
    team_id: str
    support_desk: SupportDesk | None

    @property
    def support(self) -> SupportDesk:
        """The support side. Raises `SupportUnavailable` without the confidential store."""
        if self.support_desk is None:
            raise SupportUnavailable
        return self.support_desk
