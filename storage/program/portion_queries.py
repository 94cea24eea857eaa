"""Statements about what is still to be written for many people, some at a time: how far each has come."""

from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, delete, select

from domain.attention import Subject
from storage.engine import table_of
from storage.program.portions import PortionWork
from storage.upsert import insert_into

work = table_of(PortionWork)


class Work(NamedTuple):
    """One thing to go on with; see `storage.program.portions.PortionWork`."""

    subject: str
    object_id: str
    step: str
    program_id: str
    number: int
    after: str


_work = select(*(work.c[name] for name in Work._fields))


def all_about(connection: Connection, subject: Subject) -> list[Work]:
    """Everything of a kind that was begun and is not done, of all programs."""
    asked = _work.where(work.c.subject == subject.value).order_by(work.c.object_id, work.c.step)
    return [Work._make(row) for row in connection.execute(asked)]


def one(connection: Connection, begun: Work) -> Work | None:
    """One of them as it stands now; None when it is done."""
    asked = _work.where(_is_about(begun.subject, begun.object_id), work.c.step == begun.step)
    row = connection.execute(asked).first()
    return None if row is None else Work._make(row)


def put(connection: Connection, begun: Work) -> None:
    """Note how far it has come, in place of what was noted."""
    statement = insert_into(connection, work).values(begun._asdict())
    changed = {"number": begun.number, "after": begun.after}
    keys = [work.c.subject, work.c.object_id, work.c.step]
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))


def drop(connection: Connection, subject: Subject, object_id: str, step: str | None = None) -> None:
    """It is done, or not wanted any more; everything about an object where no step is named."""
    statement = delete(work).where(_is_about(subject.value, object_id))
    connection.execute(statement if step is None else statement.where(work.c.step == step))


def _is_about(subject: str, object_id: str) -> ColumnElement[bool]:
    return and_(work.c.subject == subject, work.c.object_id == object_id)
