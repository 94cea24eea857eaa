"""The settings of the web server that a workspace runs in."""

import uvicorn
from starlette.applications import Starlette

from sandbox.dropping import ClosableProtocol, ClosableSocketProtocol

IDLE_SECONDS = 3600
"""How long an idle connection is kept, in real time. A client must let go of it first: a request that meets its end on
the way is answered by nobody, and whoever sent it cannot tell whether it was carried out."""


def hosting(app: Starlette) -> uvicorn.Config:
    """The server for a workspace's application."""
    return uvicorn.Config(
        app,
        http=ClosableProtocol,
        ws=ClosableSocketProtocol,
        log_level="warning",
        ws_ping_interval=None,
        timeout_keep_alive=IDLE_SECONDS,
        timeout_graceful_shutdown=1,
    )
