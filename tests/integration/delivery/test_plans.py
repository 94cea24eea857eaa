"""The ledger keeps every row for good, so no question that is asked again and again may read all of it."""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import event, text, update

from domain.delivery import DeliveryState, Way, delivery_key
from domain.ports import Posted
from storage.delivery import cancel
from storage.engine import Store
from tests.builders.deliveries import a_delivery
from tests.fakes.clock import NOON, FakeClock
from tests.fixtures.engines import Stores
from tests.looking.ledgers import LEASE_MS, LedgerBook

SETTLED = 4000
DAY = timedelta(days=1)
PLACE = Posted(channel="D1", ts="1.2")


@pytest.fixture(scope="module")
def book(shared_stores: Stores) -> LedgerBook:
    """A ledger with a long past, some rows that are due and some in every state on the way; statistics are fresh.

    All questions are asked of one ledger: they change a few of its rows, and none needs a certain one.
    """
    book = LedgerBook(shared_stores, FakeClock())
    past = [
        a_delivery(f"person-{number % 500}", object_id=f"old-{number}", due=NOON - DAY) for number in range(SETTLED)
    ]
    book.put(*past)
    with book.store.write() as connection:
        connection.execute(update(book.table).values(state=DeliveryState.SENT.value, intent_at=1))
    leader = a_delivery("person-1")
    due = book.put(
        leader,
        a_delivery("person-1", kind="file", after=delivery_key(leader)),
        *(a_delivery(f"p-{n}") for n in range(20)),
    )
    for key, step in zip(due[10:], (book.doubtful, book.claimed, book.sending), strict=False):
        step(key)
    book.give_up(due[13])
    with book.store.write() as connection:
        connection.execute(text("ANALYZE"))
    return book


def _cancel(book: LedgerBook) -> None:
    with book.store.write() as connection:
        cancel(connection, book.table, object_id="old-7", kinds=["news", "file"], reason="moved")


def _send_several(book: LedgerBook) -> None:
    now = book.clock.now()
    heads = [head.key for head in book.queue.reading.heads(now, most=3)]
    rows = book.queue.claim(heads, owner=book.owner, now=now)
    assert book.queue.fence(rows, owner=book.owner, lease_ms=LEASE_MS, now=now) == set(heads)
    assert book.queue.finish([(row, PLACE) for row in rows], owner=book.owner) == len(heads)


QUESTIONS: dict[str, Callable[[LedgerBook], object]] = {
    "head": lambda book: book.head(),
    "claim": lambda book: book.claim(book.head() or ""),
    "fence": lambda book: book.fence(book.claimed(book.head() or "")),
    "tidy": lambda book: book.queue.tidy(NOON),
    "oldest due": lambda book: book.queue.reading.oldest_due(NOON),
    "oldest due file": lambda book: book.queue.reading.oldest_due(NOON, ways=(Way.FILE,)),
    "recover": lambda book: book.queue.doubts.recover(),
    "doubtful": lambda book: book.claim_doubtful(),
    "gaps": lambda book: book.queue.reading.gaps_ms(["person-7", "person-8"]),
    "several": _send_several,
    "counts": lambda book: book.queue.reading.counts(),
    "cancel": _cancel,
    "held": lambda book: book.held(),
    "requeue": lambda book: book.requeue_held(kind="news", reason="msg_too_long"),
}


@pytest.mark.parametrize("question", QUESTIONS)
def test_question_never_reads_the_whole_ledger(book: LedgerBook, question: str) -> None:
    with plans_of(book.store) as plans:
        QUESTIONS[question](book)

    assert plans
    assert [plan for plan in plans if "Seq Scan" in plan or ("SCAN " in plan and "CONSTANT ROW" not in plan)] == []


@contextmanager
def plans_of(store: Store) -> Iterator[list[str]]:
    """How the database goes about each statement on the ledger inside the block."""
    plans: list[str] = []
    explain = "EXPLAIN QUERY PLAN " if store.is_sqlite else "EXPLAIN "

    def note(_connection: Any, cursor: Any, statement: str, parameters: Any, _context: Any, many: bool) -> None:  # noqa: FBT001  SQLAlchemy's shape
        if " delivery" in statement and not statement.startswith("EXPLAIN"):
            cursor.execute(explain + statement, parameters[0] if many else parameters)
            plans.extend(str(row[-1]) for row in cursor.fetchall())

    engines = (store.engine, store.database.asking)
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    try:
        yield plans
    finally:
        for engine in engines:
            event.remove(engine, "before_cursor_execute", note)
