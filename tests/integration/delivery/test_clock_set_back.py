"""Real time jumps back while rows wait, are leased or are in doubt: nothing waits for the old time to come again."""

from datetime import timedelta

import pytest

from domain.delivery import OutcomeUnknown, RateLimited, Tier
from services.delivery.watch import SLOWED
from storage.delivery.doubts import ENDED_WHILE_SENDING
from tests.builders.deliveries import a_delivery
from tests.fakes.clock import NOON, FakeClock
from tests.looking.dispatching import Office
from tests.looking.ledgers import LedgerBook

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
BACK = timedelta(hours=-1)
YESTERDAY = NOON - timedelta(days=1)
"""Due by program time, however far the clock is set back."""
LOST = OutcomeUnknown("reset")


@pytest.fixture
def key(book: LedgerBook) -> str:
    return book.put(a_delivery(due=YESTERDAY))[0]


@pytest.mark.parametrize("pause_ms", [0, 5_000, 3_600_000])
def test_row_that_was_paused_goes(book: LedgerBook, key: str, clock: FakeClock, pause_ms: int) -> None:
    book.queue.put_back(book.claimed(key), owner="us", pause_ms=pause_ms, reason="later")
    clock.advance(SECOND)

    clock.step(BACK)

    assert book.head() == key
    assert book.claim(key) is not None


def test_row_that_is_paused_waits_ten_minutes_at_most_and_not_less(
    book: LedgerBook, key: str, clock: FakeClock
) -> None:
    book.queue.put_back(book.claimed(key), owner="us", pause_ms=3_600_000, reason="later")
    clock.advance(10 * MINUTE - SECOND)
    early = book.head()

    clock.advance(SECOND)

    assert (early, book.head()) == (None, key)


def test_rows_of_a_process_that_died_are_taken_back(book: LedgerBook, clock: FakeClock) -> None:
    claimed, sending = book.put(a_delivery("ada", due=YESTERDAY), a_delivery("bo", due=YESTERDAY))
    book.claimed(claimed)
    book.sending(sending)

    clock.step(BACK)

    assert book.rival().queue.doubts.recover() == 2
    assert book.states() == {claimed: "pending", sending: "ambiguous"}
    assert book.row(sending).last_error == ENDED_WHILE_SENDING


def test_lease_that_was_given_before_opens_no_fence(book: LedgerBook, key: str, clock: FakeClock) -> None:
    row = book.claimed(key)

    clock.step(BACK)

    assert not book.fence(row)


def test_row_in_doubt_is_taken_up_and_its_minute_begins_anew(book: LedgerBook, key: str, clock: FakeClock) -> None:
    book.queue.doubt(book.sending(key), owner="us", pause_ms=5_000, reason="reset")

    clock.step(BACK)
    first = book.claim_doubtful()
    clock.advance(MINUTE)
    second = book.claim_doubtful()

    assert first is not None
    assert second is not None
    assert (first[1], second[1]) == (0, 60_000)


def test_message_whose_reply_was_lost_goes_again_within_two_minutes(office: Office) -> None:
    office.messenger.fail(LOST)
    office.put(a_delivery(due=YESTERDAY))
    office.dispatcher.dispatch()

    office.clock.step(BACK)
    office.run(seconds=120)

    assert office.texts() == ["news once"]


def test_bar_that_was_over_does_not_come_again(office: Office) -> None:
    office.messenger.fail(RateLimited(30))
    office.put(a_delivery(tier=Tier.NOTICE, due=YESTERDAY))
    office.run(seconds=120)
    office.clock.step(BACK)
    office.put(a_delivery("bo", due=YESTERDAY))

    office.run(seconds=5)

    assert office.texts() == ["news once", "news once"]


def test_bar_that_was_set_before_is_over_and_a_new_one_holds(office: Office) -> None:
    office.messenger.fail(RateLimited(30))
    office.put(*(a_delivery(person, due=YESTERDAY) for person in ("ada", "bo", "cleo")))
    office.dispatcher.dispatch()
    office.clock.step(BACK)

    office.messenger.fail(RateLimited(20))
    office.run(seconds=3)
    during = office.texts()
    office.run(seconds=15)
    still = office.texts()
    office.run(seconds=120)

    assert (during, still) == ([], [])
    assert sorted(office.recipients()) == ["ada", "bo", "cleo"]


def test_nobody_is_told_that_slack_asked_to_wait_when_it_did_before(office: Office) -> None:
    office.messenger.fail(RateLimited(30))
    office.put(a_delivery(due=YESTERDAY))
    office.dispatcher.dispatch()
    office.clock.step(BACK)

    for _ in range(15):
        office.clock.advance(10 * SECOND)
        office.dispatcher.beat()

    assert SLOWED not in office.alerts
