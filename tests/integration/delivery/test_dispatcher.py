"""Both ledgers as one stream: order, pace, and what one sends when the other is away. On each engine."""

from datetime import timedelta

import pytest

from domain.delivery import Deferred, MessageRefused, OutcomeUnknown, Suppressed, Tier, delivery_key
from domain.errors import DomainError, StoreAway, StoreBusy, SupportUnavailable
from services.delivery.composing import NOT_COMPOSED
from services.delivery.pace import BURST
from services.delivery.settling import ATTEMPTS_MAX
from services.delivery.watch import HELD
from tests.builders.deliveries import a_delivery
from tests.fakes.clock import NOON
from tests.fixtures.engines import Stores
from tests.looking.dispatching import Office

MINUTE = timedelta(minutes=1)
HOUR = timedelta(hours=1)
DAY = timedelta(days=1)


def test_rows_of_both_ledgers_go_by_tier_and_then_by_instant(office: Office) -> None:
    office.put(
        a_delivery("a", tier=Tier.NOTICE, due=NOON - HOUR),
        a_delivery("b", tier=Tier.SESSION, due=NOON - 2 * MINUTE),
        a_delivery("c", tier=Tier.CRITICAL),
    )
    office.put_support(
        a_delivery("d", tier=Tier.SESSION, due=NOON - 3 * MINUTE),
        a_delivery("e", tier=Tier.SESSION, due=NOON - MINUTE),
        a_delivery("f", tier=Tier.IMPORTANT, due=NOON - DAY),
    )

    office.dispatcher.dispatch()

    assert office.recipients() == ["c", "d", "b", "e", "f", "a"]
    assert set(office.states().values()) == {"sent"}


def test_row_is_sent_once_however_often_the_dispatcher_comes_round(office: Office) -> None:
    office.put(a_delivery())

    office.run(seconds=5)

    assert office.texts() == ["news once"]


def test_post_carries_the_marker_and_nothing_else_about_the_row(office: Office) -> None:
    (key,) = office.put_support(a_delivery(object_id="session-7"))

    office.dispatcher.dispatch()

    assert office.messenger.keys() == [office.support.row(key).marker]


def test_urgent_rows_overtake_many_others(ledgers: Stores) -> None:
    office = Office.open(ledgers, posts_per_minute=240)
    office.put(*(a_delivery(f"scholar-{number}", tier=Tier.NOTICE) for number in range(100)))
    office.dispatcher.dispatch()
    before = len(office.messenger.accepted)
    office.put(*(a_delivery(f"urgent-{number}", tier=Tier.CRITICAL) for number in range(20)))

    office.run(seconds=6)

    after = office.recipients()[before:]
    assert [each.startswith("urgent") for each in after] == [True] * 20


@pytest.mark.parametrize("messages", [80, pytest.param(1000, marks=pytest.mark.soak)])
def test_pace_is_kept_to_the_second(ledgers: Stores, messages: int) -> None:
    office = Office.open(ledgers, posts_per_minute=240)
    office.put(*(a_delivery(f"scholar-{number}") for number in range(messages)))

    office.run(seconds=1 + (messages - BURST) // 4)

    at = [int((each.at - NOON).total_seconds()) for each in office.messenger.accepted]
    assert at == [0] * BURST + [1 + number // 4 for number in range(messages - BURST)]
    assert office.messenger.reads == 0


def test_replicas_share_one_pace(ledgers: Stores) -> None:
    office = Office.open(ledgers, posts_per_minute=60)
    replicas = [office, office.another("second", posts_per_minute=60)]
    office.put(*(a_delivery(f"scholar-{number}") for number in range(40)))

    for _ in range(5):
        for replica in replicas:
            replica.dispatcher.dispatch()
        office.clock.advance(timedelta(seconds=1))

    assert len(office.messenger.accepted) == BURST + 4  # the burst, then one a second


def test_process_that_is_to_end_finishes_the_row_in_hand_and_leaves_the_rest(office: Office) -> None:
    office.put(*(a_delivery(person) for person in ("ada", "bo", "cleo")))
    office.messenger.on_post = office.dispatcher.stop

    taken = [office.dispatcher.dispatch() for _ in range(3)]
    sent_before_the_end = len(office.texts())
    office.another("next").run(seconds=2)

    assert (taken, sent_before_the_end) == ([1, 0, 0], 1)
    assert sorted(office.recipients()) == ["ada", "bo", "cleo"]


def test_process_that_is_to_end_looks_no_further_for_rows_in_doubt(office: Office) -> None:
    office.messenger.fail(OutcomeUnknown("reset"))
    office.put(a_delivery())
    office.dispatcher.dispatch()
    office.clock.advance(MINUTE)

    office.dispatcher.stop()

    assert (office.dispatcher.reconcile(), office.messenger.reads) == (0, 0)
    assert (office.another("next").dispatcher.reconcile(), office.messenger.reads) == (1, 1)


def test_person_in_both_ledgers_is_written_to_once_a_second(office: Office) -> None:
    office.put(a_delivery("ada"), a_delivery("ada", kind="other"))
    office.put_support(a_delivery("ada"))

    office.run(seconds=5)

    at = [each.at - NOON for each in office.messenger.accepted]
    assert at == [timedelta(seconds=second) for second in (0, 1, 2)]


def test_follower_goes_after_its_leader_to_the_same_place(office: Office) -> None:
    news = a_delivery()
    office.put_support(news, a_delivery(kind="file", after=delivery_key(news)))

    office.run(seconds=3)

    assert office.texts() == ["news once", "Session"]
    assert [each.channel for each in office.messenger.accepted] == ["DUADA", "DUADA"]


def test_catch_up_after_a_week_sends_the_newest_rung_only(ledgers: Stores) -> None:
    office = Office.open(ledgers)
    deadline = NOON + timedelta(hours=20)
    leads = {"T-7d": timedelta(days=7), "T-48h": 2 * DAY, "T-24h": DAY, "T-3h": 3 * HOUR}
    people = ["ada", "bo", "done"]
    office.composers["news"] = lambda row: (
        Suppressed("completed") if row.person_id == "done" else office.composers["other"](row)
    )
    for person in people:
        office.put(
            *(a_delivery(person, rung=rung, due=deadline, send_at=deadline - lead) for rung, lead in leads.items())
        )

    office.run(seconds=5)

    assert sorted(zip(office.recipients(), office.texts(), strict=True)) == [
        ("ada", "news T-24h"),
        ("bo", "news T-24h"),
    ]
    assert sorted(office.states().values()) == ["pending"] * 3 + ["sent"] * 2 + ["superseded"] * 6 + ["suppressed"]


def test_catch_up_after_the_deadline_sends_one_overdue_message(office: Office) -> None:
    deadline = NOON - 3 * DAY
    leads = {"T-24h": DAY, "T-3h": 3 * HOUR, "overdue": -HOUR}
    office.put(*(a_delivery(rung=rung, due=deadline, send_at=deadline - lead) for rung, lead in leads.items()))

    office.run(seconds=5)

    assert office.texts() == ["news overdue"]


def test_row_that_need_not_be_sent_any_more_is_not_sent_and_costs_no_token(ledgers: Stores) -> None:
    office = Office.open(ledgers, posts_per_minute=60)
    office.composers["other"] = lambda _row: Suppressed("completed")
    keys = office.put(*(a_delivery(f"scholar-{number}", kind="other") for number in range(50)), a_delivery("ada"))

    office.dispatcher.dispatch()

    assert office.recipients() == ["ada"]
    assert [office.states()[key] for key in keys] == ["suppressed"] * 50 + ["sent"]
    assert office.program.row(keys[0]).last_error == "completed"


def test_row_of_somebody_who_left_is_not_sent(office: Office) -> None:
    (key,) = office.put(a_delivery("bo"))
    office.people["bo"] = None

    office.dispatcher.dispatch()

    assert office.messenger.accepted == []
    assert (office.states()[key], office.program.row(key).last_error) == ("suppressed", "gone")


def test_row_that_is_put_off_goes_at_its_hour(office: Office) -> None:
    morning = NOON + 8 * HOUR
    office.composers["news"] = lambda row: (
        Deferred(until=morning) if office.clock.now() < morning else office.composers["other"](row)
    )
    (key,) = office.put(a_delivery())

    office.run(seconds=3)
    early, row = office.texts(), office.program.row(key)
    office.clock.advance(8 * HOUR)
    office.run()

    assert (early, office.texts()) == ([], ["news once"])
    # It is not looked at again and again until then, and its place among others is that of its hour.
    assert (row.state, row.send_at, row.claim) == ("pending", int(morning.timestamp()), 1)


def test_row_that_cannot_be_made_does_not_hold_up_others(office: Office) -> None:
    def broken(_row: object) -> Suppressed:
        raise ZeroDivisionError

    office.composers["other"] = broken
    (key,) = office.put(a_delivery("ada", kind="other", tier=Tier.CRITICAL))
    office.put(a_delivery("bo"), a_delivery("cleo"))

    office.dispatcher.dispatch()

    assert sorted(office.recipients()) == ["bo", "cleo"]
    assert (office.states()[key], office.program.row(key).attempt) == ("pending", 1)


def test_row_that_can_never_be_made_is_held_and_staff_are_told_once(office: Office) -> None:
    def broken(_row: object) -> Suppressed:
        raise ZeroDivisionError

    office.composers["news"] = broken
    (key,) = office.put(a_delivery())

    for _ in range(ATTEMPTS_MAX + 5):
        office.dispatcher.dispatch()
        office.clock.advance(timedelta(minutes=10))

    assert (office.states()[key], office.program.row(key).last_error) == ("dead", NOT_COMPOSED)
    assert office.alerts == [HELD]


def test_alert_that_cannot_be_delivered_brings_no_other_alert(office: Office) -> None:
    office.messenger.fail(MessageRefused("msg_too_long"))
    (key,) = office.put(a_delivery("sam", kind="alert", object_id="late"))

    office.dispatcher.dispatch()

    assert (office.states()[key], office.alerts) == ("dead", [])


def test_row_of_an_unknown_kind_is_held(office: Office) -> None:
    (key,) = office.put(a_delivery(kind="of next year"))

    office.dispatcher.dispatch()

    assert office.program.row(key).last_error == "nobody knows this kind of message"
    assert office.states() == {key: "dead"}


@pytest.mark.parametrize("error", [StoreAway, StoreBusy, SupportUnavailable])
def test_store_that_is_away_while_composing_costs_no_attempt(office: Office, error: type[DomainError]) -> None:
    def away(_row: object) -> Suppressed:
        raise error

    office.composers["news"] = away
    (key,) = office.put(a_delivery())
    for _ in range(3):
        office.dispatcher.dispatch()
        office.clock.advance(timedelta(seconds=4))
        office.dispatcher.dispatch()  # five seconds are not over: it is not asked for in vain
        office.clock.advance(timedelta(seconds=1))
    office.composers["news"] = office.composers["other"]

    office.dispatcher.dispatch()

    assert office.states() == {key: "sent"}
    row = office.program.row(key)
    assert (row.attempt, row.claim) == (0, 3 + 1)


@pytest.mark.parametrize("has_support", [True, False])
def test_program_messages_are_the_same_without_the_confidential_store(ledgers: Stores, has_support: bool) -> None:  # noqa: FBT001
    office = Office.open(ledgers, has_support=has_support)
    office.put(*(a_delivery(person, tier=tier) for person, tier in [("ada", Tier.NOTICE), ("bo", Tier.CRITICAL)]))
    office.put_support(a_delivery("cleo", tier=Tier.NOTICE, due=NOON + DAY))

    office.run(seconds=3)

    assert [(each.channel, each.text) for each in office.messenger.accepted] == [
        ("DUBO", "news once"),
        ("DUADA", "news once"),
    ]
