"""The external upload flow: a URL, the bytes, then sharing."""

from sandbox.api.registry import Call, Method
from sandbox.errors import ApiError
from sandbox.messages import file_object
from sandbox.model import File, Message, Payload

FILE_BYTES_MAX = 10_000_000


def upload_url(call: Call) -> Payload:
    """Where to send the bytes."""
    length = call.number("length", 0)
    if length <= 0:
        raise ApiError("invalid_arguments")
    if length > FILE_BYTES_MAX:
        raise ApiError("file_upload_size_restricted")
    file = File(id=call.workspace.ids.new("F"), app_id=call.app.id, name=call.text("filename"), length=length)
    call.workspace.files[file.id] = file
    return {"upload_url": f"{call.server.url}/upload/{file.id}", "file_id": file.id}


def complete_upload(call: Call) -> Payload:
    """Share uploaded files in a channel or DM, by its id."""
    listed = call.args.get("files") or []
    files = [_uploaded(call, str(each["id"])) for each in listed]
    if not files:
        raise ApiError("invalid_arguments")
    for file, each in zip(files, listed, strict=True):
        file.title = str(each.get("title") or file.name)
    if call.text("channel_id"):
        _share(call, files)
    return {"files": [file_object(call.workspace, file.id) for file in files]}


def info(call: Call) -> Payload:
    """One file."""
    if call.text("file") not in call.workspace.files:
        raise ApiError("file_not_found")
    return {"file": file_object(call.workspace, call.text("file"))}


def _uploaded(call: Call, file_id: str) -> File:
    file = call.workspace.files.get(file_id)
    if file is None or file.app_id != call.app.id or file.content is None or file.shared_in:
        raise ApiError("file_not_found")
    return file


def _share(call: Call, files: list[File]) -> None:
    target = call.text("channel_id")
    if target[:1] not in {"C", "D", "G"}:
        raise ApiError("invalid_arguments")
    channel = call.workspace.channel_for(call.app, target)
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
    )
    call.workspace.post(channel, message)


METHODS = {
    "files.getUploadURLExternal": Method(run=upload_url, scope="files:write", required=("filename", "length")),
    "files.completeUploadExternal": Method(run=complete_upload, scope="files:write", required=("files",)),
    "files.info": Method(run=info, scope="files:read", required=("file",)),
}
