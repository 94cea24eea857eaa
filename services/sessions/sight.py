"""Who may look at a session now: its scholar always, its staff member for as long as the two may meet."""

from collections.abc import Iterable

from domain.booking import Booked
from domain.groups import GroupPart
from domain.people import SUPPORT_ROLES, Person, Role
from services.desk import SupportDesk


def seen_by(desk: SupportDesk, person: Person, bookings: Iterable[Booked]) -> list[Booked]:
    """Those of a person's own bookings that they may look at. At most two queries, and none for a scholar.

    The sweep cancels what is left over when two come apart; until then, and in old messages, it is not to be seen.
    """
    own = list(bookings)
    rules, taking = desk.rules.of(person), desk.taking(person)
    scholars = {booked.scholar_id for booked in own if booked.staff_id == person.id}
    within_reach = desk.people.scholars_for(person, scholars) if scholars else frozenset()
    return [
        booked
        for booked in own
        if booked.scholar_id == person.id
        or (booked.scholar_id in within_reach and taking.until(rules.kind(booked.kind), person))
    ]


def may_see(desk: SupportDesk, person: Person, booked: Booked) -> bool:
    """Whether one of the two may look at their session."""
    return bool(seen_by(desk, person, [booked]))


def may_see_part(person: Person, part: GroupPart) -> bool:
    """Whether somebody may look at a group session in which they have, or had, this part: as of a session of two.

    Whom a scholar may not meet any more loses no sight of it, only of that scholar; the sweep takes them out of it.
    """
    return person.id == part.person_id and person.has(*(SUPPORT_ROLES if part.is_host else (Role.SCHOLAR,)))


def hosted_by(person: Person, parts: Iterable[GroupPart]) -> list[GroupPart]:
    """Those of somebody's parts in which they host, as far as they may look at them."""
    return [part for part in parts if part.is_host and may_see_part(person, part)]
