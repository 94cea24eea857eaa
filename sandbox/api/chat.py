"""Posting, updating, deleting and linking to messages."""

from sandbox.api.registry import Call, Method
from sandbox.errors import ApiError
from sandbox.messages import as_slack_shows, checked_blocks, posted
from sandbox.model import Channel, Message, Payload

UPDATE_TEXT_MAX = 4000


def post_message(call: Call) -> Payload:
    """To a channel, a DM, or a user id, which opens the DM."""
    channel = call.workspace.channel_for(call.app, call.text("channel"))
    message = call.workspace.post(channel, posted(call.workspace, call.app, channel, call.args))
    return {
        "channel": channel.id,
        "ts": message.ts,
        "message": as_slack_shows(call.workspace, message, with_metadata=True),
    }


def post_ephemeral(call: Call) -> Payload:
    """To one member of a channel."""
    channel = call.workspace.channel_for(call.app, call.text("channel"))
    user_id = call.text("user")
    if user_id not in channel.members:
        raise ApiError("user_not_in_channel")
    message = posted(call.workspace, call.app, channel, call.args, visible_to=user_id)
    call.workspace.post(channel, message)
    return {"message_ts": message.ts}


def update(call: Call) -> Payload:
    """Change an own message."""
    channel, message = _own(call, "cant_update_message")
    text = call.text("text")
    if len(text) > UPDATE_TEXT_MAX:
        raise ApiError("msg_too_long")
    blocks = checked_blocks(call.args.get("blocks"))
    if not text and not blocks:
        raise ApiError("no_text")
    message.text, message.edited = text, True
    message.blocks = blocks
    call.workspace.changed(*channel.members)
    return {"channel": channel.id, "ts": message.ts, "text": text}


def delete(call: Call) -> Payload:
    """Remove an own message."""
    channel, message = _own(call, "cant_delete_message")
    channel.messages.remove(message)
    call.workspace.changed(*channel.members)
    return {"channel": channel.id, "ts": message.ts}


def permalink(call: Call) -> Payload:
    """The link to a message."""
    channel, message = call.workspace.message(call.text("channel"), call.text("message_ts"))
    digits = message.ts.replace(".", "")
    return {"channel": channel.id, "permalink": f"{call.server.url}/archives/{channel.id}/p{digits}"}


def _own(call: Call, refusal: str) -> tuple[Channel, Message]:
    channel, message = call.workspace.message(call.text("channel"), call.text("ts"))
    if message.app_id != call.app.id or message.visible_to is not None:
        raise ApiError(refusal)
    return channel, message


METHODS = {
    "chat.postMessage": Method(run=post_message, scope="chat:write", required=("channel",)),
    "chat.postEphemeral": Method(run=post_ephemeral, scope="chat:write", required=("channel", "user")),
    "chat.update": Method(run=update, scope="chat:write", required=("channel", "ts")),
    "chat.delete": Method(run=delete, scope="chat:write", required=("channel", "ts")),
    "chat.getPermalink": Method(run=permalink, required=("channel", "message_ts")),
}
