"""Messages for later: Slack's caps, and its silence about those with metadata."""

import re

from sandbox.api.chat import CONTENT, PEOPLE, PLACE
from sandbox.api.paging import page
from sandbox.api.registry import Call, Method, codes
from sandbox.errors import ApiError
from sandbox.membership import channel_to_write_in, visible_channel
from sandbox.messages import posted
from sandbox.model import Payload
from sandbox.scheduled import ScheduledMessage

FAR_SECONDS = 120 * 24 * 3600
WINDOW_SECONDS = 5 * 60
WINDOW_MAX = 30
DELETE_LEAD_SECONDS = 60


def schedule(call: Call) -> Payload:
    """Keep a message until its time; one with metadata is never posted, which is a known fault of Slack's."""
    channel = channel_to_write_in(call.workspace, call.app, call.text("channel"))
    post_at = _time(call)
    message = posted(call.workspace, call.app, channel, call.args)
    others = [each.post_at for each in call.workspace.scheduled.values() if each.channel_id == channel.id]
    if _is_crowded([*others, post_at]):
        raise ApiError("restricted_too_many")
    kept = ScheduledMessage(
        id=call.workspace.ids.scheduled(),
        app_id=call.app.id,
        channel_id=channel.id,
        post_at=post_at,
        created=int(call.workspace.clock.now()),
        message=message,
    )
    call.server.outbox.keep(kept)
    shown = {"text": message.text, "bot_id": call.app.bot_id, "type": "delayed_message"}
    return {"channel": channel.id, "scheduled_message_id": kept.id, "post_at": post_at, "message": shown}


def list_scheduled(call: Call) -> Payload:
    """What the app has scheduled, the soonest first."""
    if call.text("channel") and call.text("channel") not in call.workspace.channels:
        raise ApiError("invalid_channel")
    own = [each for each in call.workspace.scheduled.values() if each.app_id == call.app.id]
    shown = [
        each.as_slack_shows()
        for each in sorted(own, key=lambda each: each.post_at)
        if call.text("channel") in {"", each.channel_id}
    ]
    part, metadata = page(shown, call)
    return {"scheduled_messages": part, "response_metadata": metadata}


def delete_scheduled(call: Call) -> Payload:
    """Take a message back; in its last minute it is too late."""
    channel = visible_channel(call.workspace, call.app, call.text("channel"))
    kept = call.workspace.scheduled.get(call.text("scheduled_message_id"))
    is_own = kept is not None and kept.app_id == call.app.id and kept.channel_id == channel.id
    if kept is None or not is_own or kept.post_at - call.workspace.clock.now() < DELETE_LEAD_SECONDS:
        raise ApiError("invalid_scheduled_message_id")
    call.server.outbox.drop(kept)
    return {}


def _time(call: Call) -> int:
    if not re.fullmatch(r"\d{1,18}", call.text("post_at"), re.ASCII):
        raise ApiError("invalid_time")
    post_at, now = int(call.text("post_at")), call.workspace.clock.now()
    if post_at <= now:
        raise ApiError("time_in_past")
    if post_at - now > FAR_SECONDS:
        raise ApiError("time_too_far")
    return post_at


def _is_crowded(times: list[int]) -> bool:
    return any(sum(0 <= time - start < WINDOW_SECONDS for time in times) > WINDOW_MAX for start in times)


METHODS = {
    "chat.scheduleMessage": Method(
        run=schedule,
        scope="chat:write",
        required=("channel", "post_at"),
        errors=codes(CONTENT, PLACE, PEOPLE, "invalid_time time_in_past time_too_far restricted_too_many"),
    ),
    "chat.scheduledMessages.list": Method(run=list_scheduled, errors=codes("invalid_channel invalid_cursor")),
    "chat.deleteScheduledMessage": Method(
        run=delete_scheduled,
        scope="chat:write",
        required=("channel", "scheduled_message_id"),
        errors=codes("channel_not_found invalid_scheduled_message_id"),
    ),
}
