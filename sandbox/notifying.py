"""Whom a message notifies: everybody in a DM, and in a channel those whom it mentions, however the mention got there.

Where Slack leaves open whether something mentions anybody, it counts here as if it did: a test that finds nobody
notified can be believed.
"""

import re
from collections.abc import Iterable, Iterator

from sandbox.model import Channel, Message, Payload, User

EVERYBODY = ("channel", "here", "everyone")
_PERSON = re.compile(r"<@([UW][A-Z0-9-]+)(?:\|[^<>]*)?>")
_BROADCAST = re.compile(rf"<!(?:{'|'.join(EVERYBODY)})(?:\|[^<>]*)?>")
_TYPED = re.compile(rf"(?<![\w<!|@])@({'|'.join(EVERYBODY)})(?!\w)")


def notified(message: Message, channel: Channel, people: Iterable[User]) -> frozenset[str]:
    """The accounts of those whom it notifies, never its author; what only one person sees notifies nobody.

    `people` are who can be notified at all, of whom those in the channel are.
    """
    if message.visible_to is not None:
        return frozenset()
    there = {user.id for user in people if user.id in channel.members} - {message.user}
    said = [message.text, *_texts(message.blocks)]
    if channel.is_im or any(_BROADCAST.search(text) for text in said):
        return frozenset(there)
    return frozenset(there & {name for text in said for name in _PERSON.findall(text)})


def with_mentions(text: str) -> str:
    """A text in which a typed `@channel` is one, as in what people type and where an app asks for it."""
    return _TYPED.sub(r"<!\1>", text)


def _texts(value: object) -> Iterator[str]:
    if isinstance(value, list):
        for each in value:
            yield from _texts(each)
    elif isinstance(value, dict):
        yield _said(value)
        yield from _texts([each for each in value.values() if isinstance(each, (dict, list))])


def _said(part: Payload) -> str:
    """What a text object or a piece of rich text says, mentions as in mrkdwn; "" for anything else."""
    kind, text = part.get("type"), part.get("text")
    if kind == "mrkdwn" and isinstance(text, str):
        return text if part.get("verbatim") else with_mentions(text)
    if kind == "user":
        return f"<@{part.get('user_id')}>"
    if kind == "broadcast":
        return f"<!{part.get('range')}>"
    return ""
