"""Statements about the sealed reasons of requests for more time."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, select

from storage.confidential.extensions import ExtensionReason
from storage.engine import table_of
from storage.upsert import insert_into

_reason = table_of(ExtensionReason)


class ReasonRow(NamedTuple):
    """One as stored."""

    request_id: str
    program_id: str
    deadline_id: str
    person_id: str
    reason: bytes


def add(connection: Connection, values: Mapping[str, Any]) -> None:
    """Write a reason; that of a request which has one already stays."""
    connection.execute(insert_into(connection, _reason).values(**values).on_conflict_do_nothing())


def one(connection: Connection, request_id: str) -> ReasonRow | None:
    """The reason of a request, or None where there is none (any more)."""
    asked = select(*(_reason.c[name] for name in ReasonRow._fields)).where(_reason.c.request_id == request_id)
    row = connection.execute(asked).first()
    return None if row is None else ReasonRow._make(row)
