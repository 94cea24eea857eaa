"""Statements about Slack's limits and the heartbeat, shared by all replicas and outliving a restart."""

from typing import Any, NamedTuple

from sqlalchemy import BigInteger, BindParameter, Connection, and_, bindparam, case, select, update

from storage.delivery.real_time import REAL
from storage.engine import table_of
from storage.prepared import Prepared
from storage.program.pacing import Heartbeat, Pace
from storage.upsert import insert_into

BAR_MAX_MS = 3_600_000
"""Slack asks for seconds or minutes. A bar further ahead than this was written before the clock was set back."""

_OVERTAKING_MS = 10_000
"""Longer than any statement waits for its lock."""

_pace = table_of(Pace)
_heartbeat = table_of(Heartbeat)
_IS = and_(_pace.c.workspace == bindparam("in_workspace"), _pace.c.method == bindparam("by_method"))
_FOUND = select(_pace.c.spent_until, _pace.c.barred_until, REAL).where(_IS)
_LEVELS, _LOCKED = Prepared(_FOUND), Prepared(_FOUND.with_for_update())
_NEW: dict[str, Any] = {"spent_until": bindparam("spent"), "barred_until": bindparam("barred")}
_WRITE = Prepared(update(_pace).where(_IS).values(_NEW))
_ROOM: BindParameter[int] = bindparam("room", type_=BigInteger)
_IS_OPEN = and_(_pace.c.barred_until <= REAL, _pace.c.spent_until <= REAL + _ROOM)
_FROM = case((_pace.c.spent_until > REAL, _pace.c.spent_until), else_=REAL)
_SPENT = {"spent_until": _FROM + bindparam("spending", type_=BigInteger), "barred_until": REAL}
_TAKE_ALL = Prepared(update(_pace).where(_IS, _IS_OPEN).values(_SPENT))


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


def at_hand(connection: Connection, bucket: Bucket, *, real: int | None, most: int) -> int:
    """How many tokens there are just now, counting no further than `most`. Takes none. `real` as `RealTime.told`."""
    level = _level_of(_LEVELS.first(connection, _of(bucket, real)), bucket)
    return _tokens(bucket, level or _Level(0, 0, 0), most)


def comes_in_ms(connection: Connection, bucket: Bucket, *, real: int | None) -> int | None:
    """Real milliseconds until there is a token, 0 where there is one; None while Slack has asked us to wait."""
    level = _level_of(_LEVELS.first(connection, _of(bucket, real)), bucket) or _Level(0, 0, 0)
    if level.barred_until > level.real:
        return None
    return max(0, level.spent_until - level.real - (bucket.burst - 1) * bucket.interval_ms)


def take_tokens(connection: Connection, bucket: Bucket, *, real: int | None, most: int) -> int:
    """Take what tokens there are, `most` of them, and return how many.

    The generic cell rate algorithm (ITU-T I.371): a call is in order while the bucket is at most `burst` calls ahead.
    Call inside a write transaction; the row is locked until it ends. `real` as `RealTime.told`.
    """
    level = _locked(connection, bucket, real)
    taken = _tokens(bucket, level, most)
    if taken:
        _write(connection, bucket, level._replace(spent_until=level.spent_until + taken * bucket.interval_ms))
    return taken


def take_all(connection: Connection, bucket: Bucket, *, real: int | None, number: int) -> bool:
    """Take so many tokens if that many are there, by a single statement; False when `take_tokens` has to look closer.

    Nothing is barred, and nobody is further ahead than leaves room for these. `real` as `RealTime.told`.
    """
    if bucket.interval_ms and number > bucket.burst:
        return False
    # Without a pace nobody is ahead; only replicas whose statements overtook each other look as if they were.
    room = (bucket.burst - number) * bucket.interval_ms if bucket.interval_ms else _OVERTAKING_MS
    spent = {"room": room, "spending": number * bucket.interval_ms}
    return _TAKE_ALL.run(connection, _of(bucket, real) | spent) == 1


def bar(connection: Connection, bucket: Bucket, *, real: int | None, wait_ms: int) -> None:
    """Let no replica call the method for so long, an hour at most; a shorter bar changes nothing."""
    level = _locked(connection, bucket, real)
    until = max(level.barred_until, level.real + min(wait_ms, BAR_MAX_MS))
    _write(connection, bucket, level._replace(barred_until=until))


def is_barred(connection: Connection, bucket: Bucket, *, real: int | None) -> bool:
    """Whether Slack has asked us to wait, and the time is not over."""
    level = _level_of(_LEVELS.first(connection, _of(bucket, real)), bucket)
    return level is not None and level.barred_until > level.real


def is_busy(connection: Connection, bucket: Bucket, *, real: int | None) -> bool:
    """Whether calls come as fast as the limit lets them: more than half of the burst is spent at this moment."""
    level = _level_of(_LEVELS.first(connection, _of(bucket, real)), bucket)
    return level is not None and 2 * (level.spent_until - level.real) > bucket.burst * bucket.interval_ms


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


class _Level(NamedTuple):
    """Up to when the tokens are spent and calls are barred, and now (real milliseconds); neither lies before now.

    Every change writes both. Nobody can be further ahead than the burst; who seems to be was written before the clock
    was set back, and so was the bar beside it.
    """

    spent_until: int
    barred_until: int
    real: int


def _of(bucket: Bucket, real: int | None) -> dict[str, Any]:
    return {"in_workspace": bucket.workspace, "by_method": bucket.method, "real": real}


def _level_of(row: tuple[Any, ...] | None, bucket: Bucket) -> _Level | None:
    if row is None:
        return None
    spent_until, barred_until, real = row
    is_possible = spent_until <= real + bucket.burst * bucket.interval_ms
    is_bar_possible = is_possible and barred_until <= real + BAR_MAX_MS
    return _Level(
        spent_until=max(real, spent_until) if is_possible else real,
        barred_until=max(real, barred_until) if is_bar_possible else real,
        real=real,
    )


def _tokens(bucket: Bucket, level: _Level, most: int) -> int:
    if level.barred_until > level.real:
        return 0
    if bucket.interval_ms == 0:
        return most
    spent = -(-(level.spent_until - level.real) // bucket.interval_ms)
    return max(0, min(most, bucket.burst - spent))


def _locked(connection: Connection, bucket: Bucket, real: int | None) -> _Level:
    level = _level_of(_LOCKED.first(connection, _of(bucket, real)), bucket)
    if level is None:
        _ensure(connection, bucket)
        level = _level_of(_LOCKED.first(connection, _of(bucket, real)), bucket)
    if level is None:
        raise LookupError(bucket.method)
    return level


def _write(connection: Connection, bucket: Bucket, level: _Level) -> None:
    values = {"spent": level.spent_until, "barred": level.barred_until}
    _WRITE.run(connection, values | {"in_workspace": bucket.workspace, "by_method": bucket.method})


def _ensure(connection: Connection, bucket: Bucket) -> None:
    values = {"workspace": bucket.workspace, "method": bucket.method, "spent_until": 0, "barred_until": 0}
    statement = insert_into(connection, _pace).values(values)
    connection.execute(statement.on_conflict_do_nothing(index_elements=[_pace.c.workspace, _pace.c.method]))
