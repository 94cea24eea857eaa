"""One database behind three doors: `ask()`, `read()` and `write()`, the same on SQLite and PostgreSQL."""

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import (
    BigInteger,
    Connection,
    Engine,
    Table,
    bindparam,
    cast,
    create_engine,
    event,
    func,
    make_url,
    select,
)
from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError
from sqlmodel import SQLModel

from domain.errors import StoreAway, StoreBusy
from storage.asking import Kept
from storage.questions import asking
from storage.turns import Turns, driver_of

REQUEST_LOCK_WAIT_SECONDS = 1.5
CLI_LOCK_WAIT_SECONDS = 15.0
LOCK_WAIT_GRAIN_SECONDS = 0.01
"""By how much a wait for a lock may be too long; less is not worth telling SQLite, which costs half a BEGIN."""
ANSWER_MARGIN_SECONDS = 0.5
"""How much longer than it waits for a lock a statement may run, and then how much longer its answer may take."""
CONNECT_TIMEOUT_SECONDS = 2
TCP_SECONDS = 15
_BUSY_SQLSTATES = {
    "55P03",  # lock_not_available
    "57014",  # query_canceled
    "40P01",  # deadlock_detected
    "40001",  # serialization_failure
}
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "wal_autocheckpoint=4000",  # 16 MB: a booking writes forty pages, and who is booking waits for the checkpoint
)
WITHOUT_ROWID = {"sqlite_with_rowid": False}
"""For a table that is its primary key and little else: SQLite keeps its rows in the key's index and writes one page."""


_LOCK = select(func.pg_advisory_xact_lock(func.hashtextextended(bindparam("name"), cast(0, BigInteger))))


class Store:
    """One engine and its transactions. Core connections only; rows never leave the storage layer as ORM objects.

    On SQLite the writers of this process take turns (threads that pile up on the file lock have a p99 of a second) and
    share commits, and BEGIN IMMEDIATE takes the file's write lock at once, so a check inside `write()` stays true until
    its commit. PostgreSQL needs neither; its lock waits are bounded by `lock_timeout`. A writer waits at most
    `lock_wait_seconds` for both locks of SQLite together.

    A PostgreSQL that does not answer soon after that is away. With `is_patient`, for migrations and whatever else
    nobody waits for, a statement runs as long as it needs.
    """

    def __init__(
        self,
        url: str,
        *,
        lock_wait_seconds: float = REQUEST_LOCK_WAIT_SECONDS,
        is_patient: bool = False,
    ) -> None:
        self.engine = _create(url, lock_wait_seconds, is_patient=is_patient)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self.turns = Turns(self._begin_writing, lock_wait_seconds)
        self._lock_wait_seconds = lock_wait_seconds
        # On SQLite nothing begins a transaction unless we say so.
        self._asking = asking(self.engine, **({} if self.is_sqlite else {"isolation_level": "AUTOCOMMIT"}))
        self._kept = Kept(self._asking)

    @contextmanager
    def ask(self) -> Iterator[Connection]:
        """For a single question, whose answer is of one instant anyway: to open and end a transaction costs as much.

        Not for writing, since nobody takes turns here: a statement that is no SELECT raises SQLAlchemy's
        `InvalidRequestError`. Raises `StoreBusy` or `StoreAway`.
        """
        with _translated(), self._kept.connection() if self.is_sqlite else self._asking.connect() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that changes nothing. Raises `StoreBusy` or `StoreAway`."""
        with _translated(), self.engine.begin() as connection:
            if self.is_sqlite:
                driver_of(connection).execute("BEGIN")
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that commits on leaving, or rolls back on any exception. Raises `StoreBusy` or `StoreAway`."""
        if not self.is_sqlite:
            with _translated(), self.engine.begin() as connection:
                yield connection
            return
        with _translated(), self.turns.turn() as connection:
            yield connection

    def _begin_writing(self, wait_seconds: float) -> Connection:
        connection = self.engine.connect()
        try:
            connection.begin()
            if self._lock_wait_seconds - wait_seconds < LOCK_WAIT_GRAIN_SECONDS:
                driver_of(connection).execute("BEGIN IMMEDIATE")
            else:
                _begin_within(driver_of(connection), wait_seconds, then=self._lock_wait_seconds)
        except BaseException:
            connection.close()
            raise
        return connection

    def lock(self, connection: Connection, name: str) -> None:
        """Let no other writer past this point for the same name until the transaction ends.

        SQLite has one writer at a time anyway; PostgreSQL takes an advisory lock on a hash of the name (two names that
        share a hash only wait for each other). Take several in sorted order.
        """
        if not self.is_sqlite:
            connection.execute(_LOCK, {"name": name})

    def answers(self) -> bool:
        """Whether the database can be asked at all just now."""
        try:
            with self.read() as connection:
                connection.execute(select(1))
        except (StoreBusy, StoreAway):
            return False
        return True

    def dispose(self) -> None:
        """Close all connections."""
        self._kept.close()
        self.engine.dispose()


def _create(url: str, lock_wait_seconds: float, *, is_patient: bool) -> Engine:
    # hide_parameters: an error's text would otherwise carry the bound values, sealed text's plain neighbors included.
    if make_url(url).get_backend_name() == "sqlite":
        return _create_sqlite(url, lock_wait_seconds)
    answer_seconds = None if is_patient else max(lock_wait_seconds, REQUEST_LOCK_WAIT_SECONDS) + ANSWER_MARGIN_SECONDS
    engine = create_engine(
        url,
        hide_parameters=True,
        pool_pre_ping=is_patient,
        pool_size=10,
        pool_timeout=lock_wait_seconds,
        connect_args=_postgresql_options(lock_wait_seconds, answer_seconds),
    )
    if answer_seconds is not None:
        from storage.listening import give_up_silence  # noqa: PLC0415 psycopg is loaded by those who use it

        give_up_silence(engine, answer_seconds + ANSWER_MARGIN_SECONDS)
    engine.dialect.use_insertmanyvalues_wo_returning = True  # many rows in one statement, not in one each
    return engine


def _postgresql_options(lock_wait_seconds: float, answer_seconds: float | None) -> dict[str, str | int]:
    """What libpq and the server see to: lock waits, long statements, and a network that loses packets."""
    options = f"-c lock_timeout={int(lock_wait_seconds * 1000)}"
    if answer_seconds is not None:
        options += f" -c statement_timeout={int(answer_seconds * 1000)}"
    return {
        "options": options,
        "connect_timeout": CONNECT_TIMEOUT_SECONDS,
        "keepalives_idle": TCP_SECONDS,
        "keepalives_interval": TCP_SECONDS // 3,
        "keepalives_count": 3,
        "tcp_user_timeout": int((answer_seconds or TCP_SECONDS) * 1000),
    }


def _create_sqlite(url: str, lock_wait_seconds: float) -> Engine:
    path = make_url(url).database
    if path and path != ":memory:":
        _create_file(Path(path))
    engine = create_engine(
        url,
        hide_parameters=True,
        max_overflow=-1,  # each thread keeps one, and there are as many threads as the settings say
        pool_reset_on_return=None,  # whoever opens a transaction ends it before they give the connection back
        connect_args={"timeout": lock_wait_seconds},
    )

    @event.listens_for(engine, "connect")
    def _on_connect(dbapi_connection: Any, _record: object) -> None:
        # We say BEGIN ourselves, and not from an event: with one on the engine, each statement pays for asking.
        dbapi_connection.isolation_level = None
        for pragma in _PRAGMAS:
            dbapi_connection.execute(f"PRAGMA {pragma}")

    return engine


def _begin_within(driver: sqlite3.Connection, wait_seconds: float, *, then: float) -> None:
    driver.execute(_busy_timeout(wait_seconds))
    try:
        driver.execute("BEGIN IMMEDIATE")
    finally:
        driver.execute(_busy_timeout(then))  # the connection's next user has not waited for anything yet


def _busy_timeout(seconds: float) -> str:
    return f"PRAGMA busy_timeout={int(seconds * 1000)}"


def _create_file(path: Path) -> None:
    # Nobody else on the machine reads it; SQLite gives its journal files the same mode as the database.
    path.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    path.touch(mode=0o600, exist_ok=True)


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except (OperationalError, sqlite3.OperationalError) as error:
        raise _translate(error) from error
    except PoolTimeoutError as error:
        raise StoreBusy from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise StoreAway from error
        raise


def _translate(error: OperationalError | sqlite3.OperationalError) -> Exception:
    cause = error.orig if isinstance(error, OperationalError) else error
    sqlstate = getattr(cause, "sqlstate", None)
    text = str(cause)
    if sqlstate in _BUSY_SQLSTATES or (sqlstate is None and ("locked" in text or "busy" in text)):
        return StoreBusy()
    return StoreAway()


def table_of(model: type[SQLModel]) -> Table:
    """The Core table behind a declared model; hot paths speak Core."""
    return model.metadata.tables[str(model.__tablename__)]
