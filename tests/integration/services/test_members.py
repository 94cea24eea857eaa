"""The hourly look at all accounts of a large workspace, on the store of requests. On each engine."""

from typing import Any

import pytest
from sqlalchemy import event

from services.members import Members
from storage.batches import AT_ONCE
from storage.engine import Store
from tests.builders.people import TEAM, an_account
from tests.builders.rosters import Importer
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.messenger import FakeMessenger
from tests.fixtures.engines import Stores
from tests.integration.services.roster.test_load import crowd, patient
from tests.looking.queries import queries_of

FEW, MANY, TEN_THOUSAND = 50, 2_500, 10_000
WRITES = 4
"""Accounts, whose they are, who was welcomed, and the welcomes."""


def members_of(store: Store, number: int) -> Members:
    """A workspace with so many accounts."""
    accounts = [an_account(f"p{each}") for each in range(number)]
    clock = FakeClock()
    return Members(store, FakeMessenger(clock, accounts=accounts), clock, ids=FakeIds("members"), team_id=TEAM)


@pytest.mark.parametrize("many", [MANY, pytest.param(TEN_THOUSAND, marks=pytest.mark.soak)])
def test_refresh_of_many_members_asks_as_often_as_one_of_fifty_but_for_batches(stores: Stores, many: int) -> None:
    Importer(patient(stores), team_id=None)(crowd(many))
    few, all_of_them = members_of(stores.program, FEW), members_of(stores.program, many)

    with queries_of(stores.program) as first:
        few.refresh()
    with queries_of(stores.program) as queries:
        changed = all_of_them.refresh()
    with queries_of(stores.program) as again:
        unchanged = all_of_them.refresh()

    assert (changed, unchanged) == (many - FEW, 0)
    assert len(queries) <= len(first) + WRITES * many // AT_ONCE
    assert len(again) <= len(first)


def test_rows_of_a_refresh_are_written_some_at_a_time(postgresql_stores: Stores) -> None:
    """A server that takes long over ten thousand rows would be taken for one that is away."""
    Importer(patient(postgresql_stores), team_id=None)(crowd(MANY))
    store = postgresql_stores.program
    together: list[int] = []

    def note(_connection: Any, _cursor: Any, _statement: str, parameters: Any, *_rest: Any) -> None:
        together.append(len(parameters) if isinstance(parameters, list) else 1)

    event.listen(store.engine, "before_cursor_execute", note)
    members_of(store, MANY).refresh()

    assert max(together) <= AT_ONCE
