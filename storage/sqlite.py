"""SQLite: one file, writers who take turns, and a connection for each thread that asks."""

import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, Engine, create_engine, event, make_url

from storage.asking import Kept
from storage.prepared import Prepared, Values
from storage.questions import hold_to_questions
from storage.turns import Turns, driver_of

LOCK_WAIT_GRAIN_SECONDS = 0.01
"""By how much a wait for a lock may be too long; less is not worth telling SQLite, which costs half a BEGIN."""
_PRAGMAS = (
    "journal_mode=WAL",
    "synchronous=FULL",
    "foreign_keys=ON",
    "secure_delete=ON",
    "trusted_schema=OFF",
    "wal_autocheckpoint=4000",  # 16 MB: a booking writes forty pages, and who is booking waits for the checkpoint
)


class Sqlite:
    """A file whose writers in this process take turns and share commits.

    Threads that pile up on the file lock have a p99 of a second. BEGIN IMMEDIATE takes the file's write lock at once,
    so a check inside `write()` stays true until its commit. A writer waits at most `lock_wait_seconds` for both locks
    together.
    """

    def __init__(self, url: str, lock_wait_seconds: float) -> None:
        self.engine = _create(url, lock_wait_seconds, _PRAGMAS)
        self.asking = _create(url, lock_wait_seconds, (*_PRAGMAS, "query_only=ON"))
        hold_to_questions(self.asking)
        self.turns = Turns(self._begin_writing, lock_wait_seconds)
        self._lock_wait_seconds = lock_wait_seconds
        self._kept = Kept(self.asking)  # nothing begins a transaction unless we say so

    def ask(self) -> AbstractContextManager[Connection]:
        """See `Database`."""
        return self._kept.connection()

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """See `Database`."""
        with self.engine.begin() as connection:
            driver_of(connection).execute("BEGIN")
            yield connection

    def write(self) -> AbstractContextManager[Connection]:
        """See `Database`."""
        return self.turns.turn()

    def write_at_once(self) -> AbstractContextManager[Connection]:
        """Takes its turn like all others, and shares their commit."""
        return self.write()

    def lock_each(self, connection: Connection, names: Sequence[str]) -> None:
        """There is one writer at a time anyway."""

    def locking(self, names: Sequence[str]) -> Sequence[tuple[Prepared, Values]]:  # noqa: ARG002  the same
        """Nothing, for the same reason."""
        return ()

    def try_lock(self, connection: Connection, name: str) -> bool:  # noqa: ARG002  there is nothing to wait for
        """The same."""
        return True

    def is_busy(self, error: BaseException) -> bool:
        """See `Database`."""
        text = str(error)
        return "locked" in text or "busy" in text

    def is_refusal(self, error: BaseException | None) -> bool:
        """See `Database`."""
        return getattr(error, "sqlite_errorcode", None) == sqlite3.SQLITE_READONLY

    def dispose(self) -> None:
        """See `Database`."""
        self._kept.close()
        self.asking.dispose()
        self.engine.dispose()

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


def _create(url: str, lock_wait_seconds: float, pragmas: Iterable[str]) -> Engine:
    path = make_url(url).database
    if path and path != ":memory:":
        _create_file(Path(path))
    engine = create_engine(
        url,
        hide_parameters=True,  # an error's text would otherwise carry them, sealed text's plain neighbors included
        max_overflow=-1,  # each thread keeps one, and there are as many threads as the settings say
        pool_reset_on_return=None,  # whoever opens a transaction ends it before they give the connection back
        connect_args={"timeout": lock_wait_seconds},
    )

    @event.listens_for(engine, "connect")
    def _on_connect(dbapi_connection: Any, _record: object) -> None:
        # We say BEGIN ourselves, and not from an event: with one on the engine, each statement pays for asking.
        dbapi_connection.isolation_level = None
        for pragma in pragmas:
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
