"""After a roster change: seats and hosts of group sessions whose people may not meet any more.

A scholar's seat is freed and goes to the line. A host who leaves lets the co-host go on alone; a session without any
host is canceled. Also, whoever in line was busy and is not any more gets a seat that is free.
"""

from collections.abc import Callable
from dataclasses import dataclass

from sqlalchemy import Connection

from domain.groups import Group
from domain.people import SUPPORT_ROLES, Role
from domain.times import epoch_seconds
from services.desk import Desk, SupportDesk
from services.groups.change import call_off, hand_over
from services.groups.line import promote
from services.groups.line_news import end_line
from services.groups.parts import end_part
from services.groups.seats import free_seat
from services.sessions.own import SYSTEM
from storage.confidential import group_queries
from storage.confidential.cell_queries import CellTaken
from storage.program import people_queries

Told = Callable[..., object]


@dataclass(frozen=True, slots=True, kw_only=True)
class _Roster:
    """Until when everybody of a program is what they are, and who is kept apart, read at once."""

    scholars: dict[str, int]
    hosts: dict[str, int]
    apart: set[tuple[str, str]]

    def can_host(self, person_id: str, group: Group) -> bool:
        return group.ends_at <= self.hosts.get(person_id, 0)

    def can_attend(self, scholar_id: str, group: Group) -> bool:
        return group.ends_at <= self.scholars.get(scholar_id, 0) and not any(
            (scholar_id, host_id) in self.apart for host_id in group.host_ids
        )


def sweep_groups(desk: Desk, program_id: str, version: int, told: Told) -> int:
    """Recheck the group sessions of a program; return how many parts fell. Safe to repeat.

    As many queries for many sessions as for few, but for those of each that changes.
    """
    support, now = desk.support, epoch_seconds(desk.clock.now())
    with support.store.read() as connection:
        ahead = group_queries.groups_ahead(connection, program_id, after=now)
        if not ahead:
            return 0
        parts = group_queries.parts_ahead(connection, program_id, after=now)
        lines = group_queries.lines_of(connection, [group.id for group in ahead])
    roster = _roster(desk, program_id)
    touched = [
        group
        for group in ahead
        if not all(roster.can_host(each, group) for each in group.host_ids)
        or any(
            not part.is_host and part.group_id == group.id and not roster.can_attend(part.person_id, group)
            for part in parts
        )
        or any(not roster.can_attend(each, group) for each in lines.get(group.id, ()))
    ]
    fell = sum(_settle(support, group.id, roster, told) for group in touched)
    with support.store.write() as connection:
        group_queries.note_roster(connection, program_id, version, after=now)
    return fell


def fill_seats(desk: Desk, told: Told = lambda *_people: None) -> int:
    """Give free seats to those in line who can take them by now; return to how many. Two queries when nobody waits."""
    if desk.support_desk is None:
        return 0
    support = desk.support_desk
    with support.store.read() as connection:
        waited_for = group_queries.free_and_waited_for(connection, after=epoch_seconds(desk.clock.now()))
    return sum(_fill(support, group_id, told) for group_id in waited_for)


def _fill(desk: SupportDesk, group_id: str, told: Told) -> int:
    try:
        with desk.store.write() as connection:
            desk.store.lock(connection, group_id)
            group = group_queries.group_by_id(connection, group_id)
            seated = () if group is None else promote(desk, connection, group)
    except CellTaken:
        return 0  # they book something else at this moment; the next round looks again
    if seated:
        told(*seated)
    return len(seated)


def _roster(desk: Desk, program_id: str) -> _Roster:
    def until(*roles: Role) -> dict[str, int]:
        found: dict[str, int] = {}
        for role in roles:
            for person in desk.people.holders(role):
                if person.program_id == program_id:
                    found[person.id] = max(found.get(person.id, 0), person.holds_until(role))
        return found

    with desk.program.read() as connection:
        apart = people_queries.kept_apart(connection, program_id)
    return _Roster(scholars=until(Role.SCHOLAR), hosts=until(*sorted(SUPPORT_ROLES)), apart=apart)


def _settle(desk: SupportDesk, group_id: str, roster: _Roster, told: Told) -> int:
    """Judged once more behind the lock: somebody may just have moved the session."""
    try:
        with desk.store.write() as connection:
            desk.store.lock(connection, group_id)
            group = group_queries.group_by_id(connection, group_id)
            people = () if group is None or not group.is_open else _settled(desk, connection, group, roster)
    except CellTaken:
        return 0
    if people:
        told(*people)
    return len(people)


def _settled(desk: SupportDesk, connection: Connection, group: Group, roster: _Roster) -> tuple[str, ...]:
    staying = [each for each in group.host_ids if roster.can_host(each, group)]
    if not staying:
        return call_off(desk, connection, group, by_id=SYSTEM)
    if len(staying) < len(group.host_ids):
        hand_over(desk, connection, group, to=staying[0])
    current = group_queries.group_by_id(connection, group.id) or group
    fell = []
    for part in group_queries.open_parts(connection, group.id):
        if part.is_host and part.person_id not in staying:
            end_part(desk, connection, part, by_id=SYSTEM)
            fell.append(part.person_id)
        elif not part.is_host and not roster.can_attend(part.person_id, current):
            free_seat(desk, connection, part, by_id=SYSTEM)
            fell.append(part.person_id)
    line = group_queries.line_of(connection, group.id)
    end_line(desk, connection, current, [each for each in line if not roster.can_attend(each, current)])
    return (*fell, *promote(desk, connection, current))
