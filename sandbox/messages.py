"""Making messages from what an app sends, and showing them as Slack's API does."""

import json
from collections.abc import Iterator
from typing import Any

from sandbox.blockkit.state import with_ids
from sandbox.blockkit.validator import message_problems
from sandbox.errors import ApiError, invalid_arguments
from sandbox.model import App, Channel, Message, Payload
from sandbox.notifying import with_mentions
from sandbox.workspace import Workspace

TEXT_MAX = 40_000
BLOCK_CHARACTERS_MAX = 11_000
"""Slack does not say how it counts; developers saw 11,341 characters of text refused and some 13,200 accepted."""
METADATA_BYTES_MAX = 8_000


def posted(
    workspace: Workspace, app: App, channel: Channel, args: Payload, *, visible_to: str | None = None
) -> Message:
    """A message as an app asks for it, checked as Slack checks it. Raises `ApiError`."""
    blocks = checked_blocks(args.get("blocks"))
    text, thread_ts = checked_text(args.get("text")), checked_text(args.get("thread_ts"), "thread_ts")
    if not text and not blocks:
        raise ApiError("no_text")
    if args.get("parse") == "full" or str(args.get("link_names", "")).lower() in {"1", "true"}:
        text = with_mentions(text)
    return Message(
        ts=workspace.ids.ts(),
        channel=channel.id,
        user=app.bot_user,
        text=text[:TEXT_MAX],
        blocks=blocks,
        metadata=checked_metadata(args.get("metadata")) or None,
        app_id=app.id,
        bot_id=app.bot_id,
        thread_ts=thread_ts or None,
        visible_to=visible_to,
    )


def checked_text(text: Any, name: str = "text") -> str:
    """A text, "" where none was given. Raises `ApiError`."""
    if text is not None and not isinstance(text, str):
        raise invalid_arguments(f"must be a string [json-pointer:/{name}]")
    return text or ""


def checked_blocks(blocks: Any) -> list[Payload]:
    """Blocks with ids. Raises `ApiError` with pointers."""
    if blocks in (None, "", []):
        return []
    if not isinstance(blocks, list):
        raise ApiError("invalid_blocks_format")
    problems = [problem.as_line() for problem in message_problems(blocks)]
    if problems:
        lines = [f"[ERROR] {each}" for each in problems]
        raise ApiError("invalid_blocks", errors=problems, response_metadata={"messages": lines})
    if sum(_text_lengths(blocks)) > BLOCK_CHARACTERS_MAX:
        raise ApiError("msg_blocks_too_long")
    return with_ids(blocks)


def checked_metadata(metadata: Any) -> Payload | None:
    """Metadata, or {} where the app asks to remove it. Raises `ApiError`."""
    if metadata is None:
        return None
    if metadata == {}:
        return {}
    if not isinstance(metadata, dict) or set(metadata) != {"event_type", "event_payload"}:
        raise ApiError("invalid_metadata_format")
    kind, content = metadata["event_type"], metadata["event_payload"]
    if not (kind and isinstance(kind, str) and isinstance(content, dict)):
        raise ApiError("invalid_metadata_format")
    if len(json.dumps(metadata).encode()) > METADATA_BYTES_MAX:
        raise ApiError("metadata_too_large")
    return metadata


def as_slack_shows(workspace: Workspace, message: Message, *, with_metadata: bool = False) -> Payload:
    """A message object."""
    shown: Payload = {
        "type": "message",
        "user": message.user,
        "ts": message.ts,
        "text": message.text,
        "team": workspace.team_id,
        "blocks": message.blocks,
    }
    if message.bot_id:
        shown |= {"bot_id": message.bot_id, "app_id": message.app_id}
    if message.files:
        shown["files"] = [file_object(workspace, file_id) for file_id in message.files]
    if message.metadata is not None and with_metadata:
        shown["metadata"] = message.metadata
    if message.thread_ts:
        shown["thread_ts"] = message.thread_ts
    if message.edited_ts and not message.blocks:
        shown["edited"] = {"user": message.user, "ts": message.edited_ts}
    return shown


def file_object(workspace: Workspace, file_id: str) -> Payload:
    """A file object."""
    file = workspace.files[file_id]
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title or file.name,
        "size": file.length,
        "user": workspace.app_by_id(file.app_id).bot_user,
        "channels": [each for each in file.shared_in if each.startswith("C")],
        "ims": [each for each in file.shared_in if each.startswith("D")],
    }


def _text_lengths(value: Any) -> Iterator[int]:
    if isinstance(value, list):
        for each in value:
            yield from _text_lengths(each)
    elif isinstance(value, dict):
        text = value.get("text")
        yield len(text) if isinstance(text, str) else 0
        yield from _text_lengths([each for each in value.values() if isinstance(each, (dict, list))])
