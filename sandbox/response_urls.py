"""Response URLs: five posts within thirty minutes, ephemeral unless told otherwise."""

import secrets
from dataclasses import dataclass
from typing import Any

from sandbox.errors import ApiError
from sandbox.messages import checked_blocks, posted
from sandbox.model import App, Channel, Message, Payload
from sandbox.workspace import Workspace

POSTS_MAX = 5
LIFE_SECONDS = 30 * 60


@dataclass(slots=True)
class _Ticket:
    app: App
    channel: Channel
    user_id: str
    message: Message | None
    born: float
    posts: int = 0


class ResponseUrls:
    """Hands out response URLs and takes posts to them."""

    def __init__(self, workspace: Workspace) -> None:
        self._workspace = workspace
        self.base_url = ""
        self._tickets: dict[str, _Ticket] = {}

    def issue(self, app: App, channel: Channel, user_id: str, message: Message | None) -> str:
        """A URL for one command or press; `message` is the one that held the button."""
        token = secrets.token_urlsafe(24)
        self._tickets[token] = _Ticket(app, channel, user_id, message, self._workspace.clock.now())
        return f"{self.base_url}/response/{token}"

    def post(self, token: str, body: Payload) -> None:
        """Do what a post to a response URL asks for. Raises `ApiError`."""
        ticket = self._tickets.get(token)
        if ticket is None or self._workspace.clock.now() - ticket.born > LIFE_SECONDS:
            raise ApiError("expired_url")
        if ticket.posts >= POSTS_MAX:
            raise ApiError("used_url")
        ticket.posts += 1
        if ticket.message is not None and body.get("delete_original"):
            self._remove(ticket.channel, ticket.message)
        elif ticket.message is not None and body.get("replace_original"):
            self._replace(ticket.channel, ticket.message, body)
        else:
            self._say(ticket, body)

    def _say(self, ticket: _Ticket, body: Payload) -> None:
        is_public = body.get("response_type") == "in_channel"
        visible_to: Any = None if is_public else ticket.user_id
        message = posted(self._workspace, ticket.app, ticket.channel, body, visible_to=visible_to)
        self._workspace.post(ticket.channel, message)

    def _replace(self, channel: Channel, message: Message, body: Payload) -> None:
        blocks = checked_blocks(body.get("blocks"))
        if not blocks and not body.get("text"):
            raise ApiError("no_text")
        message.text, message.blocks, message.edited = str(body.get("text") or ""), blocks, True
        self._workspace.changed(*channel.members)

    def _remove(self, channel: Channel, message: Message) -> None:
        channel.messages.remove(message)
        self._workspace.changed(*channel.members)
