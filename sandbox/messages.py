"""Making messages from what an app sends, and showing them as Slack's API does."""

from typing import Any

from sandbox.blockkit.state import with_block_ids
from sandbox.blockkit.validator import message_problems
from sandbox.errors import ApiError
from sandbox.model import App, Channel, Message, Payload
from sandbox.workspace import Workspace

TEXT_MAX = 40_000
BLOCK_CHARACTERS_MAX = 13_200
METADATA_BYTES_MAX = 8_000


def posted(
    workspace: Workspace,
    app: App,
    channel: Channel,
    args: Payload,
    *,
    visible_to: str | None = None,
    is_checked: bool = True,
) -> Message:
    """A message as an app asks for it, checked as Slack checks it. Raises `ApiError`."""
    blocks = checked_blocks(args.get("blocks"))
    text = str(args.get("text") or "")
    if not text and not blocks:
        raise ApiError("no_text")
    metadata: Any = args.get("metadata")
    if metadata is not None and is_checked:
        _check_metadata(metadata)
    return Message(
        ts=workspace.ids.ts(),
        channel=channel.id,
        user=app.bot_user,
        text=text[:TEXT_MAX],
        blocks=blocks,
        metadata=metadata,
        app_id=app.id,
        bot_id=app.bot_id,
        thread_ts=args.get("thread_ts"),
        visible_to=visible_to,
    )


def checked_blocks(blocks: Any) -> list[Payload]:
    """Blocks with ids. Raises `ApiError` with pointers."""
    if not blocks:
        return []
    if not isinstance(blocks, list):
        raise ApiError("invalid_blocks_format")
    problems = message_problems(blocks)
    if problems:
        raise ApiError("invalid_blocks", response_metadata={"messages": [each.as_line() for each in problems]})
    if sum(len(str(block)) for block in blocks) > BLOCK_CHARACTERS_MAX * 2:
        raise ApiError("msg_blocks_too_long")
    return with_block_ids(blocks, "m")


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
    return shown


def file_object(workspace: Workspace, file_id: str) -> Payload:
    """A file object."""
    file = workspace.files[file_id]
    return {
        "id": file.id,
        "name": file.name,
        "title": file.title or file.name,
        "size": file.length,
        "channels": [each for each in file.shared_in if each.startswith("C")],
        "ims": [each for each in file.shared_in if each.startswith("D")],
    }


def _check_metadata(metadata: Any) -> None:
    if not isinstance(metadata, dict) or set(metadata) != {"event_type", "event_payload"}:
        raise ApiError("invalid_metadata_format")
    if len(str(metadata)) > METADATA_BYTES_MAX:
        raise ApiError("metadata_too_large")
