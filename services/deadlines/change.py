"""Staff change a deadline that stands: its words, its time, its reminders; they close it and open it again."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from domain.deadlines import DeadlineState, DeadlineText, Due, Ladder, PastDue
from domain.people import Person
from domain.times import epoch_seconds
from services.audit import Entry, note
from services.deadlines.arming import arm
from services.deadlines.facts import Deadline, of_staff
from services.deadlines.ladders import DeadlineMessage, News
from services.deadlines.rewriting import bring_up_to_date
from services.deadlines.write import ChangedMeanwhile, columns_of
from services.desk import Desk
from storage.once import recall, remember
from storage.program import deadline_ledger, deadline_people_queries, deadline_queries, extension_queries
from storage.program.deadline_people_queries import PersonState
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


def change(desk: Desk, staff: Person, command: Change) -> Deadline:
    """Give it other words, another time, other reminders. The same request is once.

    Another time arms everybody's ladder anew and is told once to those who have not met it; who was granted a later one
    keeps that, and who has asked for no more than that need not be answered. New words tell nobody: what is sent from
    now on has them, and the last reminder of who has not met it is changed in place. Raises `TimeSkipped`,
    `TimeRepeated` or `PastDue` at field "due", and `ChangedMeanwhile`.
    """
    now = desk.clock.now()
    with desk.program.write() as connection:
        desk.program.lock(connection, f"deadline {command.id}")
        before = of_staff(deadline_queries.one(connection, command.id), staff)
        if recall(connection, once, command.request_key) is not None:
            return before
        if before.state is not DeadlineState.OPEN or before.version != command.version:
            raise ChangedMeanwhile
        people = deadline_people_queries.all_of(connection, before.id)
        is_moved = command.due != before.due
        first = _first_due(command.due, people, now) if is_moved else before.due_at
        values = columns_of(command.text, command.due, command.ladder) | {
            "needs_proof": command.needs_proof,
            "due_at": epoch_seconds(first),
            "changed_at": epoch_seconds(now),
        }
        deadline_queries.change(connection, before.id, values)
        row = _row(connection, before.id)
        if is_moved:
            people = [_moved(state, epoch_seconds(command.due.at(state.zone))) for state in people]
            _end_satisfied(connection, before.id, people, now)
        if is_moved or command.ladder != before.ladder:
            _arm_all(connection, row, people, now, due=command.due if is_moved else None)
        if _shows(command) != _shows(before):
            bring_up_to_date(desk, connection, row, people, now)
        detail = f"due {first:%Y-%m-%dT%H:%MZ}" if is_moved else ""
        entry = Entry(object_id=before.id, by_id=staff.id, deed="moved" if is_moved else "changed", detail=detail)
        note(connection, desk, staff.program_id, entry)
        _remember(connection, desk, staff, command.request_key, before.id)
        return of_staff(row, staff)


def close(desk: Desk, staff: Person, deadline_id: str) -> Deadline:
    """Nothing is asked of anybody any more, and nothing more is told. Twice is once. Raises `NotFound`."""
    now = desk.clock.now()
    with desk.program.write() as connection:
        desk.program.lock(connection, f"deadline {deadline_id}")
        found = of_staff(deadline_queries.one(connection, deadline_id), staff)
        if found.state is not DeadlineState.OPEN:
            return found
        values = {
            "state": DeadlineState.CLOSED.value,
            "closed_at": epoch_seconds(now),
            "changed_at": epoch_seconds(now),
        }
        deadline_queries.change(connection, found.id, values)
        deadline_people_queries.silence(connection, found.id)
        deadline_ledger.supersede(connection, found.id, DeadlineMessage.REMINDER, None)
        extension_queries.end_waiting(connection, found.id, at=epoch_seconds(now))
        note(connection, desk, staff.program_id, Entry(object_id=found.id, by_id=staff.id, deed="closed"))
        return of_staff(deadline_queries.one(connection, deadline_id), staff)


def reopen(desk: Desk, staff: Person, deadline_id: str) -> Deadline:
    """Ask for it again, with the rungs still ahead. Twice is once. Raises `NotFound`."""
    now = desk.clock.now()
    with desk.program.write() as connection:
        desk.program.lock(connection, f"deadline {deadline_id}")
        found = of_staff(deadline_queries.one(connection, deadline_id), staff)
        if found.state is not DeadlineState.CLOSED:
            return found
        values = {"state": DeadlineState.OPEN.value, "closed_at": None, "changed_at": epoch_seconds(now)}
        deadline_queries.change(connection, found.id, values)
        row = _row(connection, found.id)
        _arm_all(connection, row, deadline_people_queries.all_of(connection, found.id), now, due=None)
        note(connection, desk, staff.program_id, Entry(object_id=found.id, by_id=staff.id, deed="opened again"))
        return of_staff(row, staff)


def _arm_all(
    connection: Connection, row: DeadlineRow, people: Sequence[PersonState], now: datetime, *, due: Due | None
) -> None:
    """Begin all ladders anew; with another time, which is told, where there is one."""
    if due is None:
        arm(connection, row, people, now, news=None)
        return
    kept = [state for state in people if state.is_extended]
    arm(connection, row, [state for state in people if not state.is_extended], now, news=News.MOVED)
    arm(connection, row, kept, now, news=None)


def _end_satisfied(connection: Connection, deadline_id: str, people: Iterable[PersonState], now: datetime) -> None:
    """Who has as much time now as they have asked for need not be answered; what tells them of the time says so."""
    due_at = {state.person_id: state.due_at for state in people}
    waiting = extension_queries.waiting_for(connection, deadline_id)
    ids = [each.person_id for each in waiting if due_at.get(each.person_id, 0) >= each.until_at]
    extension_queries.end_waiting(connection, deadline_id, at=epoch_seconds(now), person_ids=ids)


def _shows(said: Change | Deadline) -> tuple[object, ...]:
    """What of a deadline stands in a message; more words open on a press."""
    return said.text.title, said.text.link, said.due, said.needs_proof


def _moved(state: PersonState, due_at: int) -> PersonState:
    """Who has an extension beyond the new time keeps it."""
    if state.is_extended and state.due_at > due_at:
        return state
    return state._replace(due_at=due_at, is_extended=False)


def _first_due(due: Due, people: Sequence[PersonState], now: datetime) -> datetime:
    due.check({state.zone for state in people})
    first = min(due.at(state.zone) for state in people)
    if first <= now:
        raise PastDue(field="due")
    return first


def _row(connection: Connection, deadline_id: str) -> DeadlineRow:
    row = deadline_queries.one(connection, deadline_id)
    if row is None:
        raise ChangedMeanwhile
    return row


def _remember(connection: Connection, desk: Desk, staff: Person, key: str, deadline_id: str) -> None:
    at = desk.clock.now()
    remember(connection, once, key, program_id=staff.program_id, outcome={"id": deadline_id}, at=at)
