"""Other words in an old message go a way of their own: again after a lost answer, and past what posts wait for."""

from dataclasses import replace
from datetime import timedelta

import pytest

from domain.delivery import (
    Delivery,
    MessageGone,
    NewDelivery,
    OutcomeUnknown,
    Outgoing,
    OutgoingMessage,
    RateLimited,
    Tier,
    Way,
    delivery_key,
)
from domain.ports import Message, Posted
from tests.builders.deliveries import a_delivery
from tests.fakes.clock import NOON
from tests.looking.dispatching import Office

MINUTE = timedelta(minutes=1)
NEWS = a_delivery("ada")


def rewritten(_delivery: Delivery) -> Outgoing:
    return OutgoingMessage(Message(text="as it is now"))


def an_update(message: NewDelivery = NEWS, *, version: int = 2, minutes: float = 1) -> NewDelivery:
    """Other words for a message, a minute after noon."""
    return a_delivery(
        message.person_id,
        kind="rewrite",
        object_version=version,
        rung=f"{message.rung}.v{version}",
        after=delivery_key(message),
        way=Way.UPDATE,
        due=NOON + minutes * MINUTE,
    )


@pytest.fixture
def told(office: Office) -> Office:
    """Somebody has been told the news a minute ago."""
    office.composers["rewrite"] = rewritten
    office.put(NEWS)
    office.run(seconds=60)
    return office


def test_update_of_a_sent_message_changes_its_words_and_posts_nothing(told: Office) -> None:
    key = told.put(an_update())[0]

    told.run(seconds=2)

    assert (told.texts(), told.states()[key]) == (["as it is now"], "sent")
    assert told.program.queue.reading.place_of(key) == told.program.queue.reading.place_of(delivery_key(NEWS))


def test_update_of_a_message_that_was_never_sent_is_let_go(office: Office) -> None:
    office.composers["rewrite"] = rewritten
    office.people["ada"] = None
    key = office.put(NEWS, an_update())[1]

    office.run(seconds=70)

    assert (office.texts(), office.states()[key]) == ([], "suppressed")


@pytest.mark.parametrize("is_done", [False, True])
def test_update_whose_answer_is_lost_is_made_again_without_reading_back(told: Office, *, is_done: bool) -> None:
    key = told.put(an_update())[0]
    told.messenger.fail(OutcomeUnknown("reset"), is_done=is_done, on="update")

    told.run(seconds=10)  # sooner than rows in doubt are looked at

    assert (told.texts(), told.states()[key], told.messenger.reads) == (["as it is now"], "sent", 0)


def test_update_whose_process_died_is_made_again(told: Office) -> None:
    key = told.put(an_update())[0]
    told.clock.advance(MINUTE)
    told.program.sending(key)

    told.run(seconds=35)  # as soon as its lease is over

    assert (told.texts(), told.states()[key], told.messenger.reads) == (["as it is now"], "sent", 0)


def test_update_of_a_message_that_somebody_deleted_is_let_go(told: Office) -> None:
    key = told.put(an_update())[0]
    told.messenger.fail(MessageGone("message_not_found"), on="update")

    told.run(seconds=10)

    assert (told.states()[key], told.alerts) == ("suppressed", [])


def test_updates_refused_for_haste_hold_no_message_up(told: Office) -> None:
    update = told.put(an_update())[0]
    told.messenger.fail(RateLimited(30), on="update")
    told.run(seconds=2)

    message = told.put(a_delivery("bo", due=NOON + MINUTE))[0]
    told.run(seconds=2)

    assert (told.states()[update], told.states()[message]) == ("pending", "sent")
    told.run(seconds=40)
    assert told.states()[update] == "sent"


def test_of_two_updates_that_are_due_only_the_newest_is_made(told: Office) -> None:
    old, new = told.put(an_update(), an_update(version=3, minutes=2))
    told.clock.advance(2 * MINUTE)

    told.run(seconds=5)

    assert (told.states()[old], told.states()[new], len(told.messenger.updates)) == ("superseded", "sent", 1)


def test_other_words_of_the_same_version_go_after_those_that_went_before(told: Office) -> None:
    first, again = told.put(an_update(), replace(an_update(minutes=2), rung="met"))

    told.run(seconds=2)
    before = [told.states()[key] for key in (first, again)]
    told.clock.advance(MINUTE)
    told.run(seconds=2)

    assert (before, [told.states()[key] for key in (first, again)]) == (["sent", "pending"], ["sent", "sent"])
    assert len(told.messenger.updates) == 2


def test_older_words_that_were_made_before_newer_ones_went_do_not_go_after_them(told: Office) -> None:
    old, new = told.put(an_update(), an_update(version=3, minutes=1.1))
    rival = told.program.rival()
    slow = rival.claimed(old)
    told.clock.advance(MINUTE / 10)
    told.run(seconds=3)

    assert (told.states()[new], rival.fence(slow)) == ("sent", False)


def test_newer_words_wait_for_the_answer_to_others_that_are_just_going(told: Office) -> None:
    old, new = told.put(an_update(), an_update(version=3, minutes=1.1))
    rival = told.program.rival()
    slow = rival.sending(old)
    told.clock.advance(MINUTE / 10)
    told.run(seconds=3)
    early = told.program.row(new)
    rival.queue.finish([(slow, Posted(channel="D1", ts="1.1"))], owner=rival.owner)

    told.run(seconds=3)

    # It is looked at once in a second and not again and again meanwhile.
    assert (early.state, early.claim, told.states()[new]) == ("pending", 3, "sent")


def test_words_for_two_messages_to_one_person_do_not_wait_for_each_other(told: Office) -> None:
    (other,) = told.put(another := a_delivery("ada", rung="again", due=NOON + MINUTE / 2))
    told.run(seconds=5)
    first, second = told.put(an_update(), an_update(another, version=3))
    told.clock.advance(MINUTE)

    told.run(seconds=5)

    assert [told.states()[key] for key in (other, first, second)] == ["sent"] * 3


def test_update_comes_after_a_message_of_a_higher_tier(told: Office) -> None:
    update = told.put(an_update())[0]
    urgent = told.put(a_delivery("bo", tier=Tier.CRITICAL, due=NOON + MINUTE))[0]
    order: list[str] = []
    told.messenger.on_post = lambda: order.append(told.states()[update])

    told.run(seconds=3)

    assert (order, told.states()[urgent], told.states()[update]) == (["pending"], "sent", "sent")
