"""Channels: what a message to one meets, the same for the fake and for Slack's client."""

import pytest

from domain.delivery import ChannelClosed, DeliveryError, MessageRefused, RecipientGone
from domain.ports import Message
from sandbox.client import SandboxClient
from tests.contracts.workplaces import OverHttp, Workplace

HELLO = Message(text="Hello")


def test_post_to_a_channel_stays_in_it(workplace: Workplace) -> None:
    channel = workplace.open_channel()

    posted = workplace.messenger.post(channel=channel, message=HELLO, key="key-1")

    assert posted.channel == channel
    assert workplace.shown(posted) == HELLO


def test_post_to_an_archived_channel_finds_it_closed(workplace: Workplace) -> None:
    channel = workplace.open_channel()
    workplace.archive(channel)

    with pytest.raises(ChannelClosed, match="is_archived"):
        workplace.messenger.post(channel=channel, message=HELLO, key="key-1")

    assert workplace.accepted() == []


def test_post_to_a_channel_that_the_bot_left_finds_it_closed(workplace: Workplace) -> None:
    channel = workplace.open_channel()
    workplace.leave(channel)

    with pytest.raises(ChannelClosed, match="not_in_channel"):
        workplace.messenger.post(channel=channel, message=HELLO, key="key-1")

    assert workplace.accepted() == []


def test_update_in_an_archived_channel_finds_it_closed(workplace: Workplace) -> None:
    channel = workplace.open_channel()
    posted = workplace.messenger.post(channel=channel, message=HELLO, key="key-1")
    workplace.archive(channel)

    with pytest.raises(ChannelClosed, match="is_inactive"):
        workplace.messenger.update(channel=channel, ts=posted.ts, message=Message(text="Newer"))

    assert workplace.shown(posted) == HELLO


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("restricted_action", ChannelClosed),
        ("restricted_action_read_only_channel", ChannelClosed),
        ("restricted_action_thread_only_channel", ChannelClosed),
        ("channel_not_found", RecipientGone),
        ("messages_tab_disabled", MessageRefused),
    ],
)
def test_code_that_a_channel_answers_with_becomes_the_error_of_the_port(
    workspace: SandboxClient, code: str, error: type[DeliveryError]
) -> None:
    workplace = OverHttp.make(workspace)
    channel = workplace.open_channel()
    workspace.fault("chat.postMessage", "error", error=code)

    with pytest.raises(DeliveryError, match=code) as raised:
        workplace.messenger.post(channel=channel, message=HELLO, key="key-1")

    assert type(raised.value) is error
