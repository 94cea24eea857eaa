"""Statements about what is still to be written about announcements: how far each has come."""

from typing import NamedTuple

from sqlalchemy import Connection, delete, select

from storage.engine import table_of
from storage.program.announcements import AnnouncementWork
from storage.upsert import insert_into

work = table_of(AnnouncementWork)


class Work(NamedTuple):
    """One thing to go on with; see `storage.program.announcements.AnnouncementWork`."""

    announcement_id: str
    step: str
    program_id: str
    number: int
    after: str


_work = select(*(work.c[name] for name in Work._fields))


def all_of(connection: Connection) -> list[Work]:
    """Everything that was begun and is not done, of all programs."""
    return [Work._make(row) for row in connection.execute(_work.order_by(work.c.announcement_id, work.c.step))]


def one(connection: Connection, announcement_id: str, step: str) -> Work | None:
    """One of them; None when it is done."""
    asked = _work.where(work.c.announcement_id == announcement_id, work.c.step == step)
    row = connection.execute(asked).first()
    return None if row is None else Work._make(row)


def put(connection: Connection, begun: Work) -> None:
    """Note how far it has come, in place of what was noted."""
    statement = insert_into(connection, work).values(begun._asdict())
    changed = {"number": begun.number, "after": begun.after}
    keys = [work.c.announcement_id, work.c.step]
    connection.execute(statement.on_conflict_do_update(index_elements=keys, set_=changed))


def drop(connection: Connection, announcement_id: str, step: str | None = None) -> None:
    """It is done, or not wanted any more; everything about an announcement where no step is named."""
    statement = delete(work).where(work.c.announcement_id == announcement_id)
    connection.execute(statement if step is None else statement.where(work.c.step == step))
