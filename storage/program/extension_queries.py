"""Statements about who asks for more time, and what was answered."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, Update, insert, or_, select, update

from domain.deadlines import RequestState
from storage.batches import in_batches
from storage.engine import table_of
from storage.program.deadline_queries import COLUMNS, DeadlineRow, deadline
from storage.program.deadlines import DeadlinePerson, ExtensionRequest

request = table_of(ExtensionRequest)
_person = table_of(DeadlinePerson)


class RequestRow(NamedTuple):
    """One as stored; see `storage.program.deadlines.ExtensionRequest`."""

    id: str
    program_id: str
    deadline_id: str
    person_id: str
    asked_at: int
    until_at: int
    has_reason: bool
    state: str
    decided_by: str
    decided_at: int | None
    granted_at: int | None
    answer: str


class Asked(NamedTuple):
    """A request with the deadline it is about."""

    row: RequestRow
    deadline: DeadlineRow


_ROW = [request.c[name] for name in RequestRow._fields]


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Write a new one."""
    connection.execute(insert(request), dict(values))


def one(connection: Connection, request_id: str) -> RequestRow | None:
    """One of them, of whatever program."""
    row = connection.execute(select(*_ROW).where(request.c.id == request_id)).first()
    return None if row is None else RequestRow._make(row)


def latest(connection: Connection, deadline_id: str, person_id: str) -> RequestRow | None:
    """The last one that somebody has made about a deadline."""
    asked = (
        select(*_ROW)
        .where(request.c.deadline_id == deadline_id, request.c.person_id == person_id)
        .order_by(request.c.asked_at.desc(), request.c.id.desc())
        .limit(1)
    )
    row = connection.execute(asked).first()
    return None if row is None else RequestRow._make(row)


def waiting_in(connection: Connection, program_id: str, *, staff_id: str, at_most: int) -> list[Asked]:
    """What waits for an answer of this member of staff, the first first; of a private list's its author's alone."""
    may_look = or_(~_is_of_a_list(), deadline.c.author_id == staff_id)
    return _asked(connection, _with_deadline().where(request.c.program_id == program_id, may_look).limit(at_most))


def decide(connection: Connection, request_id: str, values: Mapping[str, Any]) -> bool:
    """Settle one that waits; False when somebody was quicker."""
    statement = (
        update(request)
        .where(request.c.id == request_id, request.c.state == RequestState.WAITING.value)
        .values(current=None, **values)
    )
    return connection.execute(statement).rowcount == 1


def waiting_of_lists(connection: Connection) -> list[Asked]:
    """What waits for an answer about a deadline for a private list, in all programs."""
    return _asked(connection, _with_deadline().where(_is_of_a_list()))


def waiting_for(connection: Connection, deadline_id: str) -> list[RequestRow]:
    """What waits for an answer about a deadline."""
    asked = select(*_ROW).where(request.c.deadline_id == deadline_id, request.c.state == RequestState.WAITING.value)
    return [RequestRow._make(row) for row in connection.execute(asked)]


def end_waiting(connection: Connection, deadline_id: str, *, at: int, person_ids: Sequence[str] | None = None) -> None:
    """Nothing is to decide any more about a deadline: for these people, or for all."""
    statement = _end_waiting(deadline_id, at)
    if person_ids is None:
        connection.execute(statement)
        return
    for some in in_batches(person_ids):
        connection.execute(statement.where(request.c.person_id.in_(some)))


def end_satisfied(connection: Connection, deadline_id: str, *, at: int) -> None:
    """Who has as much time now as they have asked for need not be answered."""
    has_until = (
        select(_person.c.due_at)
        .where(_person.c.deadline_id == request.c.deadline_id, _person.c.person_id == request.c.person_id)
        .correlate(request)
        .scalar_subquery()
    )
    connection.execute(_end_waiting(deadline_id, at).where(request.c.until_at <= has_until))


def end_of_strangers(connection: Connection, deadline_id: str, *, at: int) -> None:
    """Nothing is to decide any more for whom the deadline is not any more."""
    those = select(_person.c.person_id).where(_person.c.deadline_id == deadline_id)
    connection.execute(_end_waiting(deadline_id, at).where(request.c.person_id.not_in(those)))


def _end_waiting(deadline_id: str, at: int) -> Update:
    return (
        update(request)
        .where(request.c.deadline_id == deadline_id, request.c.state == RequestState.WAITING.value)
        .values(state=RequestState.OVER.value, decided_at=at, current=None)
    )


def _is_of_a_list() -> ColumnElement[bool]:
    return or_(deadline.c.audience.contains('"list_id"'), deadline.c.audience.contains('"private_list"'))


def _with_deadline() -> Select[Any]:
    return (
        select(*_ROW, *COLUMNS)
        .join_from(request, deadline, deadline.c.id == request.c.deadline_id)
        .where(request.c.state == RequestState.WAITING.value)
        .order_by(request.c.asked_at, request.c.id)
    )


def _asked(connection: Connection, asked: Select[Any]) -> list[Asked]:
    split = len(_ROW)
    found = (tuple(row) for row in connection.execute(asked))
    return [Asked(RequestRow._make(row[:split]), DeadlineRow._make(row[split:])) for row in found]
