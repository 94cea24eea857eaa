"""One database behind four doors, `ask`, `read`, `write` and `write_at_once`, the same on SQLite and PostgreSQL."""

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager

from sqlalchemy import Connection, Table, make_url, select
from sqlmodel import SQLModel

from domain.errors import StoreAway, StoreBusy
from storage.database import CLI_LOCK_WAIT_SECONDS, REQUEST_LOCK_WAIT_SECONDS, Database
from storage.prepared import Prepared, Values
from storage.questions import Questions
from storage.translating import Translated

__all__ = ["CLI_LOCK_WAIT_SECONDS", "REQUEST_LOCK_WAIT_SECONDS", "WITHOUT_ROWID", "Store", "table_of"]

WITHOUT_ROWID = {"sqlite_with_rowid": False}
"""For a table that is its primary key and little else: SQLite keeps its rows in the key's index and writes one page."""


class Store:
    """One database and its transactions. Core connections only; rows never leave the storage layer as ORM objects.

    Nobody waits longer than `lock_wait_seconds` for a lock, and a database that does not answer soon after that is
    away. With `is_patient`, for migrations and whatever else nobody waits for, a statement runs as long as it needs.
    """

    def __init__(
        self,
        url: str,
        *,
        lock_wait_seconds: float = REQUEST_LOCK_WAIT_SECONDS,
        is_patient: bool = False,
    ) -> None:
        self.is_sqlite = make_url(url).get_backend_name() == "sqlite"
        self.database = _database(url, lock_wait_seconds, is_sqlite=self.is_sqlite, is_patient=is_patient)
        self.engine = self.database.engine
        self._translated = Translated(self.database)
        self._questions = Questions(self.database)

    @contextmanager
    def ask(self) -> Iterator[Connection]:
        """For a single question, whose answer is of one instant anyway: to open and end a transaction costs as much.

        Not for writing, since nobody takes turns here: a statement that is no SELECT, or does more than that, raises
        SQLAlchemy's `InvalidRequestError`. Raises `StoreBusy` or `StoreAway`.
        """
        with self._questions, self.database.ask() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """A transaction that changes nothing. Raises `StoreBusy` or `StoreAway`."""
        with self._translated, self.database.read() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """A transaction that commits on leaving, or rolls back on any exception. Raises `StoreBusy` or `StoreAway`."""
        with self._translated, self.database.write() as connection:
            yield connection

    @contextmanager
    def write_at_once(self) -> Iterator[Connection]:
        """For a single statement, one that is run for each of some rows, or `run_together`.

        To open and end a transaction would cost more. Nothing else belongs into the block: whether the statement lasts
        when it raises depends on the database. Raises `StoreBusy` or `StoreAway`.
        """
        with self._translated, self.database.write_at_once() as connection:
            yield connection

    def lock(self, connection: Connection, name: str) -> None:
        """Let no other writer past this point for the same name until the transaction ends.

        SQLite has one writer at a time anyway; PostgreSQL takes a lock. Several are taken by `lock_each`, or in order.
        """
        self.database.lock_each(connection, [name])

    def lock_each(self, connection: Connection, names: Iterable[str]) -> None:
        """The same for several names at once, in the order in which everybody takes them."""
        self.database.lock_each(connection, sorted(set(names)))

    def locking(self, names: Iterable[str]) -> Sequence[tuple[Prepared, Values]]:
        """What `lock_each` asks, to be put in front of what is run together in `write_at_once`."""
        return self.database.locking(sorted(set(names)))

    def try_lock(self, connection: Connection, name: str) -> bool:
        """The same without waiting: False when another writer has it. For whoever holds locks or cells already."""
        return self.database.try_lock(connection, name)

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
        self.database.dispose()


def _database(url: str, lock_wait_seconds: float, *, is_sqlite: bool, is_patient: bool) -> Database:
    # Imported when known to be needed: either takes a part of the start that the other's users need not wait for.
    if is_sqlite:
        from storage.sqlite import Sqlite  # noqa: PLC0415

        return Sqlite(url, lock_wait_seconds)
    from storage.postgresql import Postgresql  # noqa: PLC0415 one of the two

    return Postgresql(url, lock_wait_seconds, is_patient=is_patient)


def table_of(model: type[SQLModel]) -> Table:
    """The Core table behind a declared model; hot paths speak Core."""
    return model.metadata.tables[str(model.__tablename__)]
