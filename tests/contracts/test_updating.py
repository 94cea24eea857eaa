"""Other words in place of a message's: one contract of `Messenger.update` for the fake and Slack's client alike."""

from datetime import timedelta
from typing import Any

import pytest

from domain.delivery import (
    DeliveryError,
    MessageGone,
    MessageRefused,
    MissingScope,
    OutcomeUnknown,
    RateLimited,
    RecipientGone,
)
from domain.ports import Message, Posted
from sandbox.client import SandboxClient
from tests.contracts.workplaces import ADA, RETRY_AFTER_SECONDS, OverHttp, Workplace

MINUTE = timedelta(minutes=1)
DIVIDER = {"type": "divider", "block_id": "line"}
FIRST = Message(text="On Friday", blocks=(DIVIDER,))
NEWER = Message(text="On Monday", blocks=(DIVIDER | {"block_id": "another"},))


def posted(workplace: Workplace) -> Posted:
    return workplace.messenger.post(channel=ADA, message=FIRST, key="key-1")


def update(workplace: Workplace, place: Posted, message: Message = NEWER) -> None:
    workplace.messenger.update(channel=place.channel, ts=place.ts, message=message)


def test_update_replaces_text_and_blocks_where_the_message_is(workplace: Workplace) -> None:
    first, second = posted(workplace), posted(workplace)

    update(workplace, first)

    assert (workplace.shown(first), workplace.shown(second)) == (NEWER, FIRST)


def test_update_without_blocks_takes_those_away_that_were_there(workplace: Workplace) -> None:
    place = posted(workplace)

    update(workplace, place, Message(text="Withdrawn"))

    assert workplace.shown(place) == Message(text="Withdrawn")


def test_updated_message_keeps_its_key(workplace: Workplace) -> None:
    since = workplace.now() - MINUTE
    place = posted(workplace)

    update(workplace, place)

    assert workplace.messenger.find(channel=ADA, key="key-1", since=since) == place


def test_update_whose_reply_is_lost_can_be_made_again(workplace: Workplace) -> None:
    place = posted(workplace)
    workplace.fail("lost reply", on="update")
    with pytest.raises(OutcomeUnknown):
        update(workplace, place)

    update(workplace, place)

    assert workplace.shown(place) == NEWER


@pytest.mark.parametrize("what", ["broken connection", "server error"])
def test_update_that_meets_trouble_before_it_is_taken_is_unknown(workplace: Workplace, what: str) -> None:
    place = posted(workplace)
    workplace.fail(what, on="update")

    with pytest.raises(OutcomeUnknown):
        update(workplace, place)

    assert workplace.shown(place) == FIRST


def test_update_in_haste_tells_how_long_to_wait(workplace: Workplace) -> None:
    place = posted(workplace)
    workplace.fail("ratelimited", on="update")

    with pytest.raises(RateLimited) as refused:
        update(workplace, place)

    assert refused.value.retry_after_seconds == RETRY_AFTER_SECONDS
    assert workplace.shown(place) == FIRST


def test_update_of_a_deleted_message_finds_it_gone(workplace: Workplace) -> None:
    place = posted(workplace)
    workplace.delete(place)

    with pytest.raises(MessageGone, match="message_not_found"):
        update(workplace, place)


def test_update_of_a_message_that_never_was_finds_it_gone(workplace: Workplace) -> None:
    place = posted(workplace)

    with pytest.raises(MessageGone, match="message_not_found"):
        workplace.messenger.update(channel=place.channel, ts="1.000001", message=NEWER)


def test_update_by_account_instead_of_channel_finds_nobody(workplace: Workplace) -> None:
    place = posted(workplace)

    with pytest.raises(RecipientGone, match="channel_not_found"):
        workplace.messenger.update(channel=ADA, ts=place.ts, message=NEWER)


@pytest.mark.parametrize(
    ("message", "code"),
    [
        (Message(text="a" * 4001), "msg_too_long"),
        (Message(text="Hello", blocks=({"type": "divider"},) * 51), "invalid_blocks"),
    ],
    ids=["text", "blocks"],
)
def test_update_of_more_than_slack_takes_is_refused_and_changes_nothing(
    workplace: Workplace, message: Message, code: str
) -> None:
    place = posted(workplace)

    with pytest.raises(MessageRefused, match=code) as refused:
        update(workplace, place, message)

    assert type(refused.value) is MessageRefused
    assert workplace.shown(place) == FIRST


def test_update_without_its_scope_names_the_scope(workplace: Workplace) -> None:
    workplace.drop_scope("chat:write")

    with pytest.raises(MissingScope, match="chat:write"):
        workplace.messenger.update(channel="D1", ts="1.000001", message=NEWER)


@pytest.mark.parametrize(
    ("code", "error"),
    [
        ("cant_update_message", MessageGone),
        ("edit_window_closed", MessageGone),
        ("update_failed", OutcomeUnknown),
        ("streaming_state_conflict", MessageRefused),
    ],
)
def test_code_of_an_update_becomes_the_error_of_the_port(
    workspace: SandboxClient, code: str, error: type[DeliveryError]
) -> None:
    workplace = OverHttp.make(workspace)
    place = posted(workplace)
    workspace.fault("chat.update", "error", error=code)

    with pytest.raises(DeliveryError, match=code) as raised:
        update(workplace, place)

    assert type(raised.value) is error


def test_update_makes_no_mention_of_a_typed_name(workspace: SandboxClient) -> None:
    workplace = OverHttp.make(workspace)

    update(workplace, posted(workplace))

    assert asked(workspace)["parse"] == "none"


def test_update_without_blocks_says_so_to_slack(workspace: SandboxClient) -> None:
    workplace = OverHttp.make(workspace)

    update(workplace, posted(workplace), Message(text="Withdrawn"))

    assert asked(workspace)["blocks"] == []


def asked(workspace: SandboxClient) -> dict[str, Any]:
    """The arguments of the one update."""
    (call,) = workspace.calls("chat.update", accepted=True)
    return dict(call["args"])
