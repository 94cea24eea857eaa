"""What is wrong with one store does not hold up the messages of the other. On each engine."""

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

from sqlalchemy import event, update

from domain.delivery import Tier
from domain.errors import StoreAway
from services.delivery.watch import STORE_AWAY
from storage.engine import Store
from storage.migrations import StoreName
from tests.builders.deliveries import a_delivery
from tests.fakes.clock import NOON
from tests.fixtures.engines import Stores
from tests.looking.dispatching import Office

SECOND = timedelta(seconds=1)
STATEMENT = "before_cursor_execute"


def test_store_that_is_locked_for_writing_does_not_hold_up_the_other(ledgers: Stores) -> None:
    office = Office.open(ledgers, lock_wait_seconds=0.05)
    (mine,) = office.put(a_delivery("ada", due=NOON + SECOND))
    (theirs,) = office.put_support(a_delivery("bo"))
    office.clock.advance(SECOND)

    with ledgers.open(StoreName.CONFIDENTIAL).write() as connection:
        connection.execute(update(office.support.table).values(last_error=None))
        office.dispatcher.dispatch()
        during = office.states()
    office.run()

    assert during == {mine: "sent", theirs: "pending"}
    assert office.states() == {mine: "sent", theirs: "sent"}


def test_store_that_only_reads_does_not_hold_up_the_other_and_is_told(ledgers: Stores) -> None:
    office = Office.open(ledgers, lock_wait_seconds=0.05)
    (theirs,) = office.put_support(a_delivery("bo"))
    office.clock.advance(SECOND)
    (mine,) = office.put(a_delivery("ada", due=NOON + SECOND))

    with read_only(office.support.store):
        office.run(seconds=15)
        during, health = office.states(), office.dispatcher.watch.health()
    office.run(seconds=15)

    assert (during, list(health)) == ({mine: "sent", theirs: "pending"}, [STORE_AWAY])
    assert (office.states(), office.alerts) == ({mine: "sent", theirs: "sent"}, [STORE_AWAY])
    assert office.dispatcher.watch.health() == {}


@contextmanager
def read_only(store: Store) -> Iterator[None]:
    """Its database answers, and takes nothing: a full disk, or a standby after a failover."""
    how = "PRAGMA query_only = {}" if store.is_sqlite else "SET default_transaction_read_only = {}"

    def refuse(driver: Any, _record: object, _proxy: object) -> None:
        driver.execute(how.format("on"))
        if not store.is_sqlite:
            driver.commit()

    store.engine.dispose()
    event.listen(store.engine, "checkout", refuse)
    yield
    event.remove(store.engine, "checkout", refuse)
    store.engine.dispose()


def test_store_that_goes_away_right_after_a_post_does_not_hold_up_the_other_and_is_told(ledgers: Stores) -> None:
    office = Office.open(ledgers, lock_wait_seconds=0.05)
    office.put_support(a_delivery("bo", tier=Tier.SESSION))
    is_away: list[bool] = []

    def break_down(*_arguments: object) -> None:
        if is_away:
            raise StoreAway

    database = office.support.store.database
    for engine, what in ((database.engine, "begin"), (database.engine, STATEMENT), (database.asking, STATEMENT)):
        event.listen(engine, what, break_down)
    office.messenger.on_post = lambda: is_away.append(True)
    office.dispatcher.dispatch()
    office.messenger.on_post = lambda: None
    (mine,) = office.put(a_delivery("ada"))

    office.run(seconds=40)
    during, health = office.program.states(), office.dispatcher.watch.health()
    is_away.clear()
    office.run(seconds=40)

    assert (during, list(health)) == ({mine: "sent"}, [STORE_AWAY])
    assert (office.recipients(), set(office.states().values())) == (["bo", "ada"], {"sent"})
    assert (office.alerts, office.dispatcher.watch.health()) == ([STORE_AWAY], {})


def test_row_that_a_transaction_holds_does_not_hold_up_those_behind_it(ledgers: Stores) -> None:
    office = Office.open(ledgers, lock_wait_seconds=0.05)
    (first,) = office.put(a_delivery("ada", tier=Tier.CRITICAL))
    office.put(*(a_delivery(person, tier=Tier.SESSION) for person in ("bo", "cleo")))
    office.put_support(a_delivery("dan", tier=Tier.NOTICE))

    with ledgers.open(StoreName.PROGRAM).write() as connection:
        table = office.program.table
        connection.execute(update(table).where(table.c.key == first).values(last_error=None))
        taken = office.dispatcher.dispatch()
        during = office.recipients()
    office.run(seconds=2)

    # On SQLite the lock is on the whole store, and the pace, which every row needs, is in there too.
    goes_on = ledgers.engine == "postgresql"
    assert (taken, during[2:], set(during)) == ((4, ["dan"], {"bo", "cleo", "dan"}) if goes_on else (2, [], set()))
    assert sorted(office.recipients()) == ["ada", "bo", "cleo", "dan"]
