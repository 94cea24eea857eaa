"""Those who hold a group session move it, cancel it or change its seats; everybody with a seat is told once."""

from dataclasses import replace

from sqlalchemy import Connection

from domain.booking import BookingStatus, Change, SameTime
from domain.groups import Group, GroupPart, HostsBusy, SeatsBelowTaken, first_free_seat
from domain.people import Person
from domain.times import epoch_seconds
from services.desk import SupportDesk
from services.groups.commands import CancelGroup, ChangeSeats, MoveGroup
from services.groups.facts import GroupOutcome
from services.groups.hosting import change_hosted, store_group
from services.groups.line import hold_line, promote
from services.groups.line_news import end_line, move_line
from services.groups.parts import end_part, move_parts, persons_of
from services.groups.rules import group_kind
from services.groups.seats import free_seat
from services.groups.setup import busy_around, check_time, who_is_busy
from services.hours.aside import lies_in_aside
from services.sessions.own import SYSTEM
from storage.confidential import group_queries
from storage.confidential.feed_queries import outside_of


def move_group(desk: SupportDesk, host: Person, command: MoveGroup) -> GroupOutcome:
    """Hold it at another time. Who has a seat and is busy then gives it up; everybody else comes along and is told.

    Who waits for a seat keeps the place if they are free then, and is told either way.

    Raises `NotFound`, `AlreadyCanceled`, `AlreadyChanged`, `AlreadyOver`, and at field "start" `SameTime`, `HostsBusy`,
    `OffGrid` or `NotOffered`.
    """

    def deed(connection: Connection, group: Group) -> tuple[str, ...]:
        start = epoch_seconds(command.starts)
        if start == group.starts_at:
            raise SameTime(field="start")
        after = _at(desk, group, start)
        parts = group_queries.open_parts(connection, group.id)
        people = {person.id: person for person in desk.people.people(part.person_id for part in parts)}
        hosts = tuple(people[each] for each in group.host_ids if each in people)
        check_time(desk, group_kind(desk.rules.now(group.program_id)), hosts, start, after.ends_at)
        ours = [part.id for part in parts]
        hold_line(desk, connection, group)
        is_aside = lies_in_aside(desk, connection, hosts, first=after.busy_from, last=after.busy_to)
        is_taken = group_queries.busy_among(connection, group.host_ids, after.busy_from, after.busy_to, but_of=ours)
        others = [each.id for each in hosts if each.id != host.id]
        if is_aside or is_taken or outside_of(connection, others, after.busy_from, after.busy_to):
            raise HostsBusy(who_is_busy(hosts), field="start")
        after = store_group(desk, connection, group, after, Change.MOVED, by_id=host.id, reason=command.reason)
        staying = without_busy(desk, connection, after, parts, by_id=host.id)
        move_parts(desk, connection, after, staying, by_id=host.id)
        promoted = promote(desk, connection, after)
        move_line(desk, connection, after)
        return (*persons_of(parts), *promoted)

    return change_hosted(desk, host, command, deed)


def cancel_group(desk: SupportDesk, host: Person, command: CancelGroup) -> GroupOutcome:
    """Call it off. Everybody with a seat is told, and everybody who waits for one."""

    def deed(connection: Connection, group: Group) -> tuple[str, ...]:
        return call_off(desk, connection, group, by_id=host.id, reason=command.reason)

    return change_hosted(desk, host, command, deed)


def change_seats(desk: SupportDesk, host: Person, command: ChangeSeats) -> GroupOutcome:
    """More seats go to the line at once. Raises `SeatsBelowTaken` at field "seats", with those the host may see."""

    def deed(connection: Connection, group: Group) -> tuple[str, ...]:
        unseen = free_unseen(desk, connection, host, group)
        taken = group_queries.seats_of(connection, group.id)
        if command.seats < len(taken):
            raise SeatsBelowTaken(f"{len(taken)} seats are taken, so there cannot be fewer than that.", field="seats")
        wanted = replace(group, seats=command.seats)
        after = store_group(desk, connection, group, wanted, Change.CHANGED, by_id=host.id)
        _close_ranks(connection, after, taken)
        return (*unseen, *promote(desk, connection, after))

    return change_hosted(desk, host, command, deed)


def call_off(
    desk: SupportDesk, connection: Connection, group: Group, *, by_id: str, reason: str = ""
) -> tuple[str, ...]:
    """Cancel it in the caller's transaction, behind its lock; returns whom it concerned."""
    parts = group_queries.open_parts(connection, group.id)
    off = replace(group, status=BookingStatus.CANCELED)
    after = store_group(desk, connection, group, off, Change.CANCELED, by_id=by_id, reason=reason)
    end_line(desk, connection, after, group_queries.line_of(connection, group.id))
    group_queries.drop_seats(connection, group.id)
    for part in parts:
        end_part(desk, connection, part, by_id=by_id)
    return persons_of(parts)


def hand_over(desk: SupportDesk, connection: Connection, group: Group, *, to: str) -> None:
    """Let one of the two go on alone, in the caller's transaction and behind its lock."""
    alone = replace(group, host_id=to, cohost_id=None)
    store_group(desk, connection, group, alone, Change.CHANGED, by_id=SYSTEM)


def _at(desk: SupportDesk, group: Group, start: int) -> Group:
    end = start + group.ends_at - group.starts_at
    busy_from, busy_to = busy_around(group_kind(desk.rules.now(group.program_id)), start, end)
    return replace(group, starts_at=start, ends_at=end, busy_from=busy_from, busy_to=busy_to)


def without_busy(
    desk: SupportDesk, connection: Connection, after: Group, parts: list[GroupPart], *, by_id: str
) -> list[GroupPart]:
    """Those who can come along to the times of `after`.

    A scholar with something else then loses the seat and is told that it is off.
    """
    scholars = [part.person_id for part in parts if not part.is_host]
    busy = group_queries.busy_among(
        connection, scholars, after.starts_at, after.ends_at, but_of=[part.id for part in parts]
    )
    for part in parts:
        if part.person_id in busy:
            free_seat(desk, connection, part, by_id=by_id)
    return [part for part in parts if part.person_id not in busy]


def free_unseen(desk: SupportDesk, connection: Connection, host: Person, group: Group) -> tuple[str, ...]:
    """Free the seats of those whom this host may not meet any more, as the sweep is about to; returns whose they were.

    Else a number in a refusal would tell that somebody of whom the host reads nothing has a seat.
    """
    parts = [part for part in group_queries.open_parts(connection, group.id) if not part.is_host]
    reach = desk.people.scholars_for(host, {part.person_id for part in parts}) if parts else frozenset()
    unseen = [part for part in parts if part.person_id not in reach]
    for part in unseen:
        free_seat(desk, connection, part, by_id=SYSTEM)
    return tuple(part.person_id for part in unseen)


def _close_ranks(connection: Connection, group: Group, taken: dict[int, str]) -> None:
    """Whoever sits on a seat that is taken away moves to a free one that stays."""
    numbers = frozenset(taken)
    for old in sorted(number for number in taken if number > group.seats):
        new = first_free_seat(numbers, group.seats)
        if new is not None:
            group_queries.renumber_seat(connection, group.id, old=old, new=new)
            numbers = numbers - {old} | {new}
