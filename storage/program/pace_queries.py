"""Statements about Slack's limits and the heartbeat, shared by all replicas and outliving a restart."""

from typing import Any, NamedTuple

from sqlalchemy import Connection, select, update
from sqlalchemy.dialects.postgresql import insert as postgresql_insert
from sqlalchemy.dialects.sqlite import insert as sqlite_insert

from storage.engine import table_of
from storage.program.pacing import Heartbeat, Pace

_pace = table_of(Pace)
_heartbeat = table_of(Heartbeat)


class Beat(NamedTuple):
    """The last sign of life of any replica: when (real milliseconds), and what keeps it from sending."""

    at: int
    trouble: str


def take_token(connection: Connection, workspace: str, method: str, *, real: int, interval_ms: int, burst: int) -> int:
    """Take one token, or return how many milliseconds to wait for the next; 0 means taken.

    The generic cell rate algorithm (ITU-T I.371): a call is in order while the bucket is at most `burst` calls ahead.
    Call inside a write transaction; the row is locked until it ends.
    """
    _ensure(connection, workspace, method)
    where = (_pace.c.workspace == workspace) & (_pace.c.method == method)
    row = connection.execute(select(_pace.c.spent_until, _pace.c.barred_until).where(where).with_for_update()).one()
    if row.barred_until > real:
        return int(row.barred_until - real)
    spent_until = max(int(row.spent_until), real)
    ahead = spent_until - real - (burst - 1) * interval_ms
    if ahead > 0:
        return ahead
    connection.execute(update(_pace).where(where).values(spent_until=spent_until + interval_ms))
    return 0


def bar(connection: Connection, workspace: str, method: str, *, until: int) -> None:
    """Let no replica call the method before an instant (real milliseconds); a shorter bar changes nothing."""
    _ensure(connection, workspace, method)
    connection.execute(
        update(_pace)
        .where(_pace.c.workspace == workspace, _pace.c.method == method, _pace.c.barred_until < until)
        .values(barred_until=until)
    )


def beat(connection: Connection, workspace: str, *, at: int, trouble: str) -> None:
    """Note a sign of life."""
    statement = _insert(connection, _heartbeat).values(workspace=workspace, at=at, trouble=trouble)
    connection.execute(
        statement.on_conflict_do_update(index_elements=[_heartbeat.c.workspace], set_={"at": at, "trouble": trouble})
    )


def last_beat(connection: Connection, workspace: str) -> Beat | None:
    """The last sign of life, or None when nobody ever gave one."""
    statement = select(_heartbeat.c.at, _heartbeat.c.trouble).where(_heartbeat.c.workspace == workspace)
    row = connection.execute(statement).first()
    return None if row is None else Beat(int(row.at), row.trouble)


def _ensure(connection: Connection, workspace: str, method: str) -> None:
    statement = _insert(connection, _pace).values(workspace=workspace, method=method, spent_until=0, barred_until=0)
    connection.execute(statement.on_conflict_do_nothing(index_elements=[_pace.c.workspace, _pace.c.method]))


def _insert(connection: Connection, table: Any) -> Any:
    return sqlite_insert(table) if connection.dialect.name == "sqlite" else postgresql_insert(table)
