"""A session for several scholars: its seats, the line for one, and the rules of taking and giving back."""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.booking import BookingStatus
from domain.errors import DomainError
from domain.places import Place
from domain.times import instant_of

TITLE_MAX = 60
"""Characters of a title."""
ABOUT_MAX = 200
"""Characters of what a session is about: one or two lines."""
SEATS_MIN, SEATS_MAX = 2, 50


class Standing(StrEnum):
    """What somebody is in a group session at this moment."""

    HOST = "host"
    SEATED = "seated"
    WAITING = "waiting"
    OUTSIDE = "outside"


@dataclass(frozen=True, slots=True, kw_only=True)
class Group:
    """A group session as stored; `words` is sealed, instants are epoch seconds, the busy ones include the buffers."""

    id: str
    program_id: str
    kind: str
    host_id: str
    cohost_id: str | None
    status: str
    starts_at: int
    ends_at: int
    busy_from: int
    busy_to: int
    seats: int
    version: int
    words: bytes
    created_at: int
    changed_at: int

    @property
    def starts(self) -> datetime:
        """The start as an aware UTC instant."""
        return instant_of(self.starts_at)

    @property
    def is_open(self) -> bool:
        """Whether it still stands."""
        return self.status == BookingStatus.BOOKED

    @property
    def host_ids(self) -> tuple[str, ...]:
        """Who holds it: one or two."""
        return (self.host_id,) if self.cohost_id is None else (self.host_id, self.cohost_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupPart:
    """What a group session is to one person, as stored. `ref` is by what this person, and nobody else, knows it."""

    id: str
    group_id: str
    program_id: str
    person_id: str
    ref: str
    is_host: bool
    status: str
    starts_at: int
    ends_at: int
    busy_from: int
    busy_to: int
    version: int
    sequence: int
    changed_at: int
    roster_version: int

    @property
    def is_open(self) -> bool:
        """Whether the person takes part."""
        return self.status == BookingStatus.BOOKED


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupWords:
    """What a group session is about and where it is; every scholar of the program may read it.

    `reason` is why the hosts moved or canceled it, for those with a seat. `is_unreadable` says that the row is not as
    it was sealed.
    """

    title: str = ""
    about: str = ""
    place: Place | None = None
    reason: str = ""
    is_unreadable: bool = False


class GroupFull(DomainError):
    """Every seat is taken. You can wait in line: a seat that comes free goes to the first at once."""


class SeatTakenAlready(DomainError):
    """You have a seat in this session already."""


class BusyThen(DomainError):
    """You have another session then. Please move or cancel that one first, or choose another group session."""


class NoSeat(DomainError):
    """You have no seat in this session any more, so nothing more is needed."""


class SeatsFree(DomainError):
    """There are free seats, so there is no need to wait: please take one."""


class SeatsBelowTaken(DomainError):
    """There cannot be fewer seats than are taken."""


class BadSeats(DomainError):
    """Please write a number of seats from 2 to 50."""


class BadCohost(DomainError):
    """I cannot ask this person to hold it with you. Please choose a coach or the community manager, or nobody."""


class HostsBusy(DomainError):
    """That time is not free. Please choose another one."""


class OffGrid(DomainError):
    """Sessions start in steps of five minutes. Please choose such a time."""


def first_free_seat(taken: frozenset[int], seats: int) -> int | None:
    """The lowest number of a seat that nobody has, or None when all are taken."""
    return next((number for number in range(1, seats + 1) if number not in taken), None)
