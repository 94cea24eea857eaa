"""PostgreSQL: a server for any number of processes, whose every wait is bounded."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Any

from sqlalchemy import (
    ARRAY,
    BigInteger,
    ColumnElement,
    Connection,
    Engine,
    Function,
    Text,
    bindparam,
    cast,
    create_engine,
    func,
    make_url,
    select,
)

from storage.database import REQUEST_LOCK_WAIT_SECONDS
from storage.listening import give_up_silence
from storage.prepared import Prepared, Values
from storage.questions import hold_to_questions

ANSWER_MARGIN_SECONDS = 0.5
"""How much longer than it waits for a lock a statement may run, and then how much longer its answer may take."""
CONNECT_TIMEOUT_SECONDS = 2
KEPT_OPEN, AT_ONCE = 5, 20
"""Connections for questions in a quiet moment and in a busy one, and as many for the rest."""
PREPARED_AFTER = 1
"""What was asked so often on a connection is asked again and again: the server reads it once more, and keeps it."""
TCP_SECONDS = 15
_BUSY_SQLSTATES = {
    "55P03",  # lock_not_available
    "57014",  # query_canceled
    "40P01",  # deadlock_detected
    "40001",  # serialization_failure
}
_READ_ONLY_SQLSTATE = "25006"  # read_only_sql_transaction


def _hash(name: ColumnElement[str]) -> Function[Any]:
    return func.hashtextextended(name, cast(0, BigInteger))


_NAMES = func.unnest(cast(bindparam("names"), ARRAY(Text))).column_valued("name")
_LOCK_EACH = Prepared(select(func.count(func.pg_advisory_xact_lock(_hash(_NAMES)))))
"""A function gives its rows in order. They are counted so that one comes back, however many there are."""
_TRY_LOCK = Prepared(select(func.pg_try_advisory_xact_lock(_hash(bindparam("name")))))


class Postgresql:
    """A server. Lock waits are bounded by `lock_timeout`, and a server that does not answer soon after that is away.

    With `is_patient`, for whatever nobody waits for, a statement runs as long as it needs.
    """

    def __init__(self, url: str, lock_wait_seconds: float, *, is_patient: bool) -> None:
        self.engine = _create(url, lock_wait_seconds, is_patient=is_patient)
        self._at_once = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self.asking = _create(url, lock_wait_seconds, is_patient=is_patient, may_write=False)
        hold_to_questions(self.asking)

    def ask(self) -> AbstractContextManager[Connection]:
        """See `Database`."""
        return self.asking.connect()

    def read(self) -> AbstractContextManager[Connection]:
        """See `Database`."""
        return self.engine.begin()

    def write(self) -> AbstractContextManager[Connection]:
        """See `Database`."""
        return self.engine.begin()

    def write_at_once(self) -> AbstractContextManager[Connection]:
        """The server opens and commits a transaction of its own accord: two ways to it less."""
        return self._at_once.connect()

    def lock_each(self, connection: Connection, names: Sequence[str]) -> None:
        """An advisory lock on a hash of each name; two names that share a hash only wait for each other."""
        for statement, values in self.locking(names):
            statement.first(connection, values)

    def locking(self, names: Sequence[str]) -> Sequence[tuple[Prepared, Values]]:
        """The same, not yet asked for."""
        return ((_LOCK_EACH, {"names": list(names)}),) if names else ()

    def try_lock(self, connection: Connection, name: str) -> bool:
        """The same lock, if nobody has it."""
        return _TRY_LOCK.first(connection, {"name": name}) == (True,)

    def is_busy(self, error: BaseException) -> bool:
        """See `Database`."""
        return getattr(error, "sqlstate", None) in _BUSY_SQLSTATES

    def is_refusal(self, error: BaseException | None) -> bool:
        """See `Database`."""
        return getattr(error, "sqlstate", None) == _READ_ONLY_SQLSTATE

    def dispose(self) -> None:
        """See `Database`."""
        self.asking.dispose()
        self.engine.dispose()


def _create(url: str, lock_wait_seconds: float, *, is_patient: bool, may_write: bool = True) -> Engine:
    answer_seconds = None if is_patient else max(lock_wait_seconds, REQUEST_LOCK_WAIT_SECONDS) + ANSWER_MARGIN_SECONDS
    engine = create_engine(
        url,
        hide_parameters=True,  # an error's text would otherwise carry them, sealed text's plain neighbors included
        isolation_level=None if may_write else "AUTOCOMMIT",
        pool_pre_ping=is_patient,
        pool_size=KEPT_OPEN,
        max_overflow=AT_ONCE - KEPT_OPEN,
        pool_timeout=lock_wait_seconds,
        use_native_hstore=False,  # which would be looked for at the first connection, and nobody has one
        connect_args=_network(answer_seconds)
        | {"prepare_threshold": PREPARED_AFTER}
        | {"options": f"{_options(url)} {_settings(lock_wait_seconds, answer_seconds, may_write=may_write)}".strip()},
    )
    if answer_seconds is not None:
        give_up_silence(engine, answer_seconds + ANSWER_MARGIN_SECONDS)
    engine.dialect.use_insertmanyvalues_wo_returning = True  # many rows in one statement, not in one each
    return engine


def _options(url: str) -> str:
    """Those in the address, which libpq would not see beside ours; ours come after them, and the last one counts."""
    options = make_url(url).query.get("options", "")
    return options if isinstance(options, str) else " ".join(options)


def _settings(lock_wait_seconds: float, answer_seconds: float | None, *, may_write: bool) -> str:
    """What the server sees to: lock waits, long statements, and who writes."""
    settings = {"lock_timeout": str(int(lock_wait_seconds * 1000))}
    if answer_seconds is not None:
        settings["statement_timeout"] = str(int(answer_seconds * 1000))
    if not may_write:
        settings["default_transaction_read_only"] = "on"
    return " ".join(f"-c {name}={value}" for name, value in settings.items())


def _network(answer_seconds: float | None) -> dict[str, str | int]:
    """What libpq sees to: a network that loses packets."""
    return {
        "connect_timeout": CONNECT_TIMEOUT_SECONDS,
        "keepalives_idle": TCP_SECONDS,
        "keepalives_interval": TCP_SECONDS // 3,
        "keepalives_count": 3,
        "tcp_user_timeout": int((answer_seconds or TCP_SECONDS) * 1000),
    }
