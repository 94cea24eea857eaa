"""Channels and DMs: opening, describing, listing, and a bot's own history."""

from sandbox.api.registry import Call, Method, page
from sandbox.errors import ApiError
from sandbox.messages import as_slack_shows
from sandbox.model import Channel, Payload

IM_USERS_MAX = 8


def open_conversation(call: Call) -> Payload:
    """The DM with one person; group DMs are beyond the sandbox."""
    users = [each for each in call.text("users").split(",") if each]
    if not users:
        raise ApiError("users_list_not_supplied")
    if len(users) > IM_USERS_MAX:
        raise ApiError("too_many_users")
    if len(users) > 1:
        raise ApiError("method_not_supported_for_channel_type")
    if users[0] not in call.workspace.users:
        raise ApiError("user_not_found")
    return {"channel": {"id": call.workspace.open_im(call.app, users[0]).id}}


def info(call: Call) -> Payload:
    """One channel the bot is in."""
    return {"channel": _shown(_known(call))}


def members(call: Call) -> Payload:
    """Who is in a channel."""
    ids: list[Payload] = [{"id": each} for each in sorted(_known(call).members)]
    shown, metadata = page(ids, call)
    return {"members": [each["id"] for each in shown], "response_metadata": metadata}


def list_channels(call: Call) -> Payload:
    """Public channels."""
    channels = [_shown(each) for each in call.workspace.channels.values() if not each.is_im]
    shown, metadata = page(channels, call)
    return {"channels": shown, "response_metadata": metadata}


def history(call: Call) -> Payload:
    """Messages, the newest first; metadata only when asked for."""
    channel = _known(call)
    scope = "im:history" if channel.is_im else "channels:history"
    if scope not in call.app.scopes:
        raise ApiError("missing_scope", needed=scope, provided=",".join(sorted(call.app.scopes)))
    oldest = float(call.text("oldest") or 0)
    latest = float(call.text("latest") or "inf")
    found = [
        as_slack_shows(call.workspace, message, with_metadata=call.flag("include_all_metadata"))
        for message in reversed(channel.messages)
        if message.visible_to is None and oldest < float(message.ts) < latest
    ]
    shown, metadata = page(found, call)
    return {"messages": shown, "has_more": bool(metadata["next_cursor"]), "response_metadata": metadata}


def _known(call: Call) -> Channel:
    channel = call.workspace.channels.get(call.text("channel"))
    if channel is None or (channel.is_im and call.app.bot_user not in channel.members):
        raise ApiError("channel_not_found")
    return channel


def _shown(channel: Channel) -> Payload:
    return {
        "id": channel.id,
        "name": channel.name,
        "is_channel": not channel.is_im,
        "is_im": channel.is_im,
        "is_archived": channel.is_archived,
        "user": channel.user,
        "num_members": len(channel.members),
    }


METHODS = {
    "conversations.open": Method(run=open_conversation, scope="im:write"),
    "conversations.info": Method(run=info, scope="channels:read", required=("channel",)),
    "conversations.members": Method(run=members, scope="channels:read", required=("channel",)),
    "conversations.list": Method(run=list_channels, scope="channels:read"),
    "conversations.history": Method(run=history, required=("channel",)),
}
