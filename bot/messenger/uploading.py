"""A file in two steps: its bytes, and then who may see it.

slack_sdk's `files_upload_v2` does both at once, and the file's id must be stored in between.
"""

from urllib.request import Request, urlopen

from slack_sdk import WebClient

from bot.messenger.errors import translated


def begin(client: WebClient, *, filename: str, content: bytes) -> str:
    """Upload the bytes and return the file's id. Raises `DeliveryError`."""
    with translated():
        ticket = client.files_getUploadURLExternal(filename=filename, length=len(content))
    _upload(str(ticket["upload_url"]), content, client)
    return str(ticket["file_id"])


def finish(client: WebClient, *, file_id: str, channel: str, title: str) -> None:
    """Show it in a channel. Raises `DeliveryError`."""
    with translated():
        client.files_completeUploadExternal(files=[{"id": file_id, "title": title}], channel_id=channel)


def _upload(url: str, content: bytes, client: WebClient) -> None:
    request = Request(url, data=content, method="POST", headers={"Content-Type": "application/octet-stream"})  # noqa: S310
    with translated(), urlopen(request, timeout=client.timeout, context=client.ssl):  # noqa: S310 the URL is Slack's own answer
        pass
