"""A message of record goes to a channel: it is not read back there, and a closed channel is told, not passed over."""

import pytest

from domain.delivery import OutcomeUnknown, RecipientGone, Tier, channel_address
from services.delivery.watch import HELD
from tests.builders.deliveries import a_delivery
from tests.looking.dispatching import Office

CHANNEL = channel_address("C1")


def test_row_to_a_channel_is_posted_there(office: Office) -> None:
    key = office.put(a_delivery(CHANNEL))[0]

    office.run()

    assert ([each.channel for each in office.messenger.accepted], office.states()[key]) == (["C1"], "sent")


def test_row_to_a_channel_that_is_gone_is_held_and_told(office: Office) -> None:
    key = office.put(a_delivery(CHANNEL))[0]
    office.messenger.fail(RecipientGone("channel_not_found"))

    office.run()

    assert (office.states()[key], office.program.row(key).last_error) == ("dead", "channel_not_found")
    assert office.alerts == [HELD]


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
