"""A scholar takes a seat, gives it back, waits in line for one, or leaves the line; each with one press."""

from collections.abc import Callable

from sqlalchemy import Connection

from domain.amounts import sessions_text
from domain.booking import TooLate, TooManyOpen
from domain.errors import NotFound, StoreBusy
from domain.groups import (
    BusyThen,
    Group,
    GroupFull,
    GroupPart,
    NoSeat,
    SeatsFree,
    SeatTakenAlready,
    first_free_seat,
)
from domain.people import Person
from domain.times import epoch_seconds
from services.desk import SupportDesk
from services.groups.facts import GroupOutcome
from services.groups.line import is_aside_for, promote
from services.groups.look import details_in, find_group
from services.groups.parts import begin_part, end_part
from services.groups.rules import (
    check_can_give_back,
    check_can_take,
    group_kind,
    hosts_for,
    is_before_notice,
    may_attend,
)
from storage.confidential import group_queries
from storage.confidential.cell_queries import CellTaken
from storage.confidential.once import once
from storage.once import recall, remember

TRIES = 4
"""A promotion starts anew when the promoted books something else at that very moment."""
Deed = Callable[[Connection, Group], tuple[str, ...]]
"""Changes something behind the locks, and returns whose Home tabs it concerns besides the scholar's."""


def take_seat(desk: SupportDesk, scholar: Person, ref: str, *, request_key: str) -> GroupOutcome:
    """Take a seat. The same request delivered again changes nothing.

    Raises `NotFound`, also for a session of somebody who judges the scholar, `GroupFull`, `SeatTakenAlready`,
    `BusyThen`, `TooManyOpen`, `AlreadyCanceled`, `AlreadyOver` or `TooLate`.
    """

    def deed(connection: Connection, group: Group) -> tuple[str, ...]:
        _check_may_join(desk, connection, scholar, group)
        seat_no = first_free_seat(frozenset(group_queries.seats_of(connection, group.id)), group.seats)
        if seat_no is None:
            raise GroupFull
        was_waiting = group_queries.drop_wait(connection, group.id, scholar.id)
        if not was_waiting:
            _check_open(desk, connection, scholar)
        try:
            # Cells first: rivals for the scholar's time meet at a key there, and one of them loses.
            begin_part(desk, connection, group, scholar, is_host=False, by_id=scholar.id)
        except CellTaken:
            raise BusyThen from None
        group_queries.add_seat(connection, group, seat_no, scholar.id)
        return group.host_ids

    return _once(desk, scholar, ref, request_key, deed)


def give_back(desk: SupportDesk, scholar: Person, ref: str, *, request_key: str) -> GroupOutcome:
    """Give the seat back; the first in line has it then. A repeated delivery changes nothing.

    Raises `NotFound`, `NoSeat`, `AlreadyCanceled`, `AlreadyOver` or `TooLate`.
    """

    def deed(connection: Connection, group: Group) -> tuple[str, ...]:
        check_can_give_back(group, group_kind(desk.rules.of(scholar)), now=epoch_seconds(desk.clock.now()))
        part = _own_seat(connection, scholar, group)
        free_seat(desk, connection, part, by_id=scholar.id)
        return (*group.host_ids, *promote(desk, connection, group))

    return _once(desk, scholar, ref, request_key, deed)


def wait_in_line(desk: SupportDesk, scholar: Person, ref: str, *, request_key: str) -> GroupOutcome:
    """Wait for a seat, at the end of the line; twice is once. Raises as `take_seat` does, and `SeatsFree`."""

    def deed(connection: Connection, group: Group) -> tuple[str, ...]:
        now = epoch_seconds(desk.clock.now())
        _check_may_join(desk, connection, scholar, group)
        if not is_before_notice(group, group_kind(desk.rules.of(scholar)), now=now):
            raise TooLate("It is too late for seats to be given back, so there is nothing to wait for.")
        if len(group_queries.seats_of(connection, group.id)) < group.seats:
            raise SeatsFree
        if scholar.id not in group_queries.line_of(connection, group.id):
            _check_open(desk, connection, scholar)
            group_queries.add_wait(connection, group, scholar.id, since=now)
        return ()

    return _once(desk, scholar, ref, request_key, deed)


def leave_line(desk: SupportDesk, scholar: Person, ref: str, *, request_key: str) -> GroupOutcome:
    """Wait no longer; twice is once. Raises `NotFound`."""

    def deed(connection: Connection, group: Group) -> tuple[str, ...]:
        group_queries.drop_wait(connection, group.id, scholar.id)
        return ()

    return _once(desk, scholar, ref, request_key, deed)


def free_seat(desk: SupportDesk, connection: Connection, part: GroupPart, *, by_id: str) -> None:
    """Take a scholar's seat from them, in the caller's transaction and behind the session's lock."""
    group_queries.drop_seat(connection, part.group_id, part.person_id)
    end_part(desk, connection, part, by_id=by_id)


def _once(desk: SupportDesk, scholar: Person, ref: str, request_key: str, deed: Deed) -> GroupOutcome:
    for _ in range(TRIES):
        try:
            return _try(desk, scholar, ref, request_key, deed)
        except CellTaken:
            continue
    raise StoreBusy


def _try(desk: SupportDesk, scholar: Person, ref: str, request_key: str, deed: Deed) -> GroupOutcome:
    with desk.store.write() as connection:
        # The scholar's lock before the session's, like everybody; what is read behind both stays true.
        desk.store.lock(connection, scholar.id)
        found = find_group(desk, connection, scholar, ref)
        desk.store.lock(connection, found.id)
        group = group_queries.group_by_id(connection, found.id)
        if group is None:
            raise NotFound
        others: tuple[str, ...] = ()
        if recall(connection, once, request_key) is None:
            others = deed(connection, group)
            now = desk.clock.now()
            remember(connection, once, request_key, program_id=scholar.program_id, outcome={}, at=now)
        details = details_in(desk, connection, scholar, group)
    return GroupOutcome(details=details, person_ids=(scholar.id, *others))


def _check_may_join(desk: SupportDesk, connection: Connection, scholar: Person, group: Group) -> None:
    if scholar.id in group.host_ids or not may_attend(group, scholar, hosts_for(desk, scholar)):
        raise NotFound
    check_can_take(group, group_kind(desk.rules.of(scholar)), now=epoch_seconds(desk.clock.now()))
    part = group_queries.part_in(connection, group.id, scholar.id)
    if part is not None and part.is_open:
        raise SeatTakenAlready
    if is_aside_for(desk, connection, scholar, group):
        raise BusyThen
    if group_queries.busy_among(connection, [scholar.id], group.starts_at, group.ends_at):
        raise BusyThen


def _check_open(desk: SupportDesk, connection: Connection, scholar: Person) -> None:
    """A place in line counts like a seat, since it may become one without another press."""
    ahead = group_queries.ahead_of(connection, scholar.id, after=epoch_seconds(desk.clock.now()))
    if ahead >= group_kind(desk.rules.of(scholar)).open_per_scholar:
        seats = sessions_text(ahead, sort="group")
        raise TooManyOpen(
            f"You have a seat in {seats} ahead, or wait for one, as many as can be at once. "
            "Please give one back first, or come again after the next one."
        )


def _own_seat(connection: Connection, scholar: Person, group: Group) -> GroupPart:
    part = group_queries.part_in(connection, group.id, scholar.id)
    if part is None or part.is_host or not part.is_open:
        raise NoSeat
    return part
