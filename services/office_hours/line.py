"""A line as every use case reads it: who helps, who is in it, who may meet whom; and the steps that all share."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Connection

from domain.errors import NotFound
from domain.hours.seasons import Shut
from domain.office_hours import (
    Entry,
    EntryStatus,
    Helper,
    LineClosed,
    LineMoved,
    NotHelping,
    OfficeHours,
    TransferStatus,
    in_order,
    own_ref,
)
from domain.people import SUPPORT_ROLES, Person, Role
from domain.times import epoch_seconds
from services.desk import SupportDesk
from services.office_hours.absence import kept_away
from services.office_hours.deliveries import OfficeMessage, about_entry, ledger
from storage.confidential import office_hours_queries as queries
from storage.confidential.once import once
from storage.delivery import enqueue
from storage.once import recall, remember


@dataclass(frozen=True, slots=True, kw_only=True)
class Present:
    """Somebody who helps in a line and is in support now."""

    row: Helper
    person: Person


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """A sitting at one moment. `entries` are all that are open; `scholars` those of their people who are here now.

    `away` are those of who would help in what has not begun yet, and why they do not: a line that has only these is
    nobody's.
    """

    office: OfficeHours
    helpers: tuple[Present, ...]
    away: tuple[tuple[Present, Shut], ...]
    entries: tuple[Entry, ...]
    scholars: Mapping[str, Person]

    @property
    def waiting(self) -> list[Entry]:
        """Those who wait and are here, the first in line first."""
        return in_order(each for each in self.entries if each.scholar_id in self.scholars)

    def taken_by(self, person_id: str) -> Entry | None:
        """Whoever this person is with."""
        return next((each for each in self.entries if each.taken_by == person_id), None)

    def shut_for(self, person_id: str) -> Shut | None:
        """Why somebody who would help will not be there."""
        return next((shut for each, shut in self.away if each.person.id == person_id), None)

    @property
    def everybody(self) -> tuple[Present, ...]:
        """All who help, or would."""
        return (*self.helpers, *(each for each, _ in self.away))


def read_lines(desk: SupportDesk, connection: Connection, offices: Sequence[OfficeHours]) -> list[Line]:
    """The lines of these sittings: four queries at most, however many they are."""
    ids = [office.id for office in offices]
    helpers, entries = queries.helpers_of(connection, ids), queries.open_entries(connection, ids)
    concerned = {each.helper_id for each in helpers} | {each.scholar_id for each in entries}
    people = {person.id: person for person in desk.people.people(concerned)}
    away = kept_away(desk, connection, offices, helpers, people)
    return [_line(office, helpers, entries, people, away) for office in offices]


def read_line(desk: SupportDesk, connection: Connection, office_id: str) -> Line:
    """The line of one sitting. Raises `NotFound`."""
    office = queries.office_by_id(connection, office_id)
    if office is None:
        raise NotFound
    return read_lines(desk, connection, [office])[0]


def lock_own_line(desk: SupportDesk, connection: Connection, staff: Person, ref: str) -> tuple[Helper, Line]:
    """The line in which this person helps, behind its lock and theirs. Raises `NotHelping`."""
    desk.store.lock(connection, staff.id)
    own = own_helper(connection, staff, ref)
    desk.store.lock(connection, own.office_id)
    # Read again: they may have stepped out while this waited.
    return own_helper(connection, staff, ref), read_line(desk, connection, own.office_id)


def own_helper(connection: Connection, staff: Person, ref: str) -> Helper:
    """Where somebody helps, by their own reference. Raises `NotHelping`."""
    found = queries.helper_by_ref(connection, ref, staff.id)
    if found is None:
        raise NotHelping
    return found


def office_known_as(connection: Connection, person: Person, ref: str, *, now: int) -> OfficeHours:
    """The sitting of the person's own program that they know by this reference. Raises `LineClosed`."""
    for office in queries.offices_of_program(connection, person.program_id, ends_after=now):
        if own_ref(office.id, person.id) == ref:
            return office
    raise LineClosed


def may_take(desk: SupportDesk, staff: Person, line: Line) -> frozenset[str]:
    """Those in the line whom this helper may meet, by scholar id. One query."""
    ids = line.scholars.keys() - {staff.id}
    return desk.people.scholars_for(staff, ids) if ids else frozenset()


def may_be_taken_by(desk: SupportDesk, scholar: Person) -> frozenset[str]:
    """Everybody in support who may meet this scholar. One query for each role."""
    return frozenset(
        person.id for role in sorted(SUPPORT_ROLES) for person in desk.people.supporters_for(scholar.id, role)
    )


def may_be_named_to(desk: SupportDesk, staff: Person, people: Iterable[Person]) -> frozenset[str]:
    """Those of these helpers and peers of whom this helper may read that they are there, by id.

    A scholar among them, coach or not, is one whom they may meet; and where they are a scholar themselves, so is it the
    other way round.
    """
    others = [person for person in people if person.id != staff.id]
    scholars = {person.id for person in others if person.has(Role.SCHOLAR)}
    apart = scholars - (desk.people.scholars_for(staff, scholars) if scholars else frozenset())
    if staff.has(Role.SCHOLAR):
        takers = may_be_taken_by(desk, staff)
        apart |= {person.id for person in others if person.has(*SUPPORT_ROLES) and person.id not in takers}
    return frozenset(person.id for person in others) - apart


def entry_known_as(entries: Iterable[Entry], staff: Person, ref: str) -> Entry:
    """The entry that a helper knows by this reference. Raises `LineMoved`."""
    for entry in entries:
        if own_ref(entry.id, staff.id) == ref:
            return entry
    raise LineMoved


def change(connection: Connection, entry: Entry, **values: Any) -> None:
    """Change an entry that was read behind the line's lock. Raises `LineMoved` should somebody have been quicker."""
    if not queries.change_entry(connection, entry, **values):
        raise LineMoved


def end(connection: Connection, entry: Entry, status: EntryStatus, *, now: datetime) -> None:
    """Let an entry hold nobody any more, and withdraw what is being asked about it."""
    change(connection, entry, status=status.value, in_line=None, taken_by=None, ended_at=epoch_seconds(now))
    withdraw_transfers(connection, [entry.id])


def put_back(connection: Connection, entry: Entry, **values: Any) -> None:
    """Let somebody who was called stand in the line again, where they stood."""
    back = {"status": EntryStatus.WAITING.value, "taken_by": None, "taken_at": None, "is_told_next": False}
    change(connection, entry, **(back | values))


def withdraw_transfers(connection: Connection, entry_ids: Collection[str]) -> None:
    """Nobody need answer any more whether a peer should help these."""
    for transfer in queries.transfers_of(connection, entry_ids):
        if transfer.is_open:
            queries.change_transfer(connection, transfer, TransferStatus.WITHDRAWN)


def tell_next(desk: SupportDesk, connection: Connection, office_id: str, *, now: datetime) -> None:
    """Tell the first in line that they are next, once for each time that they come to stand there."""
    line = read_line(desk, connection, office_id)
    first = next(iter(line.waiting), None)
    if first is None or first.is_told_next or not line.office.is_open(epoch_seconds(now)):
        return
    enqueue(connection, ledger, [about_entry(OfficeMessage.NEXT, first, line.office, now=now)], ids=desk.ids, now=now)
    change(connection, first, is_told_next=True)


def is_repeated(desk: SupportDesk, connection: Connection, person: Person, request_key: str) -> bool:
    """Whether this request has been here before; if not, it is noted in this transaction. Call it behind the lock."""
    if recall(connection, once, request_key) is not None:
        return True
    remember(connection, once, request_key, program_id=person.program_id, outcome={}, at=desk.clock.now())
    return False


def _line(
    office: OfficeHours,
    helpers: Iterable[Helper],
    entries: Iterable[Entry],
    people: Mapping[str, Person],
    away: Mapping[tuple[str, str], Shut],
) -> Line:
    own = tuple(each for each in entries if each.office_id == office.id)
    present = [
        Present(row=row, person=person)
        for row in helpers
        if row.office_id == office.id and (person := people.get(row.helper_id)) and _helps(person, office)
    ]
    in_line = (people.get(each.scholar_id) for each in own)
    scholars = {each.id: each for each in in_line if each is not None and _waits(each, office)}
    shut = {each.person.id: away.get((office.id, each.person.id)) for each in present}
    return Line(
        office=office,
        helpers=tuple(each for each in present if shut[each.person.id] is None),
        away=tuple((each, why) for each in present if (why := shut[each.person.id]) is not None),
        entries=own,
        scholars=scholars,
    )


def _helps(person: Person, office: OfficeHours) -> bool:
    return person.has(*SUPPORT_ROLES) and person.program_id == office.program_id


def _waits(person: Person, office: OfficeHours) -> bool:
    return person.has(Role.SCHOLAR) and person.program_id == office.program_id
