"""What becomes of a row when Slack, the process or the store is in trouble. On each engine."""

from contextlib import suppress
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest

from domain.delivery import (
    DeliveryError,
    MessageRefused,
    OutcomeUnknown,
    RateLimited,
    Tier,
)
from services.delivery.reconciling import AT_ONCE, READS_PER_MINUTE, UNKNOWN
from services.delivery.settling import ATTEMPTS_MAX
from services.delivery.watch import HELD
from tests.builders.deliveries import a_delivery
from tests.looking.dispatching import Office

SECOND = timedelta(seconds=1)
LOST = OutcomeUnknown("reset")


def test_lost_reply_is_found_and_not_sent_again(office: Office) -> None:
    office.messenger.fail(LOST, is_done=True)
    (key,) = office.put(a_delivery())

    office.run(seconds=120)

    assert office.texts() == ["news once"]
    assert office.states() == {key: "sent"}
    assert office.program.queue.reading.place_of(key) is not None
    assert office.program.row(key).ts == office.messenger.accepted[0].ts


@pytest.mark.parametrize(("error", "seconds"), [(LOST, 5), (RateLimited(30), 30)])
def test_message_in_doubt_is_read_back_once_slack_has_had_time(
    office: Office, error: DeliveryError, seconds: int
) -> None:
    office.messenger.fail(error, is_done=True)
    office.put(a_delivery())
    office.dispatcher.dispatch()
    reads = []

    for wait in (seconds - 1, 1):
        office.clock.advance(wait * SECOND)
        office.dispatcher.reconcile()
        reads.append(office.messenger.reads)

    assert reads == [0, 1]


def test_message_that_never_arrived_goes_a_minute_after_it_was_asked_about(office: Office) -> None:
    office.messenger.fail(LOST)
    office.put(a_delivery())
    office.dispatcher.dispatch()

    for _ in range(2):  # looked for after half a minute, and once more
        office.clock.advance(30 * SECOND)
        office.dispatcher.reconcile()
        office.dispatcher.dispatch()

    assert (office.texts(), office.messenger.reads) == (["news once"], 2)


def test_no_more_is_read_back_than_slack_allows(office: Office) -> None:
    for key in office.put(*(a_delivery(f"person-{number}") for number in range(2 * AT_ONCE))):
        office.program.doubtful(key)
    office.clock.advance(30 * SECOND)

    looked_at = [office.dispatcher.reconcile() for _ in range(2)]
    office.clock.advance(60 * SECOND / READS_PER_MINUTE)
    looked_at.append(office.dispatcher.reconcile())

    assert looked_at == [AT_ONCE, 0, 1]


def test_message_that_never_arrived_goes_again_after_a_minute(office: Office) -> None:
    office.messenger.fail(LOST)
    (key,) = office.put(a_delivery())

    office.run(seconds=59)
    early = office.texts()
    office.run(seconds=61)

    assert (early, office.texts()) == ([], ["news once"])
    assert (office.states()[key], office.program.row(key).attempt) == ("sent", 1)


@pytest.mark.parametrize("tier", [Tier.CRITICAL, Tier.SESSION, Tier.IMPORTANT])
def test_message_that_matters_goes_again_when_nothing_can_be_read(office: Office, tier: Tier) -> None:
    office.messenger.scopes.remove("im:history")
    office.messenger.fail(LOST, is_done=True)
    (key,) = office.put(a_delivery(tier=tier))

    office.run(seconds=60)

    assert office.texts() == ["news once", "news once"]
    assert office.states() == {key: "sent"}


def test_notice_is_left_to_staff_when_nothing_can_be_read(office: Office) -> None:
    office.messenger.scopes.remove("im:history")
    office.messenger.fail(LOST, is_done=True)
    (key,) = office.put(a_delivery(tier=Tier.NOTICE))

    office.run(seconds=60)

    assert office.texts() == ["news once"]
    assert (office.states()[key], office.program.row(key).last_error) == ("dead", UNKNOWN)
    assert office.alerts == [HELD]


def test_notice_refused_for_haste_goes_again_though_nothing_can_be_read(office: Office) -> None:
    office.messenger.scopes.remove("im:history")
    office.messenger.fail(RateLimited(5))
    office.put(a_delivery(tier=Tier.NOTICE))

    office.run(seconds=60)

    assert office.texts() == ["news once"]


@pytest.mark.parametrize("error", [MessageRefused("msg_too_long"), MessageRefused("invalid_blocks")])
def test_message_that_slack_will_never_take_is_held_and_others_go(office: Office, error: MessageRefused) -> None:
    office.messenger.fail(error, channel="UADA")
    (key, _) = office.put(a_delivery("ada"), a_delivery("bo"))

    office.run(seconds=3)

    assert office.recipients() == ["bo"]
    assert (office.states()[key], office.program.row(key).last_error) == ("dead", str(error))
    assert office.alerts == [HELD]


def test_held_message_goes_when_it_is_requeued(office: Office) -> None:
    office.messenger.fail(MessageRefused("msg_too_long"))
    office.put(a_delivery())
    office.run()

    office.program.requeue_held()
    office.run()

    assert office.texts() == ["news once"]


def test_message_for_somebody_who_is_gone_is_let_go_without_a_word_to_anybody(office: Office) -> None:
    office.messenger.gone.add("UADA")
    (key,) = office.put(a_delivery("ada"))

    office.run()

    assert (office.states()[key], office.program.row(key).last_error) == ("suppressed", "gone")
    assert (office.alerts, office.program.requeue_held()) == ([], 0)


def test_message_in_doubt_for_somebody_who_is_gone_is_let_go_without_a_word_to_anybody(office: Office) -> None:
    office.messenger.fail(LOST)
    (key,) = office.put(a_delivery("ada"))
    office.dispatcher.dispatch()
    office.messenger.gone.add("UADA")

    office.run(seconds=120)

    assert (office.states()[key], office.program.row(key).last_error) == ("suppressed", "gone")
    assert office.alerts == []


def test_process_that_dies_after_the_fence_is_reconciled_by_another(office: Office) -> None:
    keys = office.put(a_delivery("ada"), a_delivery("bo"))
    office.messenger.fail(Killed("died"), is_done=True, channel="UADA")
    with pytest.raises(Killed):
        office.dispatcher.dispatch()
    another = office.another("survivor")

    another.run(seconds=130)

    assert sorted(another.messenger.keys()) == sorted(office.program.row(key).marker for key in keys)
    assert set(office.states().values()) == {"sent"}


class Killed(BaseException):
    """Ends the dispatcher as a kill would: no handler of ours may catch it."""


def test_message_that_ends_the_process_each_time_goes_again_ever_later_and_is_held(office: Office) -> None:
    office.messenger.scopes.remove("im:history")
    office.messenger.fail(Killed("died"), times=1000, is_done=True)
    (key,) = office.put(a_delivery("ada", tier=Tier.SESSION))

    for _ in range(120):
        with suppress(Killed):
            office.run(seconds=30)
        office.clock.advance(30 * SECOND)
        office.dispatcher.reconcile()

    assert (len(office.texts()), office.states()[key]) == (ATTEMPTS_MAX, "dead")
    assert office.program.row(key).last_error == UNKNOWN


def test_message_whose_answer_is_lost_each_time_goes_again_ever_later(office: Office) -> None:
    office.messenger.scopes.remove("im:history")
    office.messenger.fail(LOST, times=99, is_done=True)
    office.put(a_delivery("ada", tier=Tier.SESSION))

    office.run(seconds=3600)

    at = [each.at for each in office.messenger.accepted]
    gaps = [later - earlier for earlier, later in pairwise(at)]
    assert 3 <= len(at) <= 12
    assert gaps == sorted(gaps)
    assert gaps[-1] >= timedelta(minutes=10)


def test_message_that_arrived_is_found_though_our_clock_is_ahead_of_slacks(office: Office) -> None:
    office.messenger.fail(LOST, is_done=True)
    (key,) = office.put(a_delivery("ada"))
    office.dispatcher.dispatch()
    office.messenger.accepted[:] = [
        replace(each, at=each.at - timedelta(minutes=30)) for each in office.messenger.accepted
    ]

    office.run(seconds=300)

    assert (office.states()[key], len(office.texts())) == ("sent", 1)
