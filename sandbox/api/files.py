"""The external upload flow: a URL, the bytes, then sharing."""

import re
from typing import Any

from sandbox.api.chat import PEOPLE, PLACE
from sandbox.api.registry import Call, Method, codes
from sandbox.errors import ApiError, invalid_arguments
from sandbox.membership import channel_to_write_in
from sandbox.messages import file_object
from sandbox.model import File, Message, Payload

FILE_BYTES_MAX = 1_000_000_000
CHANNEL_PATTERN = "^[CGDZ][A-Z0-9]{8,}$"


def upload_url(call: Call) -> Payload:
    """Where to send the bytes."""
    length = call.number("length", 0)
    if length <= 0:
        raise ApiError("missing_argument")
    if length > FILE_BYTES_MAX:
        raise ApiError("file_upload_size_restricted")
    file = File(id=call.workspace.ids.new("F"), app_id=call.app.id, name=call.text("filename"), length=length)
    call.workspace.files[file.id] = file
    return {"upload_url": f"{call.server.url}/upload/{file.id}", "file_id": file.id}


def complete_upload(call: Call) -> Payload:
    """Finish uploads and share them in a channel or DM by its id; a user's id is refused, unlike in posting."""
    listed = call.args["files"]
    if not isinstance(listed, list) or not all(_is_named(each) for each in listed):
        raise invalid_arguments("must be an array of objects with an id [json-pointer:/files]")
    files = [_uploaded(call, each["id"]) for each in listed]
    for file, each in zip(files, listed, strict=True):
        file.title = each.get("title") or file.name
    if call.text("channel_id"):
        _share(call, files)
    for file in files:
        file.is_complete = True
    return {"files": [file_object(call.workspace, file.id) for file in files]}


def info(call: Call) -> Payload:
    """One file."""
    file = call.workspace.files.get(call.text("file"))
    if file is None or not file.is_complete:
        raise ApiError("file_not_found")
    return {"file": file_object(call.workspace, file.id), "comments": []}


def _is_named(listed: Any) -> bool:
    """Whether it is an object with an id, and perhaps a title."""
    if not isinstance(listed, dict) or not isinstance(listed.get("title") or "", str):
        return False
    return bool(listed.get("id")) and isinstance(listed["id"], str)


def _uploaded(call: Call, file_id: str) -> File:
    file = call.workspace.files.get(file_id)
    if file is None or file.app_id != call.app.id or file.content is None or file.is_complete:
        raise ApiError("file_not_found")
    return file


def _share(call: Call, files: list[File]) -> None:
    target = call.text("channel_id")
    if not re.fullmatch(CHANNEL_PATTERN, target):
        raise invalid_arguments(f"input must match regex pattern: {CHANNEL_PATTERN} [json-pointer:/channel_id]")
    channel = channel_to_write_in(call.workspace, call.app, target)
    for file in files:
        file.shared_in.append(channel.id)
    message = Message(
        ts=call.workspace.ids.ts(),
        channel=channel.id,
        user=call.app.bot_user,
        text=call.text("initial_comment"),
        files=[file.id for file in files],
        app_id=call.app.id,
        bot_id=call.app.bot_id,
        thread_ts=call.text("thread_ts") or None,
    )
    call.workspace.post(channel, message)


METHODS = {
    "files.getUploadURLExternal": Method(
        run=upload_url,
        takes_json=False,
        scope="files:write",
        required=("filename", "length"),
        errors=codes("missing_argument file_upload_size_restricted"),
    ),
    "files.completeUploadExternal": Method(
        run=complete_upload,
        scope="files:write",
        required=("files",),
        errors=codes("file_not_found", PLACE, PEOPLE),
    ),
    "files.info": Method(
        run=info, takes_json=False, scope="files:read", required=("file",), errors=codes("file_not_found")
    ),
}
