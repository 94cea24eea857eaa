"""A store that is busy after the post costs no second post, and holds up nobody else."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import update

from storage.engine import Store
from storage.migrations import StoreName
from tests.builders.deliveries import a_delivery
from tests.fakes.clock import NOON
from tests.fixtures.engines import Stores
from tests.looking.dispatching import Office

SECOND = timedelta(seconds=1)


def test_store_that_is_busy_after_the_post_costs_no_second_post(ledgers: Stores) -> None:
    office = Office.open(ledgers, lock_wait_seconds=0.05)
    office.messenger.scopes.remove("im:history")  # so that a row in doubt would be sent again
    (key,) = office.put(a_delivery())
    with ExitStack() as rival:
        office.messenger.on_post = lambda: rival.enter_context(holding(ledgers.open(StoreName.PROGRAM), office, key))
        office.dispatcher.dispatch()
        in_between = office.texts()
    not_written = office.states()[key]

    office.run(seconds=120)

    assert (in_between, not_written) == (["news once"], "sending")
    assert office.texts() == ["news once"]
    assert office.states() == {key: "sent"}


@pytest.mark.parametrize("first", ["reconcile", "dispatch"])
def test_store_that_is_busy_for_longer_than_a_lease_costs_no_second_post(ledgers: Stores, first: str) -> None:
    office = Office.open(ledgers, lock_wait_seconds=0.05)
    office.messenger.scopes.remove("im:history")
    (key,) = office.put(a_delivery())
    with ExitStack() as rival:
        office.messenger.on_post = lambda: rival.enter_context(holding(ledgers.open(StoreName.PROGRAM), office, key))
        office.dispatcher.dispatch()
        office.messenger.on_post = lambda: None
        office.clock.advance(31 * SECOND)
        looked_at = office.dispatcher.reconcile()
        if first == "dispatch":
            office.clock.step(timedelta(hours=-1))  # sending waits for a steady clock, writing down does not

    if first == "dispatch":
        office.dispatcher.dispatch()
    else:
        office.dispatcher.reconcile()
    written = office.states()
    office.run(seconds=120)

    assert (looked_at, written) == (0, {key: "sent"})
    assert office.texts() == ["news once"]


@contextmanager
def holding(store: Store, office: Office, key: str) -> Iterator[None]:
    """Another process's transaction that has the row, or on SQLite the whole file."""
    table = office.program.table
    with store.write() as connection:
        connection.execute(update(table).where(table.c.key == key).values(last_error=None))
        yield


def test_ledger_whose_store_is_busy_does_not_hold_up_the_other(ledgers: Stores) -> None:
    office = Office.open(ledgers, lock_wait_seconds=0.05)
    (mine,) = office.put(a_delivery("ada", due=NOON + SECOND))
    (theirs,) = office.put_support(a_delivery("bo", expires_at=NOON + SECOND))
    office.clock.advance(SECOND)
    rival = ledgers.open(StoreName.CONFIDENTIAL)
    with rival.write() as connection:
        connection.execute(update(office.support.table).values(last_error=None))

        office.dispatcher.dispatch()

        assert office.states() == {mine: "sent", theirs: "pending"}
