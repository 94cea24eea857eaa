"""Which kinds and people a handover is about, and which handovers of a scholar still mean something."""

from collections.abc import Sequence

from domain.errors import NotFound
from domain.kinds import SessionKind
from domain.people import SUPPORT_ROLES, Person, Role
from domain.times import epoch_seconds
from services.desk import SupportDesk
from services.proposals.answer import NoLongerOpen
from storage.confidential.handover_queries import Handed


class HandoverOff(NoLongerOpen):
    """This does not hold any more, and nothing changes. Type /support to see what is ahead."""


def roles_of(staff: Person) -> tuple[Role, ...]:
    """The support roles somebody holds, coach first."""
    return tuple(role for role in sorted(SUPPORT_ROLES, key=lambda each: each is not Role.COACH) if staff.has(role))


def kinds_of(desk: SupportDesk, person: Person, role: Role) -> tuple[SessionKind, ...]:
    """The kinds of session with scholars that people of a role take, switched off or not.

    What is urgent is taken by whoever is free, and what has seats is no session of two.
    """
    return tuple(
        kind
        for kind in desk.rules.of(person).kinds
        if kind.taken_by is role and kind.booked_by is Role.SCHOLAR and not (kind.is_urgent or kind.has_seats)
    )


def takers_of(desk: SupportDesk, scholar: Person, role: Role) -> Sequence[Person]:
    """Who takes this scholar's sessions in a role now, by name. One query. Raises `NotFound` where nobody could."""
    kinds = kinds_of(desk, scholar, role)
    if not kinds:
        raise NotFound
    return desk.takers(scholar, kinds[0])


def standing(handovers: Sequence[Handed], now: int) -> list[Handed]:
    """Those open ones of a scholar that count at an instant: by role the last that has begun, and one to come.

    `handovers` are in the order of their days.
    """
    begun = {each.role: each for each in handovers if each.from_at <= now}
    return [*begun.values(), *(each for each in handovers if each.from_at > now)]


def now_of(desk: SupportDesk) -> int:
    """Program time in epoch seconds."""
    return epoch_seconds(desk.clock.now())
