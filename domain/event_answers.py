"""What somebody says to an event: yes, maybe or no, how they attend, and what they wait for; and who gets a seat."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, replace
from enum import StrEnum

from domain.errors import DomainError
from domain.events import Attending, EventPlan


class Said(StrEnum):
    """An answer. Values are stored; NOTHING is of somebody who only waits, or was only there."""

    YES = "yes"
    MAYBE = "maybe"
    NO = "no"
    NOTHING = ""


class EventFull(DomainError):
    """Every seat is taken. Please look again later: somebody may give theirs back."""


class AnswersClosed(DomainError):
    """It is too late to say yes: answers are closed. Please ask the host whether there is room."""


class NoSuchWay(DomainError):
    """This event cannot be attended like that any more. Please look at it again."""


class NotOpenYet(DomainError):
    """You can say that you are there from 15 minutes before it begins until 4 hours after its end."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Guest:
    """What somebody and an event have to do with each other. `line_no` is their place among all who wait, by order.

    `way` is how they attend, with a yes. `waits_for` is the way of which they wait for a seat; who has a yes online may
    wait for the room. `came_way` is how they were there, None when nobody has said so; `came_by` who said it.
    """

    person_id: str
    said: Said = Said.NOTHING
    way: Attending | None = None
    waits_for: Attending | None = None
    line_no: int = 0
    came_way: Attending | None = None
    came_by: str = ""
    has_file: bool = False

    @property
    def has_yes(self) -> bool:
        """Whether they have a seat."""
        return self.said is Said.YES

    @property
    def is_coming(self) -> bool:
        """Whether they have a seat, or wait for one."""
        return self.has_yes or self.waits_for is not None

    @property
    def may_come(self) -> bool:
        """Whether they come, wait, or have said maybe: whoever plans around the event as it is."""
        return self.is_coming or self.said is Said.MAYBE


@dataclass(frozen=True, slots=True, kw_only=True)
class Numbers:
    """How many have said what. By way: who has a seat, who waits, who was there."""

    yes: Mapping[Attending, int]
    waiting: Mapping[Attending, int]
    came: Mapping[Attending, int]
    maybe: int = 0
    no: int = 0
    came_unasked: int = 0
    """Who was there without having said yes."""

    @property
    def all_yes(self) -> int:
        """Everybody with a seat."""
        return sum(self.yes.values())

    @property
    def all_waiting(self) -> int:
        """Everybody in line."""
        return sum(self.waiting.values())

    @property
    def all_came(self) -> int:
        """Everybody who was there."""
        return sum(self.came.values())


def seats_left(plan: EventPlan, way: Attending, taken: int) -> int | None:
    """How many seats of a way are free; None for no limit."""
    seats = plan.seats(way)
    return None if seats is None else max(0, seats - taken)


def with_yes(guest: Guest, plan: EventPlan, way: Attending, *, taken: int, line_no: int) -> Guest:
    """Somebody who says yes to a way of which others have taken so many seats: they have one, or wait in line.

    Who waits already keeps their place; who has a yes to another way keeps it meanwhile. Raises `EventFull` where there
    is no line, `NoSuchWay` for a way that the event has not.
    """
    if way not in plan.format.ways:
        raise NoSuchWay
    if guest.has_yes and guest.way is way:
        return replace(guest, waits_for=None, line_no=0)
    if seats_left(plan, way, taken) != 0:
        return replace(guest, said=Said.YES, way=way, waits_for=None, line_no=0)
    if not plan.has_waitlist:
        raise EventFull
    if guest.waits_for is way:
        return guest
    said = guest.said if guest.has_yes else Said.NOTHING
    return replace(guest, said=said, way=guest.way if guest.has_yes else None, waits_for=way, line_no=line_no)


def without_yes(guest: Guest, said: Said) -> Guest:
    """Somebody who says maybe or no, or has left: they hold no seat and wait for none."""
    return replace(guest, said=said, way=None, waits_for=None, line_no=0)


def promoted(plan: EventPlan, guests: Iterable[Guest]) -> list[Guest]:
    """Those of an event's guests who move up into free seats, as they are then; the first in line first.

    A move from online into the room frees a seat online, which goes to who waits for that.
    """
    now = {guest.person_id: guest for guest in guests}
    moved: dict[str, Guest] = {}
    while (found := _next_up(plan, now)) is not None:
        now[found.person_id] = moved[found.person_id] = replace(
            found, said=Said.YES, way=found.waits_for, waits_for=None, line_no=0
        )
    return list(moved.values())


def _next_up(plan: EventPlan, guests: Mapping[str, Guest]) -> Guest | None:
    line = sorted((guest for guest in guests.values() if guest.waits_for), key=lambda guest: guest.line_no)
    for guest in line:
        taken = sum(1 for each in guests.values() if each.has_yes and each.way is guest.waits_for)
        if guest.waits_for in plan.format.ways and seats_left(plan, guest.waits_for, taken) != 0:
            return guest
    return None
