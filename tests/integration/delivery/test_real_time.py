"""By whose time rows are leased and sent: all replicas' the same, and not one way to the server more for asking."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from typing import Any

from sqlalchemy import Connection, event

from services.delivery.pace import POST_METHOD, Pace
from storage.delivery import DeliveryQueue, real_time
from storage.delivery.which import CHANNEL_GAP_MS, CLAIM_LEASE_MS
from tests.builders.deliveries import a_delivery
from tests.fakes.clock import FakeClock
from tests.fixtures.engines import Stores
from tests.looking.dispatching import Office
from tests.looking.ledgers import LEASE_MS, LedgerBook


def now(book: LedgerBook) -> int:
    """Real milliseconds, as the store's own replicas see them."""
    with book.store.read() as connection:
        return real_time(book.clock)(connection)


def test_steps_go_by_the_databases_time_where_there_are_several_machines(book: LedgerBook) -> None:
    """The clock of the test stands years away from the machine's: on PostgreSQL nobody asks it."""
    queue = DeliveryQueue(book.store, book.table, real_time(book.clock))
    (key,) = book.put(a_delivery())
    at = [now(book)]

    [row] = queue.claim([key], owner="us", now=book.clock.now())
    claimed = book.row(key).lease_until - CLAIM_LEASE_MS
    at.append(now(book))
    passed = queue.fence([row], owner="us", lease_ms=LEASE_MS, now=book.clock.now())
    asked = book.row(key)
    at.append(now(book))

    assert at == sorted(at)
    assert (book.store.is_sqlite, abs(at[0] / 1000 - book.clock.wall().timestamp()) < 1) in (
        (True, True),
        (False, False),
    )
    assert passed == {key}
    assert at[0] <= claimed <= at[1] <= asked.intent_at <= at[2]
    assert asked.lease_until == asked.intent_at + LEASE_MS
    gap = queue.reading.gaps_ms(["ada"]).get("ada", 0)
    assert CHANNEL_GAP_MS - (now(book) - asked.intent_at) <= gap <= CHANNEL_GAP_MS


def test_tokens_go_by_the_same_time(office: Office) -> None:
    """A bar that was set by it holds by it, and by no other."""
    real = real_time(office.clock)
    post = office.dispatcher._post  # noqa: SLF001  a pace belongs to a replica
    ours = Pace(replace(post, real=real), POST_METHOD, per_minute=60, burst=3)
    had = (ours.at_hand(5), ours.take(2))

    ours.bar(3600)

    assert had == (3, 2)
    assert (ours.at_hand(5), ours.take(1), ours.is_barred()) == (0, 0, True)


def test_a_message_takes_so_many_statements_and_no_more(ledgers: Stores, clock: FakeClock) -> None:
    office = Office.open(ledgers, clock=clock, real=real_time(clock))
    office.put(a_delivery("first"))
    office.dispatcher.dispatch()
    office.put(a_delivery("second", due=clock.now()))

    with statements_of(ledgers) as said, commits_of(ledgers) as commits:
        office.dispatcher.dispatch()

    assert len(office.texts()) == 2
    looks = ["tidy", "tidy", "heads", "heads", "at hand"]
    steps = ["claim", "gaps", "token", *([] if ledgers.program.is_sqlite else ["locks"]), "fence", "finish"]
    is_over = ["heads", "heads"]
    assert len(said) == len([*looks, *steps, *is_over]), said
    assert len(commits) == (4 if ledgers.program.is_sqlite else 0)  # there, each step commits by itself


@contextmanager
def statements_of(stores: Stores) -> Iterator[list[str]]:
    """What both databases are told inside the block."""
    said: list[str] = []

    def note(_connection: Any, _cursor: Any, statement: str, *_: Any) -> None:
        said.append(statement)

    with heard(stores, "before_cursor_execute", note):
        yield said


@contextmanager
def commits_of(stores: Stores) -> Iterator[list[str]]:
    """Transactions that are committed on both inside the block."""
    commits: list[str] = []

    def note(connection: Connection) -> None:
        commits.append(str(connection.engine.url.database))

    with heard(stores, "commit", note):
        yield commits


@contextmanager
def heard(stores: Stores, what: str, note: Callable[..., object]) -> Iterator[None]:
    databases = [store.database for store in (stores.program, stores.confidential)]
    engines = [engine for database in databases for engine in (database.engine, database.asking)]
    for engine in engines:
        event.listen(engine, what, note)
    try:
        yield
    finally:
        for engine in engines:
            event.remove(engine, what, note)
