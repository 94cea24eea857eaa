"""Statements about private lists. Only `members_of` tells who is on one; its caller has made sure of the owner."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, delete, insert, select, update

from storage.engine import table_of
from storage.program.opt_in_lists import OptIn, OptInList
from storage.upsert import insert_into

_list = table_of(OptInList)
_opt_in = table_of(OptIn)


class ListRow(NamedTuple):
    """A list as it is shown; `is_on` is whether the one who asks is on it."""

    id: str
    owner_id: str
    title: str
    about: str
    is_on: bool


def open_lists(connection: Connection, program_id: str, *, person_id: str) -> list[ListRow]:
    """Every open list of a program by title, and whether this person is on it. One query."""
    mine = select(_opt_in.c.list_id).where(_opt_in.c.person_id == person_id)
    asked = (
        select(_list.c.id, _list.c.owner_id, _list.c.title, _list.c.about, _list.c.id.in_(mine).label("is_on"))
        .where(_list.c.program_id == program_id, _list.c.closed_at.is_(None))
        .order_by(_list.c.title, _list.c.id)
    )
    return [
        ListRow(id=row.id, owner_id=row.owner_id, title=row.title, about=row.about, is_on=bool(row.is_on))
        for row in connection.execute(asked)
    ]


class TitleRow(NamedTuple):
    """What a list is called, and whose program's it is."""

    program_id: str
    title: str


def one(connection: Connection, list_id: str) -> TitleRow | None:
    """A list of whatever program, also one that has ended."""
    row = connection.execute(select(_list.c.program_id, _list.c.title).where(_list.c.id == list_id)).first()
    return None if row is None else TitleRow._make(row)


def owner_of(connection: Connection, list_id: str, *, program_id: str) -> str | None:
    """Who owns an open list of a program, or None where there is none."""
    asked = select(_list.c.owner_id).where(
        _list.c.id == list_id, _list.c.program_id == program_id, _list.c.closed_at.is_(None)
    )
    found: str | None = connection.execute(asked).scalar()
    return found


def members_of(connection: Connection, list_id: str) -> list[str]:
    """The ids of all who are on a list: for its owner's eyes only."""
    asked = select(_opt_in.c.person_id).where(_opt_in.c.list_id == list_id).order_by(_opt_in.c.person_id)
    return [str(found) for found in connection.execute(asked).scalars()]


def add_list(connection: Connection, values: Mapping[str, Any]) -> None:
    """Make a list."""
    connection.execute(insert(_list), dict(values))


def close_list(connection: Connection, list_id: str, *, at: int) -> None:
    """End a list, and forget who was on it."""
    connection.execute(update(_list).where(_list.c.id == list_id).values(closed_at=at))
    connection.execute(delete(_opt_in).where(_opt_in.c.list_id == list_id))


def join(connection: Connection, list_id: str, person_id: str, *, program_id: str, at: int) -> bool:
    """Put somebody on a list; False when they were on it."""
    statement = insert_into(connection, _opt_in).values(
        list_id=list_id, person_id=person_id, program_id=program_id, joined_at=at
    )
    return int(connection.execute(statement.on_conflict_do_nothing()).rowcount) == 1


def leave(connection: Connection, list_id: str, person_id: str) -> bool:
    """Take somebody off a list; False when they were not on it."""
    statement = delete(_opt_in).where(_opt_in.c.list_id == list_id, _opt_in.c.person_id == person_id)
    return connection.execute(statement).rowcount == 1
