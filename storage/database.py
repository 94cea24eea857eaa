"""What a `Store` needs of a database, whichever it is."""

from collections.abc import Sequence
from contextlib import AbstractContextManager
from typing import Protocol

from sqlalchemy import Connection, Engine

from storage.prepared import Prepared, Values

REQUEST_LOCK_WAIT_SECONDS = 1.5
CLI_LOCK_WAIT_SECONDS = 15.0


class Database(Protocol):
    """How one asks, reads and writes there; see `Store`. Raises SQLAlchemy's errors and the driver's.

    `asking` is an engine with connections of its own that may only read; `engine` is for everything else.
    """

    engine: Engine
    asking: Engine

    def ask(self) -> AbstractContextManager[Connection]:
        """For a single question, without a transaction."""
        ...

    def read(self) -> AbstractContextManager[Connection]:
        """A transaction that changes nothing."""
        ...

    def write(self) -> AbstractContextManager[Connection]:
        """A transaction that commits on leaving, or rolls back on any exception."""
        ...

    def write_at_once(self) -> AbstractContextManager[Connection]:
        """The same for a single statement, or for one that is run for each of some rows."""
        ...

    def lock_each(self, connection: Connection, names: Sequence[str]) -> None:
        """Let no other writer past this point for one of these names until the transaction ends; taken in order."""
        ...

    def locking(self, names: Sequence[str]) -> Sequence[tuple[Prepared, Values]]:
        """The same as statements, for `run_together`."""
        ...

    def try_lock(self, connection: Connection, name: str) -> bool:
        """The same, if nobody else is past it; False when somebody is."""
        ...

    def is_busy(self, error: BaseException) -> bool:
        """Whether the driver says with this error that somebody else was in the way; else the database is away."""
        ...

    def is_refusal(self, error: BaseException | None) -> bool:
        """Whether the driver says with this error that somebody wrote where one may only read."""
        ...

    def dispose(self) -> None:
        """Close all connections."""
        ...
