"""Statements of the audit trail: adding to it, and reading what happened to one thing. Nothing changes an entry."""

from collections.abc import Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, insert, select

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


def add(connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
    """Write entries in this order."""
    connection.execute(insert(_audit), [dict(row) for row in rows])


def of_object(connection: Connection, object_id: str, *, program_id: str, at_most: int) -> list[AuditRow]:
    """The newest entries about a thing of a program, the last one written first."""
    asked = (
        select(*(_audit.c[name] for name in AuditRow._fields))
        .where(_audit.c.object_id == object_id, _audit.c.program_id == program_id)
        .order_by(_audit.c.number.desc())
        .limit(at_most)
    )
    return [AuditRow._make(row) for row in connection.execute(asked)]
