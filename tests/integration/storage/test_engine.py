"""The doors of a store, on both engines."""

import subprocess
import sys

import pytest
from psycopg.pq import TransactionStatus
from sqlalchemy import Connection, make_url, text

from domain.errors import StoreAway
from storage.engine import REQUEST_LOCK_WAIT_SECONDS, Store
from storage.migrations import StoreName
from tests.fixtures.engines import Stores


def test_write_when_left_normally_is_seen_by_another_store(stores: Stores) -> None:
    with stores.program.write() as connection:
        connection.execute(text("INSERT INTO planned (source, until) VALUES ('a', 1)"))

    with stores.open(StoreName.PROGRAM).read() as connection:
        assert connection.execute(text("SELECT source, until FROM planned")).all() == [("a", 1)]


def test_what_is_written_at_once_is_seen_by_another_store_and_locks_nothing_any_more(stores: Stores) -> None:
    with stores.program.write_at_once() as connection:
        connection.execute(text("INSERT INTO planned (source, until) VALUES ('a', 1)"))

    with stores.open(StoreName.PROGRAM).write() as rival:
        assert rival.execute(text("UPDATE planned SET until = 2 RETURNING source, until")).all() == [("a", 2)]


def test_writing_at_once_leaves_other_writers_their_transactions(stores: Stores) -> None:
    with stores.program.write_at_once() as connection:
        connection.execute(text("INSERT INTO planned (source, until) VALUES ('a', 1)"))

    def change_one_s_mind() -> None:
        with stores.program.write() as connection:
            connection.execute(text("UPDATE planned SET until = 2"))
            raise LookupError

    with pytest.raises(LookupError):
        change_one_s_mind()

    with stores.program.read() as connection:
        assert connection.execute(text("SELECT until FROM planned")).scalar_one() == 1


def test_several_names_are_locked_together(postgresql_stores: Stores) -> None:
    ours, theirs = postgresql_stores.program, postgresql_stores.open(StoreName.PROGRAM)
    with ours.write() as connection:
        ours.lock_each(connection, ["b", "a", "b", 'it\'s {odd}, "too"'])
        with theirs.write() as rival:
            free = {name: theirs.try_lock(rival, name) for name in ("a", "b", "c", 'it\'s {odd}, "too"')}

    assert free == {"a": False, "b": False, "c": True, 'it\'s {odd}, "too"': False}


def test_ask_sees_what_was_written_and_keeps_nothing_open(stores: Stores) -> None:
    with stores.program.write() as connection:
        connection.execute(text("INSERT INTO planned (source, until) VALUES ('a', 1)"))

    with stores.program.ask() as connection:
        found = connection.execute(text("SELECT source, until FROM planned")).all()
        with stores.open(StoreName.PROGRAM).write() as rival:
            rival.execute(text("UPDATE planned SET until = 2"))
        again = connection.execute(text("SELECT until FROM planned")).scalar_one()

    assert (found, again) == ([("a", 1)], 2)


def test_ask_leaves_no_transaction_open_on_the_server(postgresql_stores: Stores) -> None:
    with postgresql_stores.program.ask() as connection:
        connection.execute(text("SELECT 1"))
        status = connection.connection.driver_connection.info.transaction_status  # type: ignore[union-attr]

    assert status is TransactionStatus.IDLE


def test_options_in_the_address_count_where_they_are_not_ours(postgresql_stores: Stores) -> None:
    options = "-c work_mem=3MB -c lock_timeout=99999 -c default_transaction_read_only=off"
    address = make_url(postgresql_stores.url(StoreName.PROGRAM)).update_query_dict({"options": options})
    store = Store(address.render_as_string(hide_password=False))

    wanted = ("work_mem", "lock_timeout", "default_transaction_read_only")
    settings = text("SELECT name, setting FROM pg_settings")
    with store.ask() as asking, store.write() as writing:
        said = [{row.name: row.setting for row in connection.execute(settings)} for connection in (asking, writing)]
    store.dispose()

    lock_milliseconds = str(int(REQUEST_LOCK_WAIT_SECONDS * 1000))
    assert [[each[name] for name in wanted] for each in said] == [
        ["3072", lock_milliseconds, "on"],
        ["3072", lock_milliseconds, "off"],
    ]


@pytest.mark.parametrize("way", ["SQLAlchemy", "the driver"])
def test_a_database_that_only_reads_is_away_for_whoever_writes(stores: Stores, way: str) -> None:
    def add(connection: Connection) -> None:
        statement = "INSERT INTO planned (source, until) VALUES ('a', 1)"
        connection.execute(text("PRAGMA query_only = on" if stores.program.is_sqlite else "SET TRANSACTION READ ONLY"))
        if way == "SQLAlchemy":
            connection.execute(text(statement))
        else:
            connection.connection.cursor().execute(statement)

    with pytest.raises(StoreAway), stores.open(StoreName.PROGRAM).write() as connection:
        add(connection)


def test_a_commit_on_sqlite_is_forced_to_disk(sqlite_stores: Stores) -> None:
    for store in (sqlite_stores.program, sqlite_stores.confidential):
        with store.write() as connection:
            assert connection.execute(text("PRAGMA synchronous")).scalar_one() == 2  # FULL
            assert connection.execute(text("PRAGMA journal_mode")).scalar_one() == "wal"


LOOK = """
import sys
from storage.engine import Store
Store(sys.argv[1]).answers()
print(sorted({"psycopg", "sqlite3"} & sys.modules.keys()))
"""


def test_a_store_on_sqlite_loads_nothing_of_postgresql(sqlite_stores: Stores) -> None:
    command = [sys.executable, "-c", LOOK, sqlite_stores.url(StoreName.PROGRAM)]

    said = subprocess.run(command, check=True, capture_output=True, text=True).stdout

    assert said == "['sqlite3']\n"
