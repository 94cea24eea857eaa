"""A scholar looks at what is open and at their place; anybody asks where they stand or help."""

from collections.abc import Collection, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from domain.office_hours import (
    Entry,
    EntryStatus,
    NotInLine,
    TransferStatus,
    expected_wait,
    free_in,
    own_ref,
    place_in,
)
from domain.people import Person, Role
from domain.times import MINUTE_SECONDS, epoch_seconds
from services.desk import SupportDesk
from services.office_hours.facts import ListedHours, OwnPlace
from services.office_hours.line import Line, may_be_named_to, may_be_taken_by, office_known_as, read_line, read_lines
from services.office_hours.words import open_problem
from storage.confidential import office_hours_queries as queries


def listed_hours(desk: SupportDesk, reader: Person) -> tuple[ListedHours, ...]:
    """What is open in the reader's program and what is planned, soonest first. As many queries for many as for one.

    What is planned on a day on which nobody of it is there is listed for those alone who have planned it.
    """
    now = epoch_seconds(desk.clock.now())
    may_take_reader = may_be_taken_by(desk, reader) if reader.has(Role.SCHOLAR) else frozenset()
    with desk.store.read() as connection:
        offices = queries.offices_of_program(connection, reader.program_id, ends_after=now)
        lines = read_lines(desk, connection, offices)
    named = may_take_reader if reader.has(Role.SCHOLAR) else _nameable(desk, reader, lines)
    return tuple(
        _listed(line, reader, may_take_reader, named, now) for line in lines if line.helpers or line.shut_for(reader.id)
    )


def hours_to_join(desk: SupportDesk, scholar: Person, ref: str) -> ListedHours:
    """Open office hours that the scholar chose from the list. Raises `LineClosed`."""
    now = epoch_seconds(desk.clock.now())
    with desk.store.read() as connection:
        office = office_known_as(connection, scholar, ref, now=now)
        line = read_line(desk, connection, office.id)
    takers = may_be_taken_by(desk, scholar)
    return _listed(line, scholar, takers, takers, now)


def own_place(desk: SupportDesk, scholar: Person, ref: str | None = None) -> OwnPlace:
    """How the scholar stands, in the line of this reference or in the one where they are. Raises `NotInLine`."""
    may_take_reader = may_be_taken_by(desk, scholar)
    with desk.store.read() as connection:
        return own_place_in(desk, connection, scholar, may_take_reader, ref)


def own_place_in(
    desk: SupportDesk, connection: Connection, scholar: Person, may_take_reader: Collection[str], ref: str | None = None
) -> OwnPlace:
    """The same inside a transaction, such as the one that has just let them join."""
    now = epoch_seconds(desk.clock.now())
    entry = _own_entry(connection, scholar, ref)
    line = read_line(desk, connection, entry.office_id)
    asked = {each.status for each in queries.transfers_of(connection, [entry.id]) if each.expires_at > now}
    found = OwnPlace(
        ref=entry.scholar_ref,
        version=entry.version,
        zone=scholar.zone,
        ends=line.office.ends,
        problem=open_problem(desk, connection, entry),
        is_asked=TransferStatus.ASKING_SCHOLAR in asked,
        is_peer_asked=TransferStatus.ASKING_PEER in asked,
        is_with_peer=entry.is_with_peer,
        is_line_over=line.office.is_over(now),
    )
    if entry.is_taken:
        return _with_them(desk, found, entry, line)
    return _in_line(found, entry, line, may_take_reader, now)


def is_in_line(desk: SupportDesk, person: Person) -> bool:
    """Whether somebody stands in a line or is being helped; for their own Home tab. One query."""
    with desk.store.ask() as connection:
        return queries.open_entry_of(connection, person.id) is not None


def helps_now(desk: SupportDesk, person: Person) -> bool:
    """Whether somebody helps in a line that is open now; for their own Home tab. One query."""
    with desk.store.ask() as connection:
        return queries.open_line_of(connection, person.id, now=epoch_seconds(desk.clock.now())) is not None


def own_line_now(desk: SupportDesk, staff: Person) -> str | None:
    """The reference of the line in which somebody helps now, or is still with somebody; None for neither."""
    with desk.store.read() as connection:
        found = queries.open_line_of(connection, staff.id, now=epoch_seconds(desk.clock.now()))
        current = None if found else queries.entry_taken_by(connection, staff.id)
        if current is None:
            return found
        helpers = queries.helpers_of(connection, [current.office_id])
        return next((each.ref for each in helpers if each.helper_id == staff.id), None)


def _nameable(desk: SupportDesk, staff: Person, lines: Sequence[Line]) -> frozenset[str]:
    """Themselves, and those who help anywhere of whom they may read that they do. One query at most."""
    helpers = {each.person.id: each.person for line in lines for each in line.helpers}
    return may_be_named_to(desk, staff, helpers.values()) | {staff.id}


def _listed(
    line: Line, reader: Person, may_take_reader: Collection[str], may_be_named: Collection[str], now: int
) -> ListedHours:
    office = line.office
    own = next((each.row.ref for each in line.everybody if each.person.id == reader.id), "")
    mine = [index for index, each in enumerate(line.helpers) if each.person.id in may_take_reader]
    is_open = office.is_open(now)
    return ListedHours(
        ref=own_ref(office.id, reader.id),
        starts=office.starts,
        ends=office.ends,
        zone=reader.zone,
        minutes=office.minutes,
        topics=office.topics,
        is_open=is_open,
        helper_names=tuple(each.person.name for each in line.helpers if each.person.id in may_be_named),
        can_take=bool(mine),
        wait=_wait(line, len(line.waiting), mine, now) if is_open and mine else None,
        own_ref=own,
        shut=line.shut_for(reader.id),
    )


def _wait(line: Line, ahead: int, mine: Collection[int], now: int) -> int:
    since = [(each.taken_at if (each := line.taken_by(one.person.id)) else None) for one in line.helpers]
    free = [free_in(line.office.minutes, taken_at, now) for taken_at in since]
    return expected_wait(ahead, line.office.minutes, free_in=free, mine=mine)


def _own_entry(connection: Connection, scholar: Person, ref: str | None) -> Entry:
    if ref is None:
        entry = queries.open_entry_of(connection, scholar.id)
    else:
        entry = queries.entry_by_ref(connection, ref, scholar.id)
    if entry is None or not entry.is_open:
        raise NotInLine(_why_out(entry))
    return entry


def _why_out(entry: Entry | None) -> str | None:
    """The sentence for what became of somebody's place, where there is more to say than that they have none."""
    if entry is None:
        return None
    return {
        EntryStatus.DONE: "You have been helped, so you are not in line any more. Type /officehours to join again.",
        EntryStatus.CLOSED: "This line has closed. Type /officehours to see what is open, or book a session.",
        EntryStatus.MISSED: "You were called twice, so you are not in line any more. You can join again any time.",
    }.get(EntryStatus(entry.status))


def _in_line(found: OwnPlace, entry: Entry, line: Line, may_take_reader: Collection[str], now: int) -> OwnPlace:
    waiting = line.waiting
    place = place_in(waiting, entry.id)
    mine = [index for index, each in enumerate(line.helpers) if each.person.id in may_take_reader]
    wait = _wait(line, place - 1, mine, now) if mine else None
    is_past_end = wait is None or now + wait * MINUTE_SECONDS >= line.office.ends_at
    return replace(found, place=place, wait=wait, is_past_end=is_past_end, can_step_back=place < len(waiting))


def _with_them(desk: SupportDesk, found: OwnPlace, entry: Entry, line: Line) -> OwnPlace:
    helper = next((each for each in line.helpers if each.person.id == entry.taken_by), None)
    if helper is not None:
        return replace(found, with_name=helper.person.name, where=helper.row.place)
    peer = desk.people.person(entry.taken_by) if entry.taken_by else None
    return replace(found, with_name=peer.name if peer else "")
