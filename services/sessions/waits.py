"""What is open and waits for a scholar, for their own Home tab: that there is something, and nothing about it."""

from enum import StrEnum

from domain.people import Person
from domain.times import epoch_seconds
from services.desk import SupportDesk
from storage.confidential import home_queries


class Waits(StrEnum):
    """The things that can wait, in the order in which Home says so.

    What else comes to wait for a scholar gets a member here and a branch in the one statement behind it.
    """

    IN_LINE = home_queries.IN_LINE
    OFFERED = home_queries.OFFERED


def what_waits(desk: SupportDesk, scholar: Person) -> frozenset[Waits]:
    """Which of them there are. One query, and one of people for each kind of session of which times are offered.

    Times of somebody whom the scholar may not meet any more do not wait, as they are in no list either.
    """
    with desk.store.ask() as connection:
        found = home_queries.waiting_for(connection, scholar.id, now=epoch_seconds(desk.clock.now()))
    offered = {(each.kind, each.staff_id) for each in found if each.what == Waits.OFFERED}
    waits = {Waits(each.what) for each in found} - {Waits.OFFERED}
    return frozenset(waits | {Waits.OFFERED}) if _may_meet_any(desk, scholar, offered) else frozenset(waits)


def _may_meet_any(desk: SupportDesk, scholar: Person, offered: set[tuple[str, str]]) -> bool:
    kinds = {key for key, _ in offered}
    takers = {(key, staff.id) for key in kinds for staff in desk.takers(scholar, desk.kind(key, scholar))}
    return not offered.isdisjoint(takers)
