"""A message of record goes to a channel: it is not read back there, and of a closed one only its author hears."""

import logging

import pytest

from domain.delivery import (
    ChannelClosed,
    DeliveryError,
    OutcomeUnknown,
    Outgoing,
    RateLimited,
    RecipientGone,
    Tier,
    Way,
    channel_address,
)
from services.delivery.reconciling import UNKNOWN
from services.delivery.watch import HELD
from tests.builders.deliveries import a_delivery
from tests.looking.dispatching import Office

CHANNEL = channel_address("C1")


def no_words() -> Outgoing:
    raise ValueError("there are no words for it yet")


def test_row_to_a_channel_is_posted_there(office: Office) -> None:
    key = office.put(a_delivery(CHANNEL))[0]

    office.run()

    assert ([each.channel for each in office.messenger.accepted], office.states()[key]) == (["C1"], "sent")


@pytest.mark.parametrize("refusal", [RecipientGone("channel_not_found"), ChannelClosed("not_in_channel")])
def test_row_to_a_channel_that_is_closed_is_held_and_nobody_is_alarmed(
    office: Office, caplog: pytest.LogCaptureFixture, refusal: DeliveryError
) -> None:
    key = office.put(a_delivery(CHANNEL))[0]
    office.messenger.fail(refusal)

    office.run()

    assert (office.states()[key], office.program.row(key).last_error) == ("dead", str(refusal))
    assert (office.alerts, [each for each in caplog.records if each.levelno >= logging.WARNING]) == ([], [])


def test_other_words_for_a_message_of_record_in_a_closed_channel_are_held_and_told(office: Office) -> None:
    office.composers["rewrite"] = office.composers["news"]
    record = office.put(a_delivery(CHANNEL))[0]
    office.run()
    update = a_delivery(CHANNEL, kind="rewrite", object_version=2, after=record, way=Way.UPDATE)
    key = office.put(update)[0]
    office.messenger.fail(ChannelClosed("is_inactive"), on="update")

    office.run(seconds=2)

    assert (office.states()[key], office.program.row(key).last_error, office.alerts) == ("dead", "is_inactive", [HELD])


def test_row_to_a_person_where_the_bot_may_not_write_is_held_and_told(office: Office) -> None:
    key = office.put(a_delivery("ada"))[0]
    office.messenger.fail(ChannelClosed("restricted_action"))

    office.run()

    assert (office.states()[key], office.alerts) == ("dead", [HELD])


@pytest.mark.parametrize(
    ("tier", "state", "number"), [(Tier.IMPORTANT, "sent", 2), (Tier.NOTICE, "dead", 1)], ids=["important", "notice"]
)
def test_row_to_a_channel_whose_answer_is_lost_is_never_read_back(
    office: Office, tier: Tier, state: str, number: int
) -> None:
    key = office.put(a_delivery(CHANNEL, tier=tier))[0]
    office.messenger.fail(OutcomeUnknown("reset"), is_done=True)

    office.run(seconds=120)

    assert (office.states()[key], len(office.texts()), office.messenger.reads) == (state, number, 0)


@pytest.mark.parametrize("tier", [Tier.IMPORTANT, Tier.NOTICE])
def test_row_to_a_channel_keeps_for_good_how_many_copies_may_stand_there_that_nobody_knows_of(
    office: Office, tier: Tier
) -> None:
    key = office.put(a_delivery(CHANNEL, tier=tier))[0]
    office.messenger.fail(OutcomeUnknown("reset"), is_done=True)
    office.run(seconds=120)
    before = office.program.row(key).lost_answers

    office.program.requeue_held()
    office.run(seconds=120)

    assert (before, office.program.row(key).lost_answers, office.states()[key]) == (1, 1, "sent")
    assert len(office.texts()) == 2


def test_row_to_a_channel_whose_process_died_while_it_was_sending_counts_too(office: Office) -> None:
    key = office.put(a_delivery(CHANNEL))[0]
    office.program.sending(key)

    office.run(seconds=120)

    assert (office.states()[key], office.program.row(key).lost_answers) == ("sent", 1)


@pytest.mark.parametrize("trouble", ["haste", "words"])
def test_row_to_a_channel_that_went_wrong_and_stands_nowhere_counts_no_copy(office: Office, trouble: str) -> None:
    key = office.put(a_delivery(CHANNEL))[0]
    if trouble == "haste":
        office.messenger.fail(RateLimited(1))
    else:
        words = office.composers.pop("news")
        office.composers["news"] = lambda row: words(row) if row.attempt else no_words()

    office.run(seconds=120)

    assert (office.states()[key], office.program.row(key).lost_answers) == ("sent", 0)


def test_held_row_to_a_channel_counts_the_answer_that_was_lost(office: Office) -> None:
    key = office.put(a_delivery(CHANNEL, tier=Tier.NOTICE))[0]
    office.messenger.fail(OutcomeUnknown("reset"))

    office.run(seconds=120)

    row = office.program.row(key)
    assert (row.state, row.last_error, row.lost_answers) == ("dead", UNKNOWN, 1)
