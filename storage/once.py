"""Once-only keys of requests, written inside the effect's own transaction, in the effect's own store.

The mixin gives both stores a table of the same shape; a replay of a request finds the outcome and repeats it.
"""

import json
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, Connection, Table, bindparam, delete, select
from sqlmodel import Field, SQLModel

from domain.errors import StoreBusy
from storage.prepared import Prepared
from storage.upsert import insert_into

KEEP_SECONDS = 2 * 24 * 3600  # Slack retries events for a day at most; two days leave room for an outage


class OnceColumns(SQLModel):
    """Columns of a once-only key: who sees it is nobody; the outcome holds ids and kinds only."""

    key: str = Field(primary_key=True)
    program_id: str
    outcome: str
    at: int = Field(sa_type=BigInteger, index=True)


def recall(connection: Connection, table: Table, key: str) -> dict[str, Any] | None:
    """The outcome stored for this request, or None when it is new."""
    stored = _outcome_of(table).first(connection, {"key": key})
    return None if stored is None else json.loads(stored[0])


@cache
def _outcome_of(table: Table) -> Prepared:
    return Prepared(select(table.c.outcome).where(table.c.key == bindparam("key")))


def remember(
    connection: Connection, table: Table, key: str, *, program_id: str, outcome: dict[str, Any], at: datetime
) -> None:
    """Store the outcome. Two transactions with the same key collide here, and the later one rolls back whole.

    Raises `StoreBusy` for that one: it is the same press once more, and whoever tries again is given the outcome.
    """
    row = {"key": key, "program_id": program_id, "outcome": json.dumps(outcome), "at": int(at.timestamp())}
    if _insert_into(table).run(connection, row) == 0:
        raise StoreBusy


@cache
def _insert_into(table: Table) -> Prepared:
    return Prepared(lambda connection: insert_into(connection, table).on_conflict_do_nothing(index_elements=["key"]))


def forget_before(connection: Connection, table: Table, moment: datetime) -> int:
    """Delete keys older than the moment and return how many."""
    return connection.execute(delete(table).where(table.c.at < int(moment.timestamp()))).rowcount
