"""A message of record goes to a channel: it is not read back there, and of a closed one only its author hears."""

import logging

import pytest

from domain.delivery import ChannelClosed, DeliveryError, OutcomeUnknown, RecipientGone, Tier, channel_address
from services.delivery.watch import HELD
from tests.builders.deliveries import a_delivery
from tests.looking.dispatching import Office

CHANNEL = channel_address("C1")


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
