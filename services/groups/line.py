"""A seat that is free goes to the first in line who can take it, at once, as long as they could give it back."""

from collections.abc import Iterable

from sqlalchemy import Connection

from domain.groups import Group, first_free_seat
from domain.people import SUPPORT_ROLES, Person, Role
from domain.times import epoch_seconds
from services.desk import SupportDesk
from services.groups.parts import begin_part
from services.groups.rules import group_kind, is_before_notice, supports_until
from services.hours.aside import hold_all_hours, lies_in_aside
from services.sessions.own import SYSTEM
from storage.confidential import group_queries


def promote(desk: SupportDesk, connection: Connection, group: Group) -> tuple[str, ...]:
    """Fill the free seats from the line, behind the session's lock; returns who got one.

    Who is busy then is passed over and stays in line; who may not come any more is passed over until the sweep takes
    them out. Raises `CellTaken` when somebody books another session just now: the caller starts anew.
    """
    kind, now = group_kind(desk.rules.now(group.program_id)), epoch_seconds(desk.clock.now())
    if not group.is_open or not is_before_notice(group, kind, now=now):
        return ()
    line = group_queries.line_of(connection, group.id)
    taken = frozenset(group_queries.seats_of(connection, group.id))
    if not line or len(taken) >= group.seats:
        return ()
    busy = group_queries.busy_among(connection, line, group.starts_at, group.ends_at)
    able = _able(desk, connection, group, [each for each in line if each not in busy])
    seated = []
    for person in able:
        seat_no = first_free_seat(taken, group.seats)
        if seat_no is None:
            break
        taken |= {seat_no}
        group_queries.drop_wait(connection, group.id, person.id)
        group_queries.add_seat(connection, group, seat_no, person.id)
        begin_part(desk, connection, group, person, is_host=False, by_id=SYSTEM)
        seated.append(person.id)
    return tuple(seated)


def _able(desk: SupportDesk, connection: Connection, group: Group, line: list[str]) -> list[Person]:
    """Those in line who may attend, in their order. A fixed number of queries, however long the line is."""
    here = {person.id: person for person in desk.people.people({*line, *group.host_ids})}
    hosts = [here.get(host_id) for host_id in group.host_ids]
    if any(host is None or group.ends_at > supports_until(host) for host in hosts):
        return []
    within = frozenset(line)
    for host in hosts:
        if host is not None:
            within &= desk.people.scholars_for(host, within)
    _hold_in_support(desk, connection, [here[each] for each in line if each in here])
    return [
        here[each]
        for each in line
        if each in within
        and each in here
        and group.ends_at <= here[each].holds_until(Role.SCHOLAR)
        and not is_aside_for(desk, connection, here[each], group)
    ]


def hold_line(desk: SupportDesk, connection: Connection, group: Group, *, hosts: Iterable[str] = ()) -> None:
    """Hold the hours of the hosts and of those in line who are in support too, for a change that may ask for both.

    `hosts` are who will hold it besides. All are taken in one order, so that no two wait for each other.
    """
    in_line = desk.people.people(group_queries.line_of(connection, group.id))
    _hold_in_support(desk, connection, in_line, {*group.host_ids, *hosts})


def _hold_in_support(
    desk: SupportDesk, connection: Connection, people: Iterable[Person], hosts: Iterable[str] = ()
) -> None:
    hold_all_hours(desk, connection, [*hosts, *(each.id for each in people if each.has(*SUPPORT_ROLES))])


def is_aside_for(desk: SupportDesk, connection: Connection, person: Person, group: Group) -> bool:
    """Whether the session meets hours that somebody who is in support too has set aside. No query for a scholar."""
    if not person.has(*SUPPORT_ROLES):
        return False
    return lies_in_aside(desk, connection, [person], first=group.starts_at, last=group.ends_at)
