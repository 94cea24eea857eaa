"""The connections that threads keep for their questions on SQLite."""

import gc
from concurrent.futures import ThreadPoolExecutor
from threading import Barrier, Thread

import pytest
from sqlalchemy import text

from domain.errors import StoreAway
from storage.engine import Store
from storage.turns import driver_of
from tests.fixtures.engines import Stores

MANY = 40
"""More threads than a pool would lend connections to."""


def driver_in(store: Store) -> object:
    with store.ask() as connection:
        return driver_of(connection)


def test_a_thread_keeps_its_connection_and_shares_it_with_no_other(sqlite_stores: Stores) -> None:
    store, together = sqlite_stores.program, Barrier(MANY)

    def ask_twice() -> tuple[object, object]:
        first = driver_in(store)
        together.wait(timeout=30)
        return first, driver_in(store)

    with ThreadPoolExecutor(MANY) as threads:
        found = [each.result() for each in [threads.submit(ask_twice) for _ in range(MANY)]]

    assert all(first is again for first, again in found)
    assert len({id(first) for first, _ in found}) == MANY


def test_a_question_holds_nothing_until_the_next(sqlite_stores: Stores) -> None:
    store = sqlite_stores.program
    with store.ask() as connection:
        connection.execute(text("SELECT count(*) FROM planned")).scalar_one()
    with store.write() as rival:
        rival.execute(text("INSERT INTO planned (source, until) VALUES ('a', 1)"))
    with store.ask() as connection:
        checkpoint = driver_of(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        assert connection.execute(text("SELECT count(*) FROM planned")).scalar_one() == 1

    assert checkpoint[0] == 0  # not blocked by a reader
    assert driver_in(store).in_transaction is False  # type: ignore[attr-defined]  # sqlite3's


def test_the_connection_of_a_thread_that_has_ended_goes_back(sqlite_stores: Stores) -> None:
    store = sqlite_stores.program
    driver_in(store)
    before = store.database.asking.pool.checkedout()  # type: ignore[attr-defined]  # a QueuePool

    asking = Thread(target=driver_in, args=(store,))
    asking.start()
    asking.join()
    gc.collect()

    assert (before, store.database.asking.pool.checkedout()) == (1, 1)  # type: ignore[attr-defined]


def test_after_an_error_the_next_question_begins_anew(sqlite_stores: Stores) -> None:
    store = sqlite_stores.program
    with pytest.raises(StoreAway), store.ask() as failing:
        failing.execute(text("SELECT nothing FROM nowhere"))

    with store.ask() as connection:
        assert connection is not failing
        assert connection.execute(text("SELECT 1")).scalar_one() == 1
    assert (failing.closed, store.database.asking.pool.checkedout()) == (True, 1)  # type: ignore[attr-defined]  # a QueuePool


def test_dispose_closes_what_threads_keep_and_they_may_ask_again(sqlite_stores: Stores) -> None:
    store = sqlite_stores.program
    with ThreadPoolExecutor(1) as other:
        before = driver_in(store), other.submit(driver_in, store).result()

        store.dispose()
        kept = store.database.asking.pool.checkedout()  # type: ignore[attr-defined]
        after = driver_in(store), other.submit(driver_in, store).result()

    assert kept == 0
    assert not set(before) & set(after)
