"""Whom a message notifies: nobody by words that only look like a mention."""

from typing import Any

import pytest

from sandbox.model import Channel, Message, User
from sandbox.notifying import notified
from tests.builders.blocks import Payload

EVERYBODY = frozenset({"U0ADA", "U0BO"})
NOBODY: frozenset[str] = frozenset()


def an_account(id_: str) -> User:
    return User(id=id_, team_id="T1", name=id_, real_name=id_, email=None, tz="UTC")


PEOPLE = [an_account(id_) for id_ in ("U0ADA", "U0BO", "U0ELSEWHERE")]


def by(text: str = "", *, blocks: list[Payload] | None = None, is_im: bool = False, **more: Any) -> frozenset[str]:
    """Whom a message of the bot's to Ada and Bo notifies."""
    channel = Channel(id="C1", name="general", members={"U0ADA", "U0BO", "U0BOT"}, created=0, is_im=is_im)
    message = Message(ts="1.1", channel="C1", text=text, blocks=blocks or [], **{"user": "U0BOT", **more})
    return notified(message, channel, PEOPLE)


def mrkdwn(text: str, **more: Any) -> list[Payload]:
    return [{"type": "section", "text": {"type": "mrkdwn", "text": text, **more}}]


@pytest.mark.parametrize(
    ("text", "whom"),
    [
        ("Hello", NOBODY),
        ("<!channel> Hello", EVERYBODY),
        ("<!here|here>", EVERYBODY),
        ("<!everyone>", EVERYBODY),
        ("&lt;!channel&gt;", NOBODY),
        ("@channel @here @everyone", NOBODY),
        ("<@U0ADA> and <@U0ADA|ada>", {"U0ADA"}),
        ("<@U0ELSEWHERE> <@U0NOBODY>", NOBODY),
        ("&lt;@U0ADA&gt;", NOBODY),
        ("<!date^1^{date}|today> <#C1>", NOBODY),
    ],
)
def test_text_in_a_channel_notifies_whom_it_mentions(text: str, whom: frozenset[str]) -> None:
    assert by(text) == whom


@pytest.mark.parametrize(
    ("blocks", "whom"),
    [
        (mrkdwn("<!channel>", verbatim=True), EVERYBODY),
        (mrkdwn("&lt;!channel&gt; @channel", verbatim=True), NOBODY),
        (mrkdwn("For @channel"), EVERYBODY),
        (mrkdwn("mail me@channel or @channels"), NOBODY),
        ([{"type": "section", "text": {"type": "plain_text", "text": "<!channel> @channel <@U0ADA>"}}], NOBODY),
        ([{"type": "context", "elements": [{"type": "mrkdwn", "text": "<@U0BO>", "verbatim": True}]}], {"U0BO"}),
        ([{"type": "rich_text", "elements": [{"type": "broadcast", "range": "here"}]}], EVERYBODY),
        ([{"type": "rich_text", "elements": [{"type": "user", "user_id": "U0ADA"}]}], {"U0ADA"}),
        (
            [{"type": "actions", "elements": [{"type": "button", "text": {"type": "plain_text", "text": "@here"}}]}],
            NOBODY,
        ),
    ],
)
def test_blocks_in_a_channel_notify_whom_they_mention(blocks: list[Payload], whom: frozenset[str]) -> None:
    assert by("Hello", blocks=blocks) == whom


def test_message_in_a_dm_notifies_whoever_did_not_write_it() -> None:
    assert by("Hello", is_im=True) == EVERYBODY
    assert by("Hello", is_im=True, user="U0ADA") == {"U0BO"}


def test_author_is_not_notified_by_their_own_words() -> None:
    assert by("<!channel>", user="U0ADA") == {"U0BO"}


def test_what_only_one_person_sees_notifies_nobody() -> None:
    assert by("<!channel>", visible_to="U0ADA") == NOBODY
