"""The Messenger port over Slack's Web API."""

import http
from datetime import datetime
from typing import Any

from slack_sdk import WebClient
from slack_sdk.web import SlackResponse
from slack_sdk.webhook import WebhookClient

from bot.messenger import history, uploading
from bot.messenger.errors import of_status, translated
from bot.messenger.listing import list_channel_members, list_members
from bot.messenger.waiting import TIMEOUT_SECONDS, Wait, sleep
from domain.ports import ChannelInfo, Message, Posted, View, WorkspaceMember

METADATA_EVENT = "scholarbot"


class SlackMessenger:
    """See `domain.ports.Messenger`.

    slack_sdk's default client retries a post whose connection broke and so posts twice; here nothing is retried, and
    what cannot be known is said to be unknown.
    """

    def __init__(self, client: WebClient, *, wait: Wait = sleep) -> None:
        self._client = client
        self._client.retry_handlers.clear()
        self._wait = wait

    def post(self, *, channel: str, message: Message, key: str) -> Posted:
        """See `domain.ports.Messenger`."""
        with translated():
            answer = self._client.chat_postMessage(
                channel=channel,
                text=message.text,
                blocks=list(message.blocks),
                metadata={"event_type": METADATA_EVENT, "event_payload": {"key": key}},
                unfurl_links=False,
                unfurl_media=False,
            )
        return Posted(channel=str(answer["channel"]), ts=str(answer["ts"]))

    def update(self, *, channel: str, ts: str, message: Message) -> None:
        """See `domain.ports.Messenger`."""
        with translated():
            self._client.chat_update(
                channel=channel,
                ts=ts,
                text=message.text,
                blocks=list(message.blocks),  # none at all takes those away that were there
                parse="none",  # as a post has it by itself; an update would turn a typed name into a mention
            )

    def find(self, *, channel: str, key: str, since: datetime) -> Posted | None:
        """See `domain.ports.Messenger`."""
        return history.find_message(self._client, channel=channel, key=key, since=since)

    def begin_file(self, *, filename: str, content: bytes) -> str:
        """See `domain.ports.Messenger`."""
        return uploading.begin(self._client, filename=filename, content=content)

    def finish_file(self, *, file_id: str, channel: str, title: str) -> None:
        """See `domain.ports.Messenger`."""
        uploading.finish(self._client, file_id=file_id, channel=channel, title=title)

    def find_file(self, *, channel: str, file_id: str, since: datetime) -> bool:
        """See `domain.ports.Messenger`."""
        return history.has_file(self._client, channel=channel, file_id=file_id, since=since)

    def open_view(self, *, trigger_id: str, view: View) -> str:
        """See `domain.ports.Messenger`."""
        with translated():
            answer = self._client.views_open(trigger_id=trigger_id, view=view)
        return _view_id(answer)

    def push_view(self, *, trigger_id: str, view: View) -> str:
        """See `domain.ports.Messenger`."""
        with translated():
            answer = self._client.views_push(trigger_id=trigger_id, view=view)
        return _view_id(answer)

    def update_view(self, *, view_id: str, view: View, view_hash: str | None = None) -> None:
        """See `domain.ports.Messenger`."""
        with translated():
            self._client.views_update(view_id=view_id, view=view, hash=view_hash)

    def publish_home(self, *, slack_user_id: str, view: View) -> None:
        """See `domain.ports.Messenger`."""
        with translated():
            self._client.views_publish(user_id=slack_user_id, view=view)

    def respond(self, *, response_url: str, message: Message, replace: bool) -> None:
        """See `domain.ports.Messenger`."""
        client = WebhookClient(response_url, timeout=TIMEOUT_SECONDS, retry_handlers=[], ssl=self._client.ssl)
        with translated():
            answer = client.send(
                text=message.text,
                blocks=list(message.blocks) or None,
                response_type="ephemeral",
                replace_original=replace,
            )
        if answer.status_code != http.HTTPStatus.OK:
            raise of_status("response_url", answer.status_code, answer.headers)

    def members(self) -> list[WorkspaceMember]:
        """See `domain.ports.Messenger`."""
        return list_members(self._client, self._wait)

    def channel(self, channel: str) -> ChannelInfo:
        """See `domain.ports.Messenger`."""
        with translated():
            found: dict[str, Any] = self._client.conversations_info(channel=channel)["channel"]
        return ChannelInfo(
            id=str(found["id"]),
            name=str(found.get("name", "")),
            is_archived=bool(found.get("is_archived")),
            has_bot=bool(found.get("is_member")),
        )

    def channel_members(self, channel: str) -> frozenset[str]:
        """See `domain.ports.Messenger`."""
        return list_channel_members(self._client, channel, self._wait)


def _view_id(answer: SlackResponse) -> str:
    view: dict[str, Any] = answer["view"]
    return str(view["id"])
