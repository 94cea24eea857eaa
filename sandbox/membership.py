"""Who may write where."""

from sandbox.errors import ApiError
from sandbox.model import App, Channel, Message
from sandbox.workspace import Workspace


def channel_to_write_in(workspace: Workspace, app: App, target: str) -> Channel:
    """Where a bot's message to a channel, DM or user id goes. Raises `ApiError`."""
    channel = dm_with(workspace, app, target) if target[:1] in {"U", "W"} else visible_channel(workspace, app, target)
    if channel.is_archived:
        raise ApiError("is_archived")
    if app.bot_user not in channel.members:
        raise ApiError("not_in_channel")
    if channel.is_im:
        check_can_be_written_to(workspace, str(channel.user))
        if not app.has_messages:
            raise ApiError("messages_tab_disabled")
    return channel


def dm_with(workspace: Workspace, app: App, user_id: str) -> Channel:
    """The DM with somebody, opened when needed. Raises `ApiError`."""
    check_can_be_written_to(workspace, user_id)
    return workspace.open_im(app, user_id)


def visible_channel(workspace: Workspace, app: App, channel_id: str) -> Channel:
    """A channel the bot can know of: public, or one it is in. Raises `ApiError`."""
    channel = workspace.channels.get(channel_id)
    if channel is None or ((channel.is_im or channel.is_private) and app.bot_user not in channel.members):
        raise ApiError("channel_not_found")
    return channel


def visible_message(workspace: Workspace, app: App, channel_id: str, ts: str) -> tuple[Channel, Message]:
    """A kept message by channel and timestamp; ephemeral ones are not kept. Raises `ApiError`."""
    channel = visible_channel(workspace, app, channel_id)
    for message in channel.messages:
        if message.ts == ts and message.visible_to is None:
            return channel, message
    raise ApiError("message_not_found")


def check_can_be_written_to(workspace: Workspace, user_id: str) -> None:
    """Whether a bot may write to somebody directly. Raises `ApiError`."""
    user = workspace.users.get(user_id)
    if user is None or workspace.is_stranger(user):
        raise ApiError("channel_not_found")
    if user.deleted:
        raise ApiError("user_disabled")
    if user.is_bot:
        raise ApiError("cannot_dm_bot")
