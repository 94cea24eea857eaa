"""A cycle that waits for tokens, so that what is due goes when the pace allows and not in bursts. On each engine."""

from datetime import timedelta
from threading import Thread

import pytest

from bot.clock import SystemClock
from domain.delivery import RateLimited, Tier
from services.delivery.pace import BURST
from storage.delivery import real_time
from tests.builders.deliveries import a_delivery
from tests.fakes.clock import NOON, FakeClock
from tests.fixtures.engines import Stores
from tests.looking.dispatching import Office

TEN_A_SECOND, ONE_A_MINUTE = 600, 1
ENOUGH_SECONDS = 20


def an_office(
    ledgers: Stores, clock: FakeClock, *, patience_seconds: float, posts_per_minute: int = TEN_A_SECOND
) -> Office:
    """A replica by the machine's time, or the database's, with three rows more than go at once."""
    office = Office.open(
        ledgers,
        clock=clock,
        posts_per_minute=posts_per_minute,
        patience_seconds=patience_seconds,
        real=real_time(SystemClock()),
    )
    office.put(*(a_delivery(f"p{number}", tier=Tier.IMPORTANT) for number in range(BURST + 3)))
    return office


def test_rows_go_one_by_one_when_their_tokens_come(ledgers: Stores, clock: FakeClock) -> None:
    office = an_office(ledgers, clock, patience_seconds=ENOUGH_SECONDS)

    office.dispatcher.dispatch()

    assert len(office.texts()) == BURST + 3


def test_what_becomes_due_meanwhile_and_is_more_urgent_gets_the_next_token(ledgers: Stores, clock: FakeClock) -> None:
    office = an_office(ledgers, clock, patience_seconds=ENOUGH_SECONDS)

    def urgent_one_comes() -> None:
        if len(office.messenger.accepted) == BURST:
            office.put(a_delivery("urgent", tier=Tier.CRITICAL, due=NOON - timedelta(seconds=1)))

    office.messenger.on_post = urgent_one_comes

    office.dispatcher.dispatch()

    assert office.recipients().index("urgent") == BURST + 1
    assert len(office.texts()) == BURST + 4


def test_files_go_when_their_tokens_come_though_slack_has_asked_to_wait_with_messages(
    ledgers: Stores, clock: FakeClock
) -> None:
    office = Office.open(ledgers, clock=clock, patience_seconds=ENOUGH_SECONDS, real=real_time(SystemClock()))
    leader = office.put(a_delivery("ada", tier=Tier.SESSION))[0]
    office.dispatcher.dispatch()
    office.messenger.fail(RateLimited(600), on="post")
    office.put(a_delivery("bo", tier=Tier.CRITICAL), a_delivery("cleo", tier=Tier.CRITICAL))
    office.dispatcher.dispatch()
    office.put(*(a_delivery(f"p{number}", kind="file", after=leader) for number in range(BURST + 1)))

    office.dispatcher.dispatch()

    assert (office.texts(), len(office.messenger.uploads)) == (["news once", *["Session"] * (BURST + 1)], BURST + 1)


@pytest.mark.parametrize("patience_seconds", [0.0, 0.1])
def test_cycle_ends_when_the_next_token_comes_later_than_it_has_patience(
    ledgers: Stores, clock: FakeClock, patience_seconds: float
) -> None:
    office = an_office(ledgers, clock, patience_seconds=patience_seconds, posts_per_minute=ONE_A_MINUTE)

    office.dispatcher.dispatch()

    assert len(office.texts()) == BURST


def test_process_that_is_to_end_does_not_wait_for_a_token(ledgers: Stores, clock: FakeClock) -> None:
    office = an_office(ledgers, clock, patience_seconds=3600, posts_per_minute=ONE_A_MINUTE)
    cycle = Thread(target=office.dispatcher.dispatch)
    cycle.start()

    while len(office.messenger.accepted) < BURST:
        cycle.join(timeout=0.01)
    office.dispatcher.stop()
    cycle.join(timeout=ENOUGH_SECONDS)

    assert (cycle.is_alive(), len(office.texts())) == (False, BURST)
