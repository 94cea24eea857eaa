"""Shared files: a card with a download, and the route behind it."""

from http import HTTPStatus
from pathlib import PurePath
from urllib.parse import quote

from starlette.requests import Request
from starlette.responses import PlainTextResponse, Response
from starlette.routing import Route

from sandbox.model import File
from sandbox.page.html import icon, tag
from sandbox.page.tab import Tab
from sandbox.server import Server
from sandbox.workspace import Workspace

_KIBI = 1024


def draw_file(tab: Tab, file_id: str) -> None:
    """A card; nothing for a file that is gone."""
    file = tab.workspace.files.get(file_id)
    if file is None:
        return
    is_calendar = PurePath(file.name).suffix == ".ics"
    with tag("div", classes="file"):
        icon("event" if is_calendar else "description", "file-icon")
        with tag("div", classes="file-words"):
            tag("div", file.title or file.name, classes="file-title")
            kind = "Calendar file" if is_calendar else "File"
            tag("div", f"{kind} · {file.name} · {_size(file.length)}", classes="quiet")
        link = tag(
            "a",
            "Download",
            classes="press",
            href=f"/as/{tab.user.id}/files/{file.id}",
            download=file.name,
            aria_label=f"Download {file.name}",
        )
        link.props["data-spot"] = f"file/{file.id}"


def download_route(server: Server) -> Route:
    """Gives a file to somebody in a conversation that it was shared in; always to save, never to run in the page."""

    async def download(request: Request) -> Response:
        file = server.workspace.files.get(request.path_params["file_id"])
        if file is None or not _may_see(server.workspace, request.path_params["user_id"], file):
            return PlainTextResponse("There is no such file here.", status_code=HTTPStatus.NOT_FOUND)
        headers = {
            "Content-Disposition": f"attachment; filename*=UTF-8''{quote(file.name)}",
            "X-Content-Type-Options": "nosniff",
        }
        kind = "text/calendar" if file.name.endswith(".ics") else "application/octet-stream"
        return Response(file.content, media_type=kind, headers=headers)

    return Route("/as/{user_id}/files/{file_id}", download)


def _may_see(workspace: Workspace, user_id: str, file: File) -> bool:
    channels = [workspace.channels.get(channel_id) for channel_id in file.shared_in]
    return any(channel is not None and user_id in channel.members for channel in channels)


def _size(length: int) -> str:
    return f"{length} bytes" if length < _KIBI else f"{length / _KIBI:.1f} KB"
