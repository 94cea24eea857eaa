"""What becomes of a row when Slack, the process or the store is in trouble. On each engine."""

from collections.abc import Iterator
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import replace
from datetime import timedelta

import pytest
from sqlalchemy import update

from domain.delivery import (
    AccessLost,
    DeliveryError,
    MessageRefused,
    OutcomeUnknown,
    RateLimited,
    Tier,
    Unreachable,
    UploadUnknown,
    delivery_key,
)
from domain.ports import Posted
from services.delivery.reconciling import UNKNOWN
from services.delivery.settling import ATTEMPTS_MAX
from services.delivery.watch import HELD, NO_ACCESS, OUTAGE
from storage.engine import Store
from storage.migrations import StoreName
from tests.builders.deliveries import a_delivery
from tests.fakes.clock import NOON
from tests.fixtures.engines import Stores
from tests.looking.dispatching import Office

SECOND = timedelta(seconds=1)
MINUTE = timedelta(minutes=1)
LOST = OutcomeUnknown("reset")


def test_lost_reply_is_found_and_not_sent_again(office: Office) -> None:
    office.messenger.fail(LOST, is_done=True)
    (key,) = office.put(a_delivery())

    office.run(seconds=120)

    assert office.texts() == ["news once"]
    assert office.states() == {key: "sent"}
    assert office.program.queue.reading.place_of(key) is not None
    assert office.program.row(key).ts == office.messenger.accepted[0].ts


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


def test_bar_is_obeyed_by_every_replica_and_by_one_that_starts_anew(ledgers: Stores) -> None:
    office = Office.open(ledgers)
    replicas = [office, office.another("second"), office.another("third")]
    keys = office.put(*(a_delivery(f"scholar-{number}") for number in range(30)))
    office.messenger.fail(RateLimited(30), channel="USCHOLAR-7")
    for replica in replicas:
        replica.dispatcher.dispatch()
    at_the_bar = len(office.messenger.accepted)
    tried = count_posts(office)

    for second in range(29):
        for replica in replicas:
            replica.dispatcher.dispatch()
        if second == 10:
            replicas[0] = office.another("first, restarted")
        office.clock.advance(SECOND)
    during = len(tried)
    for _ in range(100):
        replicas[0].run()
        replicas[0].dispatcher.reconcile()

    assert at_the_bar < 30
    assert during == 0
    assert len(set(office.messenger.keys())) == len(office.messenger.keys()) == 30
    assert {office.program.row(key).state for key in keys} == {"sent"}
    assert {office.program.row(key).attempt for key in keys} == {0}


def count_posts(office: Office) -> list[int]:
    """Notes each try to post from now on."""
    tried: list[int] = []
    office.messenger.on_post = lambda: tried.append(1)
    return tried


def test_upload_refused_for_haste_is_begun_again(office: Office) -> None:
    news = a_delivery()
    office.put_support(news, a_delivery(kind="file", after=delivery_key(news)))
    office.messenger.fail(RateLimited(10), on="begin_file")

    office.run(seconds=30)

    assert office.texts() == ["news once", "Session"]
    assert set(office.states().values()) == {"sent"}


def test_file_whose_reply_is_lost_is_found_by_its_id(office: Office) -> None:
    news = a_delivery()
    keys = office.put_support(news, a_delivery(kind="file", after=delivery_key(news)))
    office.messenger.fail(LOST, is_done=True, on="finish_file")

    office.run(seconds=60)

    assert office.texts() == ["news once", "Session"]
    assert (office.states()[keys[1]], office.support.row(keys[1]).file_id) == (
        "sent",
        office.messenger.accepted[1].file_id,
    )


def a_message_and_its_file(office: Office, tier: Tier = Tier.SESSION) -> str:
    """Both are due; the key of the file."""
    news = a_delivery(tier=tier)
    return office.put_support(news, a_delivery(kind="file", tier=tier, after=delivery_key(news)))[1]


def test_file_that_arrived_is_sent_and_neither_held_nor_shown_twice_though_nothing_can_be_read(office: Office) -> None:
    office.messenger.scopes.remove("im:history")
    key = a_message_and_its_file(office)
    office.messenger.fail(LOST, is_done=True, on="finish_file")

    office.run(seconds=120)

    assert (office.texts(), len(office.messenger.uploads)) == (["news once", "Session"], 1)
    assert (office.states()[key], office.alerts) == ("sent", [])
    assert office.support.queue.reading.place_of(key) == Posted(channel="DUADA", ts="")


@pytest.mark.parametrize("tier", [Tier.SESSION, Tier.NOTICE])
def test_file_refused_for_haste_whose_upload_lapsed_is_uploaded_anew_though_nothing_can_be_read(
    office: Office, tier: Tier
) -> None:
    office.messenger.scopes.remove("im:history")
    key = a_message_and_its_file(office, tier)
    office.messenger.fail(RateLimited(600), on="finish_file")
    office.run(seconds=5)

    office.messenger.uploads.clear()
    office.run(seconds=700)

    assert (office.texts(), office.states()[key]) == (["news once", "Session"], "sent")
    assert HELD not in office.alerts


def test_file_refused_for_haste_that_arrived_is_shown_twice_rather_than_perhaps_never_when_nothing_can_be_read(
    office: Office,
) -> None:
    office.messenger.scopes.remove("im:history")
    key = a_message_and_its_file(office)
    office.messenger.fail(RateLimited(5), is_done=True, on="finish_file")

    office.run(seconds=120)

    assert (office.texts(), office.states()[key]) == (["news once", "Session", "Session"], "sent")
    assert office.alerts == []


def test_file_refused_for_haste_that_arrived_is_shown_once_where_it_can_be_read(office: Office) -> None:
    key = a_message_and_its_file(office)
    office.messenger.fail(RateLimited(5), is_done=True, on="finish_file")

    office.run(seconds=120)

    assert (office.texts(), office.states()[key]) == (["news once", "Session"], "sent")


def test_file_that_arrived_is_sent_though_the_next_try_came_to_nothing(office: Office) -> None:
    office.messenger.scopes.remove("im:history")
    key = a_message_and_its_file(office)
    office.messenger.fail(LOST, is_done=True, on="finish_file")
    office.messenger.fail(Unreachable("gaierror"), on="finish_file")

    office.run(seconds=120)

    assert (office.texts(), office.states()[key]) == (["news once", "Session"], "sent")


@pytest.mark.parametrize("error", [LOST, Unreachable("gaierror")])
def test_upload_that_has_lapsed_and_did_not_arrive_is_begun_again(office: Office, error: DeliveryError) -> None:
    key = a_message_and_its_file(office)
    office.messenger.fail(error, on="finish_file")
    office.run(seconds=2)

    office.messenger.uploads.clear()
    office.run(seconds=120)

    assert (office.texts(), office.states()[key]) == (["news once", "Session"], "sent")
    assert office.alerts == []


def test_file_that_slack_forgets_each_time_is_held(office: Office) -> None:
    key = a_message_and_its_file(office)
    office.messenger.fail(UploadUnknown("file_not_found"), on="finish_file", times=1000)

    for _ in range(60):
        office.clock.advance(MINUTE)
        office.run()

    assert (office.states()[key], office.support.row(key).last_error) == ("dead", "file_not_found")
    assert (len(office.messenger.uploads), office.alerts) == (ATTEMPTS_MAX, [HELD])


def test_upload_without_an_answer_is_begun_again_and_nobody_sees_two(office: Office) -> None:
    news = a_delivery()
    office.put_support(news, a_delivery(kind="file", after=delivery_key(news)))
    office.messenger.fail(LOST, on="begin_file", is_done=True)

    office.run(seconds=30)

    assert office.texts() == ["news once", "Session"]


def test_file_without_its_scope_is_dropped_and_the_message_stays(office: Office) -> None:
    office.messenger.scopes.remove("files:write")
    news = a_delivery()
    keys = office.put_support(news, a_delivery(kind="file", after=delivery_key(news)))

    office.run(seconds=5)

    assert [office.states()[key] for key in keys] == ["sent", "suppressed"]
    assert office.alerts == []


@pytest.mark.parametrize("error", [AccessLost("token_revoked"), AccessLost("invalid_auth")])
def test_lost_access_stops_sending_and_keeps_the_rows(office: Office, error: AccessLost) -> None:
    office.messenger.fail(error, times=1000)
    keys = office.put(*(a_delivery(f"scholar-{number}") for number in range(20)))
    tried = count_posts(office)

    office.run(seconds=59)

    assert len(tried) == 1
    assert [office.states()[key] for key in keys] == ["pending"] * 20
    assert {office.program.row(key).attempt for key in keys} == {0}
    assert office.alerts == [NO_ACCESS]


def test_access_that_comes_back_is_noticed_within_a_minute(office: Office) -> None:
    office.messenger.scopes.remove("chat:write")
    office.put(a_delivery())
    office.run(seconds=30)
    troubles = office.dispatcher.watch.health()
    office.messenger.scopes.add("chat:write")

    office.run(seconds=31)

    assert NO_ACCESS in troubles
    assert office.texts() == ["news once"]
    assert NO_ACCESS not in office.dispatcher.watch.health()


def test_outage_is_tried_and_not_hammered(office: Office) -> None:
    office.messenger.fail(LOST, times=1000)
    office.put(*(a_delivery(f"scholar-{number}") for number in range(100)))
    tried = count_posts(office)

    office.run(seconds=60)

    assert len(tried) == 5  # after 0, 2, 6, 14 and 30 seconds
    assert office.alerts == [OUTAGE]


def test_outage_over_sends_everything_once(office: Office) -> None:
    office.messenger.fail(Unreachable("gaierror"), times=1000)
    keys = office.put(*(a_delivery(f"scholar-{number}") for number in range(20)))
    office.run(seconds=30)
    office.messenger.mend()

    office.run(seconds=61)

    assert sorted(office.messenger.keys()) == sorted(office.program.row(key).marker for key in keys)
    assert office.messenger.reads == 0
    assert OUTAGE not in office.dispatcher.watch.health()


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


def test_reading_back_in_haste_stops_until_slack_allows_it(office: Office) -> None:
    office.messenger.fail(LOST, times=3, is_done=True)
    office.put(*(a_delivery(person) for person in ("ada", "bo", "cleo")))
    office.run(seconds=20)
    office.messenger.fail(RateLimited(120), on="find")

    looked_at = [office.dispatcher.reconcile() for _ in range(3)]
    reads = office.messenger.reads
    office.run(seconds=150)

    assert (looked_at, reads) == ([1, 0, 0], 1)
    assert len(office.messenger.accepted) == 3
    assert set(office.states().values()) == {"sent"}


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


def test_message_whose_answer_is_lost_each_time_goes_again_ever_later(office: Office) -> None:
    office.messenger.scopes.remove("im:history")
    office.messenger.fail(LOST, times=99, is_done=True)
    office.put(a_delivery("ada", tier=Tier.SESSION))

    office.run(seconds=3600)

    assert 3 <= len(office.texts()) <= 12


def test_message_that_arrived_is_found_though_our_clock_is_ahead_of_slacks(office: Office) -> None:
    office.messenger.fail(LOST, is_done=True)
    (key,) = office.put(a_delivery("ada"))
    office.dispatcher.dispatch()
    office.messenger.accepted[:] = [
        replace(each, at=each.at - timedelta(minutes=30)) for each in office.messenger.accepted
    ]

    office.run(seconds=300)

    assert (office.states()[key], len(office.texts())) == ("sent", 1)
