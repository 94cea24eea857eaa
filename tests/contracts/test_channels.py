"""Channels: what a message to one meets, the same for the fake and for Slack's client."""

import pytest

from domain.delivery import (
    ChannelClosed,
    DeliveryError,
    MessageRefused,
    MissingScope,
    OutcomeUnknown,
    RateLimited,
    RecipientGone,
)
from domain.ports import ChannelInfo, Message
from sandbox.client import SandboxClient
from tests.contracts.workplaces import ADA, RETRY_AFTER_SECONDS, OverHttp, Workplace

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


def test_channel_tells_whether_it_is_open_and_has_the_bot(workplace: Workplace) -> None:
    channel = workplace.open_channel()
    first = workplace.messenger.channel(channel)
    workplace.leave(channel)
    left = workplace.messenger.channel(channel)
    workplace.archive(channel)

    assert first == ChannelInfo(id=channel, name="news", is_archived=False, has_bot=True)
    assert (left.is_archived, left.has_bot) == (False, False)
    assert workplace.messenger.channel(channel).is_archived


def test_members_of_a_channel_are_those_who_are_in_it(workplace: Workplace) -> None:
    channel = workplace.open_channel()
    before = workplace.messenger.channel_members(channel)
    workplace.crowd(channel, 2)

    assert ADA in before
    assert workplace.messenger.channel_members(channel) == before | {"U0CROWD0", "U0CROWD1"}


@pytest.mark.parametrize("look", ["channel", "channel_members"])
def test_channel_that_nobody_knows_is_not_found(workplace: Workplace, look: str) -> None:
    workplace.open_channel()

    with pytest.raises(RecipientGone, match="channel_not_found"):
        getattr(workplace.messenger, look)("C0NOWHERE")


@pytest.mark.parametrize("look", ["channel", "channel_members"])
def test_private_channel_is_seen_by_no_scope_of_ours(workplace: Workplace, look: str) -> None:
    channel = workplace.open_channel(is_private=True)
    with pytest.raises(MissingScope, match="groups:read"):
        getattr(workplace.messenger, look)(channel)
    workplace.leave(channel)

    with pytest.raises(RecipientGone, match="channel_not_found"):
        getattr(workplace.messenger, look)(channel)


@pytest.mark.parametrize("look", ["channel", "channel_members"])
def test_look_at_a_channel_without_its_scope_names_the_scope(workplace: Workplace, look: str) -> None:
    workplace.drop_scope("channels:read")

    with pytest.raises(MissingScope, match="channels:read"):
        getattr(workplace.messenger, look)("C0NEWS")


@pytest.mark.parametrize("look", ["channel", "channel_members"])
def test_look_at_a_channel_in_trouble_raises_what_the_port_says(workplace: Workplace, look: str) -> None:
    channel = workplace.open_channel()
    workplace.fail("server error", on=look)

    with pytest.raises(OutcomeUnknown):
        getattr(workplace.messenger, look)(channel)


def test_look_at_a_channel_in_haste_tells_how_long_to_wait(workplace: Workplace) -> None:
    channel = workplace.open_channel()
    workplace.fail("ratelimited", on="channel")

    with pytest.raises(RateLimited) as refused:
        workplace.messenger.channel(channel)

    assert refused.value.retry_after_seconds == RETRY_AFTER_SECONDS
