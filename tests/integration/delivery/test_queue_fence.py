"""The DeliveryQueue's conformance suite, fourth part: who passes the fence, just before Slack is asked."""

from contextlib import suppress
from datetime import timedelta

import pytest
from sqlalchemy import Connection, event

from domain.errors import StoreBusy
from storage.migrations import StoreName
from tests.builders.deliveries import a_delivery
from tests.fakes.clock import FakeClock
from tests.fixtures.engines import Stores
from tests.looking.ledgers import LEASE_MS, LedgerBook

HASTY_SECONDS = 0.2
SECOND = timedelta(seconds=1)
LEASE = timedelta(milliseconds=LEASE_MS)


@pytest.fixture
def key(book: LedgerBook) -> str:
    return book.put(a_delivery())[0]


def test_fence_is_passed_only_within_the_lease(book: LedgerBook, clock: FakeClock) -> None:
    first, second = [book.claimed(key) for key in book.put(a_delivery("ada"), a_delivery("bo"))]
    clock.advance(LEASE - SECOND)
    in_time = book.fence(first)
    clock.advance(SECOND)

    too_late = book.fence(second)

    assert (in_time, too_late) == (True, False)


def test_fence_is_closed_when_the_person_was_written_to_a_moment_ago(book: LedgerBook, key: str) -> None:
    (other,) = book.put(a_delivery(kind="other"))
    first, second = book.claimed(key), book.claimed(other)

    passed = [book.fence(first), book.fence(second)]

    assert passed == [True, False]
    assert book.states() == {key: "sending", other: "claimed"}


def test_row_whose_person_was_written_to_since_its_claim_is_sent_back_however_late_it_comes(
    book: LedgerBook, clock: FakeClock
) -> None:
    rival = book.rival()
    ours, theirs = book.put(a_delivery(), a_delivery(kind="other"))
    quick, slow = book.claimed(ours), rival.claimed(theirs)
    clock.advance(SECOND)
    passed = [book.fence(quick)]
    clock.advance(5 * SECOND)

    passed.append(rival.fence(slow))

    assert passed == [True, False]
    rival.queue.put_back(slow, owner=rival.owner, pause_ms=0, reason="another replica was quicker")
    assert rival.fence(rival.claimed(theirs))


@pytest.mark.parametrize(("ago_ms", "is_passed"), [(0, False), (999, False), (1000, True)])
def test_what_could_not_be_seen_at_the_claim_counts_as_since(
    book: LedgerBook, clock: FakeClock, ago_ms: int, *, is_passed: bool
) -> None:
    """A message of the second before keeps a row from being claimed, unless its transaction is still open then."""
    ours, theirs = book.put(a_delivery(), a_delivery(kind="other"))
    row = book.claimed(ours)
    book.set_intent(theirs, int(clock.wall().timestamp() * 1000) - ago_ms)
    clock.advance(5 * SECOND)

    assert book.fence(row) is is_passed


def test_clock_set_back_between_claim_and_fence_keeps_no_row(book: LedgerBook, clock: FakeClock) -> None:
    ours, theirs = book.put(a_delivery(), a_delivery(kind="other"))
    book.sending(theirs)
    clock.advance(5 * SECOND)
    row = book.claimed(ours)

    clock.step(-3 * SECOND)

    assert book.fence(row)


def test_after_a_clock_was_set_back_a_moment_ago_is_still_a_moment_ago(book: LedgerBook, clock: FakeClock) -> None:
    ours, theirs = [book.claimed(key) for key in book.put(a_delivery(), a_delivery(kind="other"))]
    clock.step(-3 * SECOND)
    book.fence(theirs)

    assert not book.fence(ours)


def test_replicas_that_write_to_one_person_at_once_do_not_both_pass_the_fence(stores: Stores, clock: FakeClock) -> None:
    """While one's transaction is open the other cannot see it, and Slack would get two messages in a second."""
    book = LedgerBook(stores, clock)
    hasty = stores.open(StoreName.PROGRAM, lock_wait_seconds=HASTY_SECONDS)
    rival = LedgerBook(stores, clock, store=hasty, table=book.table)
    ours, theirs = [book.claimed(key) for key in book.put(a_delivery(), a_delivery(kind="other"))]
    passed: list[bool] = []

    def meanwhile(_connection: Connection) -> None:
        with suppress(StoreBusy):
            passed.append(rival.fence(theirs))

    event.listen(book.store.engine, "commit", meanwhile, once=True)
    passed.append(book.fence(ours))

    assert passed == [True]
    assert book.states() == {ours.key: "sending", theirs.key: "claimed"}


def test_fence_notes_when_slack_is_asked_and_renews_the_lease(book: LedgerBook, key: str, clock: FakeClock) -> None:
    row = book.claimed(key)
    clock.advance(10 * SECOND)

    book.fence(row)

    real = int(clock.wall().timestamp() * 1000)
    assert (book.row(key).intent_at, book.row(key).lease_until) == (real, real + LEASE_MS)
