"""A PostgreSQL that falls silent, or ends its connections, holds nobody up for long and loses nothing."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from psycopg import OperationalError
from sqlalchemy import text
from sqlalchemy.exc import DisconnectionError

from domain.errors import StoreAway, StoreBusy
from storage import listening
from storage.engine import Store
from storage.migrations import StoreName
from tests.acting.silence import Wire
from tests.fixtures.engines import Stores

ADD = text("INSERT INTO planned (source, until) VALUES (:source, 1)")
SOURCES = text("SELECT source FROM planned ORDER BY source")


@pytest.fixture
def wire(postgresql_stores: Stores) -> Iterator[Wire]:
    """A way to the program store."""
    made = Wire(postgresql_stores.url(StoreName.PROGRAM))
    yield made
    made.cut()


@pytest.fixture
def store(wire: Wire) -> Iterator[Store]:
    """The program store by that way, with a connection that is open already."""
    made = Store(wire.url)
    assert made.answers()
    yield made
    made.dispose()


def test_server_that_falls_silent_is_away_for_a_connection_in_use_and_for_a_new_one(store: Store, wire: Wire) -> None:
    wire.fall_silent()

    for _ in range(2):
        with pytest.raises(StoreAway):
            sources(store)

    wire.speak_again()
    assert sources(store) == []


def test_a_connection_whose_server_fell_silent_is_closed(store: Store, wire: Wire) -> None:
    with store.ask() as connection:
        driver: Any = connection.connection.driver_connection
        wire.fall_silent()
        with pytest.raises(OperationalError):
            driver.execute("SELECT 1")

        assert driver.closed


def test_a_connection_that_was_closed_in_the_pool_is_replaced(store: Store) -> None:
    with store.ask() as connection:
        driver: Any = connection.connection.driver_connection
    driver.close()

    assert sources(store) == []


def test_a_connection_that_was_just_made_is_not_doubted(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    def check(_connection: listening.Listening) -> None:
        raise DisconnectionError

    monkeypatch.setattr(listening.Listening, "has_word", lambda _connection: True)
    monkeypatch.setattr(listening.Listening, "check", check)

    assert sources(store) == []


def test_a_connection_that_was_idle_for_long_is_not_trusted(
    store: Store, wire: Wire, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(listening, "IDLE_SECONDS", 0.0)
    wire.forget()

    assert sources(store) == []


def sources(store: Store) -> list[str]:
    with store.ask() as connection:
        return list(connection.execute(SOURCES).scalars())


def test_server_that_falls_silent_in_a_transaction_is_away_and_nothing_half_done_stays(
    store: Store, wire: Wire, postgresql_stores: Stores
) -> None:
    with pytest.raises(StoreAway):
        add_two(store, between=wire.fall_silent)

    wire.speak_again()
    with store.write() as connection:
        connection.execute(ADD, {"source": "c"})
    assert sources(postgresql_stores.program) == ["c"]


def add_two(store: Store, *, between: Callable[[], None]) -> None:
    with store.write() as connection:
        connection.execute(ADD, {"source": "a"})
        between()
        connection.execute(ADD, {"source": "b"})


def test_idle_connections_that_the_server_has_ended_are_replaced_without_a_word(postgresql_stores: Stores) -> None:
    store = postgresql_stores.open(StoreName.PROGRAM)
    assert store.answers()
    with postgresql_stores.program.write() as connection:
        # It waits until they have ended: a connection that is being ended is told nothing until then.
        others = "SELECT pg_terminate_backend(pid, 10000) FROM pg_stat_activity WHERE datname = current_database()"
        connection.execute(text(f"{others} AND pid <> pg_backend_pid()"))

    with store.write() as connection:
        connection.execute(ADD, {"source": "a"})

    assert sources(postgresql_stores.program) == ["a"]


def test_statement_that_the_server_ends_for_taking_too_long_is_told_as_busy(postgresql_stores: Stores) -> None:
    with pytest.raises(StoreBusy):
        sleep_too_long(postgresql_stores.program)


def sleep_too_long(store: Store) -> None:
    with store.read() as connection:
        connection.execute(text("SET LOCAL statement_timeout = 20"))
        connection.execute(text("SELECT pg_sleep(60)"))


def test_statements_are_bounded_where_somebody_waits_and_a_migration_may_take_its_time(
    postgresql_stores: Stores,
) -> None:
    hurried = Store(postgresql_stores.url(StoreName.PROGRAM))
    patient = Store(postgresql_stores.url(StoreName.PROGRAM), is_patient=True)

    limits = [limit_of(store) for store in (hurried, patient)]

    assert limits == ["2s", "0"]


def limit_of(store: Store) -> str:
    with store.read() as connection:
        limit: str = connection.execute(text("SHOW statement_timeout")).scalar_one()
    store.dispose()
    return limit
