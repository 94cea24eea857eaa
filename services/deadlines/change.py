"""Staff change a deadline that stands: words, time, reminders, whom it is for; they close it and open it again."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from domain.audience import Audience
from domain.deadlines import DeadlineState, DeadlineText, Due, Ladder
from domain.people import Person
from domain.times import epoch_seconds
from services.audiences.private import kept_json
from services.audit import Entry, note
from services.deadlines.arming import arm
from services.deadlines.audience import put_in
from services.deadlines.deciders import end_closed, end_satisfied, of_closing
from services.deadlines.facts import Deadline, deadline_of, of_staff
from services.deadlines.ladders import DeadlineMessage, News
from services.deadlines.regrouping import Regrouped, let_go, regroup
from services.deadlines.rewriting import bring_up_to_date
from services.deadlines.write import ChangedMeanwhile, columns_of
from services.desk import Desk
from storage.once import recall, remember
from storage.program import deadline_ledger, deadline_people_queries, deadline_queries
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
    audience: Audience | None = None
    """None where it stays."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """The deadline as it stands, how many newly belong and do not any more, and whose Home tabs are others now."""

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
    with desk.program.write() as connection:
        desk.program.lock(connection, f"deadline {command.id}")
        before = of_staff(deadline_queries.one(connection, command.id), staff)
        if recall(connection, once, command.request_key) is not None:
            return Changed(deadline=before)
        if before.state is not DeadlineState.OPEN or before.version != command.version:
            raise ChangedMeanwhile
        found = regroup(desk, connection, staff, before, command.audience or before.audience, command.due)
        _write(desk, connection, before, command, found)
        row = _row(connection, before.id)
        _tell(desk, connection, before, row, command, found)
        joined = _regroup(desk, connection, row, found)
        _note(desk, connection, staff, of_staff(row, staff), command, is_moved=command.due != before.due)
        if joined or found.leaving:
            detail = f"{joined} newly belong, {len(found.leaving)} do not any more"
            entry = Entry(object_id=row.id, by_id=staff.id, deed="changed whom it is for", detail=detail)
            note(connection, desk, staff.program_id, entry)
        return Changed(
            deadline=of_staff(row, staff), joined=joined, left=len(found.leaving), person_ids=_shown_to(found)
        )


def _write(desk: Desk, connection: Connection, before: Deadline, command: Change, found: Regrouped) -> None:
    now, first = desk.clock.now(), before.due_at
    if command.due != before.due:
        first = found.first_due_ahead(command.due, now)
    elif found.who is not None:
        first = found.first_due(command.due)
    values = columns_of(command.text, command.due, command.ladder) | {
        "needs_proof": command.needs_proof,
        "due_at": epoch_seconds(first),
        "changed_at": epoch_seconds(now),
        "people": len(found.stays) + len(found.joining),
    }
    if found.who is not None and command.audience is not None:
        values["audience"] = kept_json(connection, command.audience)
    deadline_queries.change(connection, before.id, values)


def _tell(
    desk: Desk, connection: Connection, before: Deadline, row: DeadlineRow, command: Change, found: Regrouped
) -> None:
    """What those hear for whom it was before, and still is."""
    now, people, is_moved = desk.clock.now(), found.stays, command.due != before.due
    if is_moved:
        people = [_moved(state, epoch_seconds(command.due.at(state.zone))) for state in people]
        end_satisfied(connection, before.id, people, now)
    if is_moved or command.ladder != before.ladder:
        _arm_all(connection, row, people, now, is_moved=is_moved)
    if _shows(command) != _shows(before):
        bring_up_to_date(desk, connection, row, people, now)


def _regroup(desk: Desk, connection: Connection, row: DeadlineRow, found: Regrouped) -> int:
    """Let those go for whom it is not any more, and put in who newly belongs; returns how many these are."""
    now = desk.clock.now()
    let_go(connection, row.id, found.leaving, now)
    if found.who is None:
        return 0
    return put_in(connection, deadline_of(row), found.who, found.joining, now=now)


def _shown_to(found: Regrouped) -> tuple[str, ...]:
    """First those for whom it is or is not since the change, then those who may read other words."""
    stays = (state.person_id for state in found.stays if state.done_at is None)
    return (*found.leaving, *(each.person_id for each in found.joining), *stays)


def _note(
    desk: Desk, connection: Connection, staff: Person, found: Deadline, command: Change, *, is_moved: bool
) -> None:
    detail = f"due {found.due_at:%Y-%m-%dT%H:%MZ}" if is_moved else ""
    entry = Entry(object_id=found.id, by_id=staff.id, deed="moved" if is_moved else "changed", detail=detail)
    note(connection, desk, staff.program_id, entry)
    at = desk.clock.now()
    remember(connection, once, command.request_key, program_id=staff.program_id, outcome={"id": found.id}, at=at)


def close(desk: Desk, staff: Person, deadline_id: str) -> Deadline:
    """Nothing is asked of anybody any more, and nothing more is told but to those who had asked for more time.

    Twice is once. Raises as `of_closing` does.
    """
    now = desk.clock.now()
    with desk.program.write() as connection:
        desk.program.lock(connection, f"deadline {deadline_id}")
        found = of_closing(desk, deadline_queries.one(connection, deadline_id), staff)
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
        end_closed(desk, connection, found.id, now, by_id=staff.id)
        note(connection, desk, staff.program_id, Entry(object_id=found.id, by_id=staff.id, deed="closed"))
        return deadline_of(_row(connection, deadline_id))


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
        _arm_all(connection, row, deadline_people_queries.all_of(connection, found.id), now)
        note(connection, desk, staff.program_id, Entry(object_id=found.id, by_id=staff.id, deed="opened again"))
        return of_staff(row, staff)


def _arm_all(
    connection: Connection, row: DeadlineRow, people: Sequence[PersonState], now: datetime, *, is_moved: bool = False
) -> None:
    """Begin all ladders anew; another time is told to those for whom it is another."""
    if not is_moved:
        arm(connection, row, people, now, news=None)
        return
    kept = [state for state in people if state.is_extended]
    arm(connection, row, [state for state in people if not state.is_extended], now, news=News.MOVED)
    arm(connection, row, kept, now, news=None)


def _shows(said: Change | Deadline) -> tuple[object, ...]:
    """What of a deadline stands in a message; more words open on a press."""
    return said.text.title, said.text.link, said.due, said.needs_proof


def _moved(state: PersonState, due_at: int) -> PersonState:
    """Who has an extension beyond the new time keeps it."""
    if state.is_extended and state.due_at > due_at:
        return state
    return state._replace(due_at=due_at, is_extended=False)


def _row(connection: Connection, deadline_id: str) -> DeadlineRow:
    row = deadline_queries.one(connection, deadline_id)
    if row is None:
        raise ChangedMeanwhile
    return row
