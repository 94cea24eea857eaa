"""Statements about Slack's limits and the heartbeat, shared by all replicas and outliving a restart."""

from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, select, update

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


def at_hand(connection: Connection, bucket: Bucket, *, real: int, most: int) -> int:
    """How many tokens there are just now, counting no further than `most`. Takes none."""
    row = connection.execute(_levels(bucket)).first()
    level = _Level(real, real) if row is None else _Level.of(row, bucket, real)
    return _tokens(bucket, level, real, most)


def take_tokens(connection: Connection, bucket: Bucket, *, real: int, most: int) -> int:
    """Take what tokens there are, `most` of them, and return how many.

    The generic cell rate algorithm (ITU-T I.371): a call is in order while the bucket is at most `burst` calls ahead.
    Call inside a write transaction; the row is locked until it ends.
    """
    level = _locked(connection, bucket, real)
    taken = _tokens(bucket, level, real, most)
    if taken:
        _write(connection, bucket, level._replace(spent_until=level.spent_until + taken * bucket.interval_ms))
    return taken


def bar(connection: Connection, bucket: Bucket, *, real: int, wait_ms: int) -> None:
    """Let no replica call the method for so long, an hour at most; a shorter bar changes nothing."""
    level = _locked(connection, bucket, real)
    until = max(level.barred_until, real + min(wait_ms, BAR_MAX_MS))
    _write(connection, bucket, level._replace(barred_until=until))


def is_barred(connection: Connection, bucket: Bucket, *, real: int) -> bool:
    """Whether Slack has asked us to wait, and the time is not over."""
    row = connection.execute(_levels(bucket)).first()
    return row is not None and _Level.of(row, bucket, real).barred_until > real


def is_busy(connection: Connection, bucket: Bucket, *, real: int) -> bool:
    """Whether calls come as fast as the limit lets them: more than half of the burst is spent at this moment."""
    row = connection.execute(_levels(bucket)).first()
    if row is None:
        return False
    return 2 * (_Level.of(row, bucket, real).spent_until - real) > bucket.burst * bucket.interval_ms


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


class _Level(NamedTuple):
    """Up to when the tokens are spent and calls are barred (real milliseconds); neither lies before now.

    Every change writes both. Nobody can be further ahead than the burst; who seems to be was written before the clock
    was set back, and so was the bar beside it.
    """

    spent_until: int
    barred_until: int

    @classmethod
    def of(cls, row: Row[Any], bucket: Bucket, real: int) -> "_Level":
        is_possible = row.spent_until <= real + bucket.burst * bucket.interval_ms
        is_bar_possible = is_possible and row.barred_until <= real + BAR_MAX_MS
        return cls(
            spent_until=max(real, row.spent_until) if is_possible else real,
            barred_until=max(real, row.barred_until) if is_bar_possible else real,
        )


def _tokens(bucket: Bucket, level: _Level, real: int, most: int) -> int:
    if level.barred_until > real:
        return 0
    if bucket.interval_ms == 0:
        return most
    spent = -(-(level.spent_until - real) // bucket.interval_ms)
    return max(0, min(most, bucket.burst - spent))


def _locked(connection: Connection, bucket: Bucket, real: int) -> _Level:
    row = connection.execute(_levels(bucket).with_for_update()).first()
    if row is None:
        _ensure(connection, bucket)
        row = connection.execute(_levels(bucket).with_for_update()).one()
    return _Level.of(row, bucket, real)


def _write(connection: Connection, bucket: Bucket, level: _Level) -> None:
    connection.execute(update(_pace).where(_is(bucket)).values(level._asdict()))


def _ensure(connection: Connection, bucket: Bucket) -> None:
    values = {"workspace": bucket.workspace, "method": bucket.method, "spent_until": 0, "barred_until": 0}
    statement = insert_into(connection, _pace).values(values)
    connection.execute(statement.on_conflict_do_nothing(index_elements=[_pace.c.workspace, _pace.c.method]))
