"""The same request twice at one instant: one of the two is written, and the other hears that it may try again."""

from collections.abc import Iterator
from concurrent.futures import Future, ThreadPoolExecutor, wait
from contextlib import contextmanager

import pytest
from sqlalchemy import Table

from domain.errors import StoreBusy
from storage.confidential.once import once as confidential_once
from storage.engine import Store
from storage.migrations import StoreName
from storage.once import recall, remember
from storage.program.once import once as program_once
from tests.fakes.clock import NOON
from tests.fixtures.engines import Stores

KEY, EFFECT = "press", "effect"
LONG_ENOUGH_SECONDS = 0.3
"""For a rival that does not wait to have written."""
TABLES = {StoreName.PROGRAM: program_once, StoreName.CONFIDENTIAL: confidential_once}


class Refused(Exception):
    """Whoever was first changes their mind."""


def change_mind() -> None:
    """So that the transaction comes to nothing."""
    raise Refused


@pytest.fixture(params=list(TABLES))
def which(request: pytest.FixtureRequest) -> StoreName:
    """Either store."""
    return StoreName(request.param)


def write(store: Store, table: Table, by: str) -> None:
    """An effect of its own, and the request that both have."""
    with store.write() as connection:
        remember(connection, table, f"{EFFECT} {by}", program_id="p", outcome={}, at=NOON)
        remember(connection, table, KEY, program_id="p", outcome={"by": by}, at=NOON)


def written(store: Store, table: Table) -> list[object]:
    """Whose request it is, and which of the two effects are there."""
    with store.read() as connection:
        keys = (KEY, f"{EFFECT} first", f"{EFFECT} second")
        outcomes = [recall(connection, table, key) for key in keys]
    return [outcomes[0], *(each is not None for each in outcomes[1:])]


@contextmanager
def second_meanwhile(stores: Stores, which: StoreName, *, is_refused: bool = False) -> Iterator[Future[None]]:
    """What comes of the second one, in another process, while the first one's transaction is open."""
    store, other, table = stores.open(which), stores.open(which), TABLES[which]
    assert other.answers()  # connected, so that it is not late
    with ThreadPoolExecutor(1) as pool:
        try:
            with store.write() as connection:
                remember(connection, table, f"{EFFECT} first", program_id="p", outcome={}, at=NOON)
                remember(connection, table, KEY, program_id="p", outcome={"by": "first"}, at=NOON)
                outcome = pool.submit(write, other, table, "second")
                wait([outcome], timeout=LONG_ENOUGH_SECONDS)
                if is_refused:
                    change_mind()
        except Refused:
            pass
        yield outcome


def test_second_of_two_at_one_instant_is_told_to_try_again_and_has_written_nothing(
    stores: Stores, which: StoreName
) -> None:
    with second_meanwhile(stores, which) as outcome:
        assert isinstance(outcome.exception(), StoreBusy)

    assert written(stores.open(which), TABLES[which]) == [{"by": "first"}, True, False]


def test_second_is_written_where_the_first_one_comes_to_nothing(stores: Stores, which: StoreName) -> None:
    with second_meanwhile(stores, which, is_refused=True) as outcome:
        assert outcome.exception() is None

    assert written(stores.open(which), TABLES[which]) == [{"by": "second"}, False, True]
