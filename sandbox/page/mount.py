"""Puts the page's routes beside those of the workspace."""

from pathlib import Path
from typing import cast

from fastapi import FastAPI
from nicegui import Client, app, ui
from starlette.applications import Starlette
from starlette.responses import RedirectResponse, Response

from sandbox.page.files import download_route
from sandbox.page.layout import Layout
from sandbox.page.people import draw_people
from sandbox.page.tab import Tab
from sandbox.page.turns import Turns
from sandbox.server import Server, create_app

_ASSETS = Path(__file__).parent / "assets"
SHEETS = ("base", "door", "frame", "conversation", "composer", "blocks", "fields", "modals", "app")
FACE = "💬"


def mount_page(server: Server) -> Starlette:
    """The workspace's application with the page at its root. Once per process, since NiceGUI has one app."""
    application = create_app(server)
    application.router.routes.append(download_route(server))
    app.add_static_files("/page", _ASSETS)
    turns = Turns()

    @ui.page("/")
    def people() -> None:
        _dress()
        draw_people(server.workspace)

    @ui.page("/as/{user_id}")
    @ui.page("/as/{user_id}/{place}")
    def workspace(client: Client, user_id: str, place: str = "") -> Response | None:
        user = server.workspace.users.get(user_id)
        if user is None or user not in server.workspace.people():
            return RedirectResponse("/")
        _dress()
        Layout(Tab(server, user, client, turns), place)
        return None

    ui.run_with(
        # It mounts itself and wraps the lifespan, which any Starlette application lets it do.
        cast("FastAPI", application),
        title=server.workspace.team_name,
        favicon=FACE,
        binding_refresh_interval=None,
        tailwind=False,
        show_welcome_message=False,
    )
    return application


def _dress() -> None:
    for sheet in SHEETS:
        ui.add_head_html(f'<link rel="stylesheet" href="/page/{sheet}.css">')
    ui.add_head_html('<script src="/page/page.js" defer></script>')
