"""What the tests of handlers share."""

from collections.abc import Iterator

import pytest

from handlers import clock
from handlers.router import Route
from handlers.routes import all_routes
from services.desk import Desk
from services.people import People
from services.rules.book import RuleBook
from storage.engine import Store
from tests.builders.people import TEAM
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.ids import FakeIds


@pytest.fixture(scope="session")
def idle_desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    """A desk for what asks no store anything; there is no confidential one."""
    store, now = Store(f"sqlite:///{tmp_path_factory.mktemp('idle')}/never-opened.db"), FakeClock()
    people = People(store, now, team_id=TEAM)
    yield Desk(
        program=store,
        rules=RuleBook(store),
        people=people,
        clock=now,
        ids=FakeIds(),
        team_id=TEAM,
        organizer="support@example.org",
        support_desk=None,
    )
    store.dispose()


@pytest.fixture
def routes(idle_desk: Desk) -> list[Route]:
    """Every route of the product, the demo's included; their handlers are never run here."""
    return [*all_routes(idle_desk), *clock.routes(lambda _by: NOON)]
