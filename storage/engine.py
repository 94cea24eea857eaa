"""One database behind two doors: `read()` and `write()`, the same on SQLite and PostgreSQL."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url
from sqlalchemy.exc import DBAPIError, OperationalError

from domain.errors import StoreAway, StoreBusy

REQUEST_LOCK_WAIT_SECONDS = 1.5
CLI_LOCK_WAIT_SECONDS = 15.0
_BUSY_SQLSTATES = {"55P03", "57014"}  # lock_not_available, query_canceled


class Store:
    """One engine and its transactions. Core connections only; rows never leave the storage layer as ORM objects.

    On SQLite a lock of this process queues the writers (threads that pile up on the file lock have a p99 of a
    second), and BEGIN IMMEDIATE takes the file's write lock at once, so a check inside `write()` stays true until
    its commit. PostgreSQL needs neither; its lock waits are bounded by `lock_timeout`.
    """

    def __init__(self, url: str, *, lock_wait_seconds: float = REQUEST_LOCK_WAIT_SECONDS) -> None:
        self.engine = _create(url, lock_wait_seconds)
        self.is_sqlite = self.engine.dialect.name == "sqlite"
        self._immediate = self.engine.execution_options(immediate=True)
        self._lock_wait_seconds = lock_wait_seconds
        self._writer = threading.Lock()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that changes nothing. Raises `StoreBusy` or `StoreAway`."""
        with _translated(), self.engine.begin() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that commits on leaving, or rolls back on any exception. Raises `StoreBusy` or `StoreAway`."""
        if not self.is_sqlite:
            with _translated(), self.engine.begin() as connection:
                yield connection
            return
        if not self._writer.acquire(timeout=self._lock_wait_seconds):
            raise StoreBusy
        try:
            with _translated(), self._immediate.begin() as connection:
                yield connection
        finally:
            self._writer.release()

    def dispose(self) -> None:
        """Close all connections."""
        self.engine.dispose()


def _create(url: str, lock_wait_seconds: float) -> Engine:
    # hide_parameters: an error's text would otherwise carry the bound values, sealed text's plain neighbors included.
    if make_url(url).get_backend_name() == "sqlite":
        return _create_sqlite(url, lock_wait_seconds)
    wait = f"-c lock_timeout={int(lock_wait_seconds * 1000)}"
    return create_engine(url, hide_parameters=True, pool_pre_ping=True, pool_size=10, connect_args={"options": wait})


def _create_sqlite(url: str, lock_wait_seconds: float) -> Engine:
    path = make_url(url).database
    if path and path != ":memory:":
        Path(path).parent.mkdir(mode=0o700, parents=True, exist_ok=True)
    engine = create_engine(url, hide_parameters=True, connect_args={"timeout": lock_wait_seconds})

    @event.listens_for(engine, "connect")
    def _on_connect(dbapi_connection: Any, _record: object) -> None:
        dbapi_connection.isolation_level = None  # we say BEGIN ourselves
        for pragma in (
            "journal_mode=WAL",
            "synchronous=FULL",
            "foreign_keys=ON",
            "secure_delete=ON",
            "trusted_schema=OFF",
        ):
            dbapi_connection.execute(f"PRAGMA {pragma}")

    @event.listens_for(engine, "begin")
    def _on_begin(connection: Connection) -> None:
        immediate = connection.get_execution_options().get("immediate", False)
        connection.exec_driver_sql("BEGIN IMMEDIATE" if immediate else "BEGIN")

    return engine


@contextmanager
def _translated() -> Iterator[None]:
    try:
        yield
    except OperationalError as error:
        raise _translate(error) from error
    except DBAPIError as error:
        if error.connection_invalidated:
            raise StoreAway from error
        raise


def _translate(error: OperationalError) -> Exception:
    text = str(error.orig)
    if "locked" in text or "busy" in text or getattr(error.orig, "sqlstate", None) in _BUSY_SQLSTATES:
        return StoreBusy()
    return StoreAway()
