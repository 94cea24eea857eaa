"""Statements of the audit trail: adding to it, and reading what happened to one thing. Nothing changes an entry."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, and_, case, func, insert, literal, or_, select, union

from storage.engine import table_of
from storage.program.audit import AuditEntry

_audit = table_of(AuditEntry)


class AuditRow(NamedTuple):
    """A stored entry; `at` in epoch seconds."""

    at: int
    by_id: str
    deed: str
    about_id: str
    detail: str


class Deeds(NamedTuple):
    """Deeds that tie somebody to a thing: those they did, and those that were `about` them."""

    by: tuple[str, ...]
    about: tuple[str, ...] = ()


def add(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write entries in this order."""
    connection.execute(insert(_audit), [dict(row) for row in rows])


def of_object(
    connection: Connection,
    object_id: str,
    *,
    program_id: str,
    page: int,
    at_most: int,
    but_own: Collection[str] = (),
) -> tuple[list[AuditRow], int]:
    """A page of the entries about a thing of a program, the last one written first, and how many there are in all.

    Pages count from 0 and hold `at_most` each; past the last page there is the last one again. Without some deeds of
    whoever did them to what is their own. One query.
    """
    is_own = and_(_audit.c.deed.in_(but_own), _audit.c.by_id == _audit.c.about_id)
    is_meant = and_(_audit.c.object_id == object_id, _audit.c.program_id == program_id, ~is_own)
    number = select(func.count()).select_from(_audit).where(is_meant).scalar_subquery()
    of_last = (number - 1) // at_most * at_most
    asked = (
        select(*(_audit.c[name] for name in AuditRow._fields), func.count().over())
        .where(is_meant)
        .order_by(_audit.c.number.desc())
        .limit(at_most)
        .offset(case((number > page * at_most, page * at_most), else_=of_last))
    )
    rows = connection.execute(asked).all()
    return [AuditRow._make(row[:-1]) for row in rows], int(rows[0][-1]) if rows else 0


def who_did(connection: Connection, object_id: str, deeds: Deeds) -> set[str]:
    """The ids of all who did one of these deeds to a thing, or whom one of them was about."""
    is_of = _audit.c.object_id == object_id
    did = select(_audit.c.by_id).where(is_of, _audit.c.deed.in_(deeds.by))
    meant = select(_audit.c.about_id).where(is_of, _audit.c.deed.in_(deeds.about))
    return {str(found) for found in connection.execute(union(did, meant)).scalars()}


def last_of(connection: Connection, object_id: str, deeds: Collection[str]) -> AuditRow | None:
    """The last entry about a thing that is of one of these deeds."""
    asked = select(*(_audit.c[name] for name in AuditRow._fields)).where(
        _audit.c.object_id == object_id, _audit.c.deed.in_(deeds)
    )
    row = connection.execute(asked.order_by(_audit.c.number.desc()).limit(1)).first()
    return None if row is None else AuditRow._make(row)


def has_done(object_id: ColumnElement[str], person_id: str, deeds: Deeds) -> ColumnElement[bool]:
    """Whether somebody did one of these deeds to a thing, or one was about them.

    The id of the thing is in a column of a larger question.
    """
    did = and_(_audit.c.by_id == person_id, _audit.c.deed.in_(deeds.by))
    was_meant = and_(_audit.c.about_id == person_id, _audit.c.deed.in_(deeds.about))
    return select(literal(1)).where(_audit.c.object_id == object_id, or_(did, was_meant)).exists()
