"""What was said in a channel: conversations.history."""

import re

from sandbox.api.paging import page
from sandbox.api.registry import Call, Method, codes
from sandbox.errors import ApiError
from sandbox.membership import visible_channel
from sandbox.messages import as_slack_shows
from sandbox.model import Message, Payload


def history(call: Call) -> Payload:
    """Messages, the newest first, without ephemerals and replies in threads; metadata only when asked for."""
    channel = visible_channel(call.workspace, call.app, call.text("channel"))
    call.require(channel.kind.history_scope)
    if call.app.bot_user not in channel.members:
        raise ApiError("not_in_channel")
    oldest, latest = _instant(call, "oldest", 0.0), _instant(call, "latest", float("inf"))
    found = [
        as_slack_shows(call.workspace, message, with_metadata=call.flag("include_all_metadata"))
        for message in reversed(channel.messages)
        if _is_kept(message) and _is_within(float(message.ts), oldest, latest, is_inclusive=call.flag("inclusive"))
    ]
    shown, metadata = page(found, call, key="ts")
    return {
        "messages": shown,
        "has_more": bool(metadata["next_cursor"]),
        "pin_count": 0,
        "response_metadata": metadata,
    }


def _is_kept(message: Message) -> bool:
    return message.visible_to is None and message.thread_ts in (None, message.ts)


def _is_within(instant: float, oldest: float, latest: float, *, is_inclusive: bool) -> bool:
    return oldest < instant < latest or (is_inclusive and instant in (oldest, latest))


def _instant(call: Call, name: str, default: float) -> float:
    given = call.text(name)
    if given and not re.fullmatch(r"\d{1,18}(\.\d*)?", given, re.ASCII):
        raise ApiError(f"invalid_ts_{name}")
    return float(given or default)


METHODS = {
    "conversations.history": Method(
        run=history,
        required=("channel",),
        errors=codes("channel_not_found not_in_channel invalid_cursor invalid_ts_oldest invalid_ts_latest"),
    ),
}
