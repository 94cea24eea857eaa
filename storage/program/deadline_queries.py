"""Statements about deadlines themselves, and about lists of them; one query each."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, func, insert, literal, or_, select, update

from domain.deadlines import DeadlineState
from storage.engine import table_of
from storage.program.deadlines import DeadlinePerson, DeadlineRecord
from storage.program.people_queries import program

deadline = table_of(DeadlineRecord)
_person = table_of(DeadlinePerson)


class DeadlineRow(NamedTuple):
    """One as stored; see `storage.program.deadlines.DeadlineRecord`."""

    id: str
    program_id: str
    author_id: str
    state: str
    version: int
    title: str
    words: str
    link: str
    kind: str
    zone: str
    day: str
    minute: int
    is_second: bool | None
    due_at: int
    ladder: str
    audience: str
    takes_newcomers: bool
    needs_proof: bool
    is_told: bool
    created_at: int
    changed_at: int
    closed_at: int | None
    nudged_at: int | None
    people: int
    roster_version: int
    looked_at: int


class Counted(NamedTuple):
    """A deadline, how many of its people have met it, and how many have not who are here."""

    row: DeadlineRow
    met: int
    behind: int


COLUMNS = [deadline.c[name] for name in DeadlineRow._fields]


def one(connection: Connection, deadline_id: str) -> DeadlineRow | None:
    """One of them, of whatever program."""
    row = connection.execute(select(*COLUMNS).where(deadline.c.id == deadline_id)).first()
    return None if row is None else DeadlineRow._make(row)


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Write a new one."""
    connection.execute(insert(deadline), dict(values))


def change(connection: Connection, deadline_id: str, values: Mapping[str, Any]) -> None:
    """Change one, whose version rises. The caller has locked it."""
    connection.execute(
        update(deadline).where(deadline.c.id == deadline_id).values(version=deadline.c.version + 1, **values)
    )


def mark(connection: Connection, deadline_id: str, values: Mapping[str, Any]) -> None:
    """Note something about one that is no change of it."""
    connection.execute(update(deadline).where(deadline.c.id == deadline_id).values(**values))


def _number_behind(here: Select[Any]) -> ColumnElement[int]:
    is_behind = and_(_person.c.done_at.is_(None), _person.c.person_id.in_(here))
    asked = select(func.count()).where(_person.c.deadline_id == deadline.c.id, is_behind)
    return asked.correlate(deadline).scalar_subquery()


def of_program(
    connection: Connection,
    program_id: str,
    states: Sequence[DeadlineState],
    *,
    at_most: int,
    newest_first: bool,
    here: Select[Any] | None = None,
    but_first: int = 0,
) -> list[Counted]:
    """Those of a program in these states by when they are due, each with how many have met it; without the first ones.

    `here` finds the ids of all who are here; without it nobody is counted as behind.

    Drafts are not due yet: they come by when they were begun.
    """
    order = deadline.c.due_at.desc() if newest_first else deadline.c.due_at
    of_it = select(func.count(_person.c.done_at)).where(_person.c.deadline_id == deadline.c.id)
    met = of_it.correlate(deadline).scalar_subquery()
    asked = (
        select(*COLUMNS, met, literal(0) if here is None else _number_behind(here))
        .where(deadline.c.program_id == program_id, deadline.c.state.in_([each.value for each in states]))
        .order_by(order, deadline.c.created_at.desc(), deadline.c.id)
        .limit(at_most)
        .offset(but_first)
    )
    return [Counted(DeadlineRow._make(row[:-2]), int(row[-2]), int(row[-1])) for row in connection.execute(asked)]


def to_look_through(
    connection: Connection, *, at: int, stale_at: int, list_begins: str, lists_stale_at: int
) -> list[DeadlineRow]:
    """Open ones that take late joiners and are not due yet, where the roster is newer than they know.

    Also those looked at last by `stale_at`: memberships begin by themselves. Those for private lists, whose audience
    begins like that, by `lists_stale_at`: the roster knows nothing of who puts themselves on one.
    """
    of_list = and_(deadline.c.audience.startswith(list_begins, autoescape=True), deadline.c.looked_at <= lists_stale_at)
    asked = (
        select(*COLUMNS)
        .join_from(deadline, program, program.c.id == deadline.c.program_id)
        .where(
            deadline.c.state == DeadlineState.OPEN.value,
            deadline.c.takes_newcomers.is_(True),
            deadline.c.due_at > at,
            or_(deadline.c.roster_version < program.c.roster_version, deadline.c.looked_at <= stale_at, of_list),
        )
        .order_by(deadline.c.due_at)
    )
    return [DeadlineRow._make(row) for row in connection.execute(asked)]
