"""A scholar joins a line, lets the next one go first, and leaves it."""

from datetime import datetime

from sqlalchemy import Connection

from domain.errors import NotFound
from domain.office_hours import (
    AlreadyInLine,
    Entry,
    EntryStatus,
    HelpingSomebody,
    LineClosed,
    LineMoved,
    NobodyBehind,
    NobodyToMeet,
    NotInLine,
    NotOpenYet,
    TopicNotCovered,
    place_in,
)
from domain.people import Person
from domain.times import epoch_seconds
from services.desk import SupportDesk
from services.office_hours.commands import JoinLine
from services.office_hours.facts import OwnPlace
from services.office_hours.line import (
    Line,
    change,
    end,
    is_repeated,
    may_be_taken_by,
    office_known_as,
    read_line,
    tell_next,
)
from services.office_hours.looking import own_place_in
from services.office_hours.words import Problem, seal_problem
from storage.confidential import office_hours_queries as queries


def join_line(desk: SupportDesk, scholar: Person, command: JoinLine) -> OwnPlace:
    """Stand in line, and return how one stands. The same request again is once.

    Raises `LineClosed`, `NotOpenYet`, `AlreadyInLine` (one line at a time), `HelpingSomebody`, `TopicNotCovered` at
    field "topic", or `NobodyToMeet` where every helper judges this scholar or is kept apart from them.
    """
    now = desk.clock.now()
    may_take = may_be_taken_by(desk, scholar)
    with desk.store.write() as connection:
        desk.store.lock(connection, scholar.id)
        if is_repeated(desk, connection, scholar, command.request_key):
            return own_place_in(desk, connection, scholar, may_take)
        office = office_known_as(connection, scholar, command.office_ref, now=epoch_seconds(now))
        desk.store.lock(connection, office.id)
        line = read_line(desk, connection, office.id)
        _check(connection, scholar, line, command, epoch_seconds(now))
        if not any(each.person.id in may_take for each in line.helpers):
            raise NobodyToMeet
        _add(desk, connection, scholar, line, command, now)
        return own_place_in(desk, connection, scholar, may_take)


def step_back(desk: SupportDesk, scholar: Person, ref: str, version: int, *, request_key: str) -> None:
    """Let the next one go first: the two change places. The same request again is once.

    Raises `NotInLine`, `NobodyBehind`, or `LineMoved` when the place is not any more the one the scholar was shown.
    """
    with desk.store.write() as connection:
        entry, line = lock_own_entry(desk, connection, scholar, ref)
        if is_repeated(desk, connection, scholar, request_key):
            return
        if not entry.is_waiting:
            raise NotInLine
        if entry.version != version:
            raise LineMoved
        waiting = line.waiting
        behind = waiting[place_in(waiting, entry.id) :]
        if not behind:
            raise NobodyBehind
        swap(connection, entry, behind[0])
        tell_next(desk, connection, line.office.id, now=desk.clock.now())


def leave_line(desk: SupportDesk, scholar: Person, ref: str | None = None) -> bool:
    """Leave the line with one press, or say that one has been helped; return which: True for having been helped.

    Without a reference it is the line in which they are now. Doing it twice is once. Raises `NotInLine`.
    """
    now = desk.clock.now()
    with desk.store.write() as connection:
        entry, line = lock_own_entry(desk, connection, scholar, ref)
        if not entry.is_open:
            return entry.status == EntryStatus.DONE
        status = EntryStatus.DONE if entry.is_taken else EntryStatus.LEFT
        end(connection, entry, status, now=now)
        tell_next(desk, connection, line.office.id, now=now)
        return entry.is_taken


def lock_own_entry(desk: SupportDesk, connection: Connection, scholar: Person, ref: str | None) -> tuple[Entry, Line]:
    """The scholar's own entry, open or over, behind its line's lock. Raises `NotInLine`."""
    found = _own(connection, scholar, ref)
    desk.store.lock(connection, found.office_id)
    current = queries.entry_by_id(connection, found.id)
    if current is None:
        raise NotFound
    return current, read_line(desk, connection, found.office_id)


def swap(connection: Connection, one: Entry, other: Entry) -> None:
    """Let two in a line change places."""
    change(connection, one, band=other.band, number=other.number)
    change(connection, other, band=one.band, number=one.number)


def _own(connection: Connection, scholar: Person, ref: str | None) -> Entry:
    if ref is None:
        found = queries.open_entry_of(connection, scholar.id)
    else:
        found = queries.entry_by_ref(connection, ref, scholar.id)
    if found is None:
        raise NotInLine
    return found


def _check(connection: Connection, scholar: Person, line: Line, command: JoinLine, now: int) -> None:
    if line.office.is_over(now) or (line.away and not line.helpers):
        raise LineClosed
    if not line.office.is_open(now):
        raise NotOpenYet
    if queries.open_entry_of(connection, scholar.id) is not None:
        raise AlreadyInLine
    if queries.entry_taken_by(connection, scholar.id) is not None:
        raise HelpingSomebody
    if command.topic not in line.office.topics:
        raise TopicNotCovered(field="topic")


def _add(
    desk: SupportDesk, connection: Connection, scholar: Person, line: Line, command: JoinLine, now: datetime
) -> None:
    office, entry_id = line.office, desk.ids.new()
    band = int(queries.was_helped(connection, office.id, scholar.id))
    sealed = seal_problem(
        desk,
        connection,
        Problem(topic=command.topic, line=command.line),
        entry_id=entry_id,
        office_id=office.id,
        scholar_id=scholar.id,
        program_id=office.program_id,
    )
    queries.add_entry(
        connection,
        {
            "id": entry_id,
            "scholar_ref": desk.ids.new(),
            "office_id": office.id,
            "program_id": office.program_id,
            "scholar_id": scholar.id,
            "in_line": scholar.id,
            "status": EntryStatus.WAITING.value,
            "band": band,
            "number": queries.last_number(connection, office.id) + 1,
            "misses": 0,
            "calls": 0,
            "version": 1,
            # Who sees at once that they are first need not be told so.
            "is_told_next": not any(each.band <= band for each in line.waiting),
            "words": sealed,
            "joined_at": epoch_seconds(now),
        },
    )
