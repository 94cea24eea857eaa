"""Response URLs: five posts within thirty minutes, ephemeral unless told otherwise."""

import secrets
from dataclasses import dataclass

from sandbox.errors import ApiError
from sandbox.messages import checked_blocks, checked_text, posted
from sandbox.model import App, Channel, Message, Payload
from sandbox.workspace import Workspace

POSTS_MAX = 5
LIFE_SECONDS = 30 * 60


@dataclass(slots=True, kw_only=True)
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
        born = self._workspace.clock.now()
        self._tickets[token] = _Ticket(app=app, channel=channel, user_id=user_id, message=message, born=born)
        return f"{self.base_url}/response/{token}"

    def post(self, token: str, body: Payload) -> None:
        """Do what a post asks for; nobody need be a member of the channel for it. Raises `ApiError`."""
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

    def reset(self) -> None:
        """Forget all of them."""
        self._tickets.clear()

    def _say(self, ticket: _Ticket, body: Payload) -> None:
        visible_to = None if body.get("response_type") == "in_channel" else ticket.user_id
        message = posted(self._workspace, ticket.app, ticket.channel, body, visible_to=visible_to)
        self._workspace.post(ticket.channel, message)

    def _replace(self, channel: Channel, message: Message, body: Payload) -> None:
        """An ephemeral message stays ephemeral, whatever the response type says."""
        self._check_is_there(channel, message)
        text, blocks = checked_text(body.get("text")), checked_blocks(body.get("blocks"))
        if not blocks and not text:
            raise ApiError("no_text")
        message.text, message.blocks = text, blocks
        message.edited_ts = self._workspace.ids.ts()
        message.values.clear()
        self._workspace.changed(*channel.members)

    def _remove(self, channel: Channel, message: Message) -> None:
        self._check_is_there(channel, message)
        channel.messages.remove(message)
        self._workspace.changed(*channel.members)

    def _check_is_there(self, channel: Channel, message: Message) -> None:
        if message not in channel.messages:
            raise ApiError("message_not_found")
