"""Statements about Slack's limits and the heartbeat, shared by all replicas and outliving a restart."""

from typing import Any, NamedTuple

from sqlalchemy import Connection, select, update

from storage.engine import table_of
from storage.program.pacing import Heartbeat, Pace
from storage.upsert import insert_into

BAR_MAX_MS = 3_600_000
"""Slack asks for seconds or minutes. A bar further ahead than this was written before the clock was set back."""

_pace = table_of(Pace)
_heartbeat = table_of(Heartbeat)


class Beat(NamedTuple):
    """The last sign of life of any replica: when (real milliseconds), and what keeps it from sending."""

    at: int
    trouble: str


class Bucket(NamedTuple):
    """One method's limit in one workspace: a token each `interval_ms` (real milliseconds), `burst` of them at once."""

    workspace: str
    method: str
    interval_ms: int
    burst: int


def wait_ms(connection: Connection, bucket: Bucket, *, real: int) -> int:
    """How many milliseconds to wait for the next token; 0 when there is one. Takes nothing."""
    row = connection.execute(_levels(bucket)).first()
    return 0 if row is None else _wait(bucket, row.spent_until, row.barred_until, real)


def take_token(connection: Connection, bucket: Bucket, *, real: int) -> int:
    """Take one token, or return how many milliseconds to wait for the next; 0 means taken.

    The generic cell rate algorithm (ITU-T I.371): a call is in order while the bucket is at most `burst` calls ahead.
    Call inside a write transaction; the row is locked until it ends.
    """
    row = connection.execute(_levels(bucket).with_for_update()).first()
    if row is None:
        _ensure(connection, bucket)
        row = connection.execute(_levels(bucket).with_for_update()).one()
    wait = _wait(bucket, row.spent_until, row.barred_until, real)
    if wait == 0:
        spent_until = _spent(bucket, row.spent_until, real) + bucket.interval_ms
        connection.execute(update(_pace).where(_is(bucket)).values(spent_until=spent_until))
    return wait


def bar(connection: Connection, bucket: Bucket, *, until: int) -> None:
    """Let no replica call the method before an instant (real milliseconds); a shorter bar changes nothing."""
    _ensure(connection, bucket)
    connection.execute(update(_pace).where(_is(bucket), _pace.c.barred_until < until).values(barred_until=until))


def barred_until(connection: Connection, bucket: Bucket) -> int:
    """Until when (real milliseconds) Slack has asked us to wait, the last time it did."""
    row = connection.execute(_levels(bucket)).first()
    return 0 if row is None else int(row.barred_until)


def beat(connection: Connection, workspace: str, *, at: int, trouble: str) -> None:
    """Note a sign of life."""
    statement = insert_into(connection, _heartbeat).values(workspace=workspace, at=at, trouble=trouble)
    connection.execute(
        statement.on_conflict_do_update(index_elements=[_heartbeat.c.workspace], set_={"at": at, "trouble": trouble})
    )


def last_beat(connection: Connection, workspace: str) -> Beat | None:
    """The last sign of life, or None when nobody ever gave one."""
    statement = select(_heartbeat.c.at, _heartbeat.c.trouble).where(_heartbeat.c.workspace == workspace)
    row = connection.execute(statement).first()
    return None if row is None else Beat(int(row.at), row.trouble)


def _levels(bucket: Bucket) -> Any:
    return select(_pace.c.spent_until, _pace.c.barred_until).where(_is(bucket))


def _is(bucket: Bucket) -> Any:
    return (_pace.c.workspace == bucket.workspace) & (_pace.c.method == bucket.method)


def _wait(bucket: Bucket, spent_until: int, barred_until: int, real: int) -> int:
    if real < barred_until <= real + BAR_MAX_MS:
        return barred_until - real
    return max(0, _spent(bucket, spent_until, real) - real - (bucket.burst - 1) * bucket.interval_ms)


def _spent(bucket: Bucket, spent_until: int, real: int) -> int:
    # Nobody can be further ahead than the burst; who seems to be was written before the clock was set back.
    is_possible = real <= spent_until <= real + bucket.burst * bucket.interval_ms
    return spent_until if is_possible else real


def _ensure(connection: Connection, bucket: Bucket) -> None:
    values = {"workspace": bucket.workspace, "method": bucket.method, "spent_until": 0, "barred_until": 0}
    statement = insert_into(connection, _pace).values(values)
    connection.execute(statement.on_conflict_do_nothing(index_elements=[_pace.c.workspace, _pace.c.method]))
