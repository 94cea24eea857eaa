"""The bot's own messages, read back after a lost answer."""

from collections.abc import Iterator
from datetime import datetime
from typing import Any

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse

from bot.messenger.errors import reading
from domain.ports import Posted

HISTORY_PAGE = 100
_USER_PREFIXES = ("U", "W")


def find_message(client: WebClient, *, channel: str, key: str, since: datetime) -> Posted | None:
    """The message with this key in its metadata. Raises `DeliveryError`, `CannotRead` among them."""
    with reading():
        place = _place(client, channel)
    for message in _messages(client, place, since):
        metadata = message.get("metadata") or {}
        if metadata.get("event_payload", {}).get("key") == key:
            return Posted(channel=place, ts=str(message["ts"]))
    return None


def has_file(client: WebClient, *, channel: str, file_id: str, since: datetime) -> bool:
    """Whether a message carries this file. Raises `DeliveryError`, `CannotRead` among them."""
    messages = _messages(client, channel, since)
    return any(file_id == file["id"] for message in messages for file in message.get("files", ()))


def _place(client: WebClient, channel: str) -> str:
    # After a lost reply nobody has told us which channel the DM is; opening an open one only names it.
    if not channel.startswith(_USER_PREFIXES):
        return channel
    answer = client.conversations_open(users=channel)
    return str(answer["channel"]["id"])


def _messages(client: WebClient, channel: str, since: datetime) -> Iterator[dict[str, Any]]:
    cursor = ""
    while True:
        page = _page(client, channel, since, cursor)
        yield from page["messages"]
        cursor = (page.get("response_metadata") or {}).get("next_cursor", "")
        if not cursor:
            return


def _page(client: WebClient, channel: str, since: datetime, cursor: str) -> SlackResponse:
    with reading():
        return client.conversations_history(
            channel=channel,
            oldest=f"{since.timestamp():.6f}",
            limit=HISTORY_PAGE,
            include_all_metadata=True,
            cursor=cursor or None,
        )
