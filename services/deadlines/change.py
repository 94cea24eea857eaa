"""Staff change a deadline that stands: words, time, reminders, whom it is for; they close it and open it again."""

from dataclasses import dataclass

from sqlalchemy import Connection

from domain.attention import Subject
from domain.audience import Audience
from domain.deadlines import DeadlineState, DeadlineText, Due, Ladder
from domain.people import Person
from domain.times import epoch_seconds
from services.audiences.private import kept_json
from services.audit import Entry, note
from services.deadlines.audience import Meant, put_in
from services.deadlines.deciders import end_closed, of_closing
from services.deadlines.facts import Deadline, deadline_of, of_staff
from services.deadlines.ladders import News
from services.deadlines.regrouping import Regrouped, first_due, let_go, regrouped, sought
from services.deadlines.settling import Step, begin
from services.deadlines.write import ChangedMeanwhile, columns_of
from services.desk import Desk
from storage.once import recall, remember
from storage.program import deadline_change_queries, deadline_queries, extension_queries, portion_queries
from storage.program.deadline_queries import DeadlineRow
from storage.program.once import once


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A form that was sent for a deadline that stands, seen at this version."""

    request_key: str
    id: str
    version: int
    text: DeadlineText
    due: Due
    ladder: Ladder
    needs_proof: bool
    audience: Audience | None = None
    """None where it stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """The deadline as it stands, how many newly belong and do not any more, and who these are."""

    deadline: Deadline
    joined: int = 0
    left: int = 0
    person_ids: tuple[str, ...] = ()


def change(desk: Desk, staff: Person, command: Change) -> Changed:
    """Give it other words, another time, other reminders, another audience. The same request is once.

    Another time arms everybody's ladder anew and is told once to those who have not met it; who was granted a later one
    keeps that, and who has asked for no more than that need not be answered. New words tell nobody: what is sent from
    now on has them, and the last reminder of who has not met it is changed in place. Who newly belongs gets it as late
    joiners do; who does not belong any more hears nothing more. Raises `TimeSkipped`, `TimeRepeated` or `PastDue` at
    field "due", `AudienceStays`, `EmptyAudience` or `NobodyFound` at "who", and `ChangedMeanwhile`.
    """
    with desk.program.read() as connection:  # whom it is for takes longest, and nobody need wait for that
        before = of_staff(deadline_queries.one(connection, command.id), staff)
        is_wanted = recall(connection, once, command.request_key) is None and _is_as_seen(before, command)
        who = sought(desk, connection, staff, before, command.audience) if is_wanted else None
    with desk.program.write() as connection:
        desk.program.lock(connection, f"deadline {command.id}")
        before = of_staff(deadline_queries.one(connection, command.id), staff)
        if recall(connection, once, command.request_key) is not None:
            return Changed(deadline=before)
        if not _is_as_seen(before, command):
            raise ChangedMeanwhile
        found = None if who is None else _regroup(desk, connection, before, who, command.due)
        row = _write(desk, connection, before, command, found)
        _tell(desk, connection, before, row, command)
        _note(desk, connection, staff, of_staff(row, staff), command, is_moved=command.due != before.due)
        if found is None:
            return Changed(deadline=of_staff(row, staff))
        begin(desk, connection, row, Step.LET_GO)
        joined = put_in(connection, deadline_of(row), found.who, found.joining, now=desk.clock.now())
        _note_regrouped(desk, connection, staff, row, joined=joined, left=found.left)
        strangers = (*found.leaving, *(each.person_id for each in found.joining))
        return Changed(deadline=of_staff(row, staff), joined=joined, left=found.left, person_ids=strangers)


def _is_as_seen(found: Deadline, command: Change) -> bool:
    return found.state is DeadlineState.OPEN and found.version == command.version


def _regroup(desk: Desk, connection: Connection, before: Deadline, who: Meant, due: Due) -> Regrouped:
    """Let those go for whom it is not any more. Who newly belongs is put in when it is as they will have it."""
    now = desk.clock.now()
    found = regrouped(connection, before.id, who, due, now)
    let_go(connection, before.id, found.leaving, now)
    return found


def _write(
    desk: Desk, connection: Connection, before: Deadline, command: Change, found: Regrouped | None
) -> DeadlineRow:
    now, is_moved = desk.clock.now(), command.due != before.due
    values = columns_of(command.text, command.due, command.ladder) | {
        "needs_proof": command.needs_proof,
        "changed_at": epoch_seconds(now),
    }
    if is_moved or found is not None:
        first = first_due(connection, before, command.due, found, now=now)
        values["due_at"] = epoch_seconds(first)
    if found is not None and command.audience is not None:
        values |= {"audience": kept_json(connection, command.audience), "people": found.people}
    deadline_queries.change(connection, before.id, values)
    return _row(connection, before.id)


def _tell(desk: Desk, connection: Connection, before: Deadline, row: DeadlineRow, command: Change) -> None:
    """What those hear for whom it was before, and still is."""
    at = epoch_seconds(desk.clock.now())
    if command.due != before.due:
        _move(connection, row.id, command.due, at=at)
    elif command.ladder != before.ladder:
        deadline_change_queries.begin_anew(connection, row.id, at=at)
    if command.due == before.due and _shows(command) != _shows(before):
        deadline_change_queries.outdate(connection, row.id)
    begin(desk, connection, row, Step.SETTLE)


def _move(connection: Connection, deadline_id: str, due: Due, *, at: int) -> None:
    for zone in sorted(deadline_change_queries.zones_of(connection, deadline_id)):
        due_at = epoch_seconds(due.at(zone))
        deadline_change_queries.move(connection, deadline_id, zone, due_at=due_at, news=News.MOVED.value, at=at)
    extension_queries.end_satisfied(connection, deadline_id, at=at)


def _note(
    desk: Desk, connection: Connection, staff: Person, found: Deadline, command: Change, *, is_moved: bool
) -> None:
    detail = f"due {found.due_at:%Y-%m-%dT%H:%MZ}" if is_moved else ""
    entry = Entry(object_id=found.id, by_id=staff.id, deed="moved" if is_moved else "changed", detail=detail)
    note(connection, desk, staff.program_id, entry)
    at = desk.clock.now()
    remember(connection, once, command.request_key, program_id=staff.program_id, outcome={"id": found.id}, at=at)


def _note_regrouped(
    desk: Desk, connection: Connection, staff: Person, row: DeadlineRow, *, joined: int, left: int
) -> None:
    if joined or left:
        detail = f"{joined} newly belong, {left} do not any more"
        entry = Entry(object_id=row.id, by_id=staff.id, deed="changed whom it is for", detail=detail)
        note(connection, desk, staff.program_id, entry)


def close(desk: Desk, staff: Person, deadline_id: str) -> Deadline:
    """Nothing is asked of anybody any more, and nothing more is told but to those who had asked for more time.

    The last reminder of who has not met it says so, in place. Twice is once. Raises as `of_closing` does.
    """
    now = desk.clock.now()
    at = epoch_seconds(now)
    with desk.program.write() as connection:
        desk.program.lock(connection, f"deadline {deadline_id}")
        found = of_closing(desk, deadline_queries.one(connection, deadline_id), staff)
        if found.state is not DeadlineState.OPEN:
            return found
        values = {"state": DeadlineState.CLOSED.value, "closed_at": at, "changed_at": at}
        row = _turned(connection, found.id, values)
        begin(desk, connection, row, Step.STOP)
        end_closed(desk, connection, found.id, now, by_id=staff.id)
        note(connection, desk, staff.program_id, Entry(object_id=found.id, by_id=staff.id, deed="closed"))
        return deadline_of(row)


def reopen(desk: Desk, staff: Person, deadline_id: str) -> Deadline:
    """Ask for it again, with the rungs still ahead. Twice is once. Raises `NotFound`."""
    at = epoch_seconds(desk.clock.now())
    with desk.program.write() as connection:
        desk.program.lock(connection, f"deadline {deadline_id}")
        found = of_staff(deadline_queries.one(connection, deadline_id), staff)
        if found.state is not DeadlineState.CLOSED:
            return found
        row = _turned(connection, found.id, {"state": DeadlineState.OPEN.value, "closed_at": None, "changed_at": at})
        deadline_change_queries.begin_anew(connection, found.id, at=at)
        deadline_change_queries.outdate(connection, found.id)
        begin(desk, connection, row, Step.SETTLE)
        note(connection, desk, staff.program_id, Entry(object_id=found.id, by_id=staff.id, deed="opened again"))
        return of_staff(row, staff)


def _turned(connection: Connection, deadline_id: str, values: dict[str, object]) -> DeadlineRow:
    """Closed, or open again: what was still to be written for the other is not any more."""
    deadline_queries.change(connection, deadline_id, values)
    for step in (Step.SETTLE, Step.NUDGE, Step.STOP):
        portion_queries.drop(connection, Subject.DEADLINE, deadline_id, step)
    return _row(connection, deadline_id)


def _shows(said: Change | Deadline) -> tuple[object, ...]:
    """What of a deadline stands in a message; more words open on a press."""
    return said.text.title, said.text.link, said.due, said.needs_proof


def _row(connection: Connection, deadline_id: str) -> DeadlineRow:
    row = deadline_queries.one(connection, deadline_id)
    if row is None:
        raise ChangedMeanwhile
    return row
