"""Posting, updating, deleting and linking to messages."""

from sandbox.api.registry import Call, Method, codes
from sandbox.errors import ApiError
from sandbox.membership import channel_to_write_in, visible_message
from sandbox.messages import as_slack_shows, checked_blocks, checked_metadata, checked_text, posted
from sandbox.model import Channel, Message, Payload

UPDATE_TEXT_MAX = 4000

CONTENT = "no_text invalid_blocks invalid_blocks_format invalid_metadata_format metadata_too_large msg_blocks_too_long"
PLACE = "channel_not_found is_archived not_in_channel messages_tab_disabled"
PEOPLE = "user_disabled cannot_dm_bot"
"""Not in the method's reference; that of conversations.open has the first, and developers report the second."""


def post_message(call: Call) -> Payload:
    """To a channel, a DM, or a user id, which opens the DM."""
    channel = channel_to_write_in(call.workspace, call.app, call.text("channel"))
    message = call.workspace.post(channel, posted(call.workspace, call.app, channel, call.args))
    shown = as_slack_shows(call.workspace, message, with_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "message": shown}


def post_ephemeral(call: Call) -> Payload:
    """To one member of a channel; it is not kept, so it can be neither updated nor found again."""
    channel = channel_to_write_in(call.workspace, call.app, call.text("channel"))
    user_id = call.text("user")
    if user_id not in channel.members:
        raise ApiError("user_not_in_channel")
    message = posted(call.workspace, call.app, channel, call.args, visible_to=user_id)
    call.workspace.post(channel, message)
    return {"message_ts": message.ts}


def update(call: Call) -> Payload:
    """Change an own message. Blocks stay when nothing is said of text or blocks, and go when only text is given."""
    channel, message = _own(call, "cant_update_message")
    if channel.is_archived:
        raise ApiError("is_inactive")
    text = checked_text(call.args.get("text"))
    if len(text) > UPDATE_TEXT_MAX:
        raise ApiError("msg_too_long")
    blocks = checked_blocks(call.args.get("blocks"))
    metadata = checked_metadata(call.args.get("metadata"))
    if not text and not blocks and not metadata:
        raise ApiError("no_text")
    if text or blocks:
        message.text, message.blocks = text, blocks
        message.values.clear()
    if metadata is not None:
        message.metadata = metadata or None
    message.edited_ts = call.workspace.ids.ts()
    call.workspace.changed(*channel.members)
    shown = as_slack_shows(call.workspace, message, with_metadata=True)
    return {"channel": channel.id, "ts": message.ts, "text": message.text, "message": shown}


def delete(call: Call) -> Payload:
    """Remove an own message."""
    channel, message = _own(call, "cant_delete_message")
    channel.messages.remove(message)
    call.workspace.changed(*channel.members)
    return {"channel": channel.id, "ts": message.ts}


def permalink(call: Call) -> Payload:
    """The link to a message."""
    channel, message = visible_message(call.workspace, call.app, call.text("channel"), call.text("message_ts"))
    digits = message.ts.replace(".", "")
    return {"channel": channel.id, "permalink": f"{call.server.url}/archives/{channel.id}/p{digits}"}


def _own(call: Call, refusal: str) -> tuple[Channel, Message]:
    channel, message = visible_message(call.workspace, call.app, call.text("channel"), call.text("ts"))
    if message.app_id != call.app.id:
        raise ApiError(refusal)
    return channel, message


METHODS = {
    "chat.postMessage": Method(
        run=post_message, scope="chat:write", required=("channel",), errors=codes(CONTENT, PLACE, PEOPLE)
    ),
    "chat.postEphemeral": Method(
        run=post_ephemeral,
        scope="chat:write",
        required=("channel", "user"),
        errors=codes(CONTENT, PLACE, PEOPLE, "user_not_in_channel"),
    ),
    "chat.update": Method(
        run=update,
        scope="chat:write",
        required=("channel", "ts"),
        errors=codes(CONTENT, "channel_not_found message_not_found cant_update_message msg_too_long is_inactive"),
    ),
    "chat.delete": Method(
        run=delete,
        scope="chat:write",
        required=("channel", "ts"),
        errors=codes("channel_not_found message_not_found cant_delete_message"),
    ),
    "chat.getPermalink": Method(
        run=permalink,
        takes_json=False,
        required=("channel", "message_ts"),
        errors=codes("channel_not_found message_not_found"),
    ),
}
