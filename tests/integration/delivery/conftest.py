"""Ledgers on each engine in turn. The databases are shared by the tests of a module and emptied between them."""

from collections.abc import Iterator

import pytest
from sqlalchemy import delete

from storage.confidential.delivery import ConfidentialDelivery
from storage.engine import table_of
from storage.program.delivery import ProgramDelivery, ProgramWatermark
from storage.program.pacing import Heartbeat, Pace
from tests.fakes.clock import FakeClock
from tests.fixtures.engines import PostgresqlTemplates, SqliteTemplates, Stores
from tests.looking.dispatching import Office
from tests.looking.ledgers import LedgerBook

_PROGRAM = (ProgramDelivery, ProgramWatermark, Pace, Heartbeat)


@pytest.fixture(scope="module", params=["sqlite", "postgresql"])
def shared_stores(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stores]:
    """A pair of stores for a whole module: a new database for each of so many small tests would take longer."""
    if request.param == "sqlite":
        files: SqliteTemplates = request.getfixturevalue("sqlite_templates")
        found = files.fresh(tmp_path_factory.mktemp("delivery"))
        yield found
        found.close()
        return
    server: PostgresqlTemplates = request.getfixturevalue("postgresql_templates")
    found = server.fresh()
    yield found
    found.close()
    server.take_back(found)


@pytest.fixture
def ledgers(shared_stores: Stores) -> Stores:
    """The stores with empty ledgers, and a pace as on the first day."""
    with shared_stores.program.write() as connection:
        for model in _PROGRAM:
            connection.execute(delete(table_of(model)))
    with shared_stores.confidential.write() as connection:
        connection.execute(delete(table_of(ConfidentialDelivery)))
    return shared_stores


@pytest.fixture
def clock() -> FakeClock:
    return FakeClock()


@pytest.fixture
def book(ledgers: Stores, clock: FakeClock) -> LedgerBook:
    return LedgerBook(ledgers, clock)


@pytest.fixture
def office(ledgers: Stores, clock: FakeClock) -> Office:
    """A replica, and Slack."""
    return Office.open(ledgers, clock=clock)
