"""Which rules group sessions go by, who may know of one, and by what each person knows it."""

import base64
import hashlib

from domain.booking import AlreadyCanceled, AlreadyOver, TooLate
from domain.groups import Group
from domain.kinds import GROUP, SessionKind
from domain.people import SUPPORT_ROLES, Person, Role
from domain.rules import ProgramRules
from domain.slots.refusal import duration_words
from domain.times import MINUTE_SECONDS
from services.desk import SupportDesk

_REF_CHARACTERS = 22
"""132 bits."""


def group_kind(rules: ProgramRules) -> SessionKind:
    """The rules of group sessions as the program has set them."""
    return rules.kind(GROUP)


def ref_for(group_id: str, person_id: str) -> str:
    """By what this person knows the session, whether they take part or not.

    A hash over the session's id, which never leaves the house, so that two people's references cannot be joined.
    """
    digest = hashlib.sha256(f"group\0{group_id}\0{person_id}".encode()).digest()
    return base64.urlsafe_b64encode(digest).decode()[:_REF_CHARACTERS]


def hosts_for(desk: SupportDesk, scholar: Person) -> dict[str, Person]:
    """Everybody in support who may meet the scholar now, by id: nobody who judges them. One query."""
    return {person.id: person for person in desk.people.supporters_for(scholar.id, *sorted(SUPPORT_ROLES))}


def supports_until(person: Person) -> int:
    """The instant (epoch seconds) at which somebody stops holding any support role."""
    return max(person.holds_until(role) for role in SUPPORT_ROLES)


def may_attend(group: Group, scholar: Person, hosts: dict[str, Person]) -> bool:
    """Whether the scholar may know of it: they may meet all who hold it, and nobody will have left by its end."""
    met = [hosts.get(host_id) for host_id in group.host_ids]
    return (
        group.program_id == scholar.program_id
        and all(host is not None and group.ends_at <= supports_until(host) for host in met)
        and group.ends_at <= scholar.holds_until(Role.SCHOLAR)
    )


def check_still_open(group: Group, *, now: int) -> None:
    """Raises `AlreadyCanceled` or `AlreadyOver`."""
    if not group.is_open:
        raise AlreadyCanceled
    if group.starts_at <= now:
        raise AlreadyOver


def check_can_take(group: Group, kind: SessionKind, *, now: int) -> None:
    """Raises also `TooLate` for less than the notice for booking (policy F)."""
    check_still_open(group, now=now)
    if group.starts_at - now < kind.notice_minutes * MINUTE_SECONDS:
        raise TooLate(f"Seats can be taken until {duration_words(kind.notice_minutes)} before it starts.")


def check_can_give_back(group: Group, kind: SessionKind, *, now: int) -> None:
    """Raises also `TooLate` for less than the notice for canceling."""
    check_still_open(group, now=now)
    if not is_before_notice(group, kind, now=now):
        raise TooLate(
            f"A seat can be given back until {duration_words(kind.cancel_notice_minutes)} before it starts. "
            "Please tell those who hold the session directly."
        )


def is_before_notice(group: Group, kind: SessionKind, *, now: int) -> bool:
    """Whether a seat can still be given back, and so be given to the next in line."""
    return group.starts_at - now >= kind.cancel_notice_minutes * MINUTE_SECONDS
