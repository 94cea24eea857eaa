"""Everything that runs for one workspace, and the ASGI application that serves it."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager

from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import Route, WebSocketRoute

from sandbox import control, serving
from sandbox.delivery.sockets import Sockets
from sandbox.delivery.transport import Transport
from sandbox.faults import Faults, Record
from sandbox.interactions import Interactions
from sandbox.limits import Limiter, Limits
from sandbox.model import App
from sandbox.outbox import Outbox
from sandbox.response_urls import ResponseUrls
from sandbox.seed import Seed
from sandbox.workspace import Workspace

Endpoint = Callable[["Server", Request], Awaitable[Response]]


class Server:
    """The parts of one workspace; the page and the control API use the same ones."""

    def __init__(self, workspace: Workspace, limits: Limits | None = None) -> None:
        self.workspace = workspace
        self.sockets = Sockets(workspace.clock)
        self.transport = Transport(workspace.clock, self.sockets)
        self.response_urls = ResponseUrls(workspace)
        self.interactions = Interactions(workspace, self.transport, self.response_urls)
        self.outbox = Outbox(workspace)
        self.faults = Faults(workspace.clock.now)
        self.limiter = Limiter(workspace.clock.now, standing=limits)
        self.records: list[Record] = []
        self.url = ""

    def listen_on(self, url: str) -> None:
        """Tell where we can be reached, once it is known."""
        self.url = self.response_urls.base_url = url

    def socket_url(self, app: App) -> str:
        """A URL for one socket."""
        base = self.url.replace("http://", "ws://")
        return f"{base}/link/?ticket={self.sockets.ticket(app)}&app_id={app.id}"

    async def reset(self, seed: Seed) -> None:
        """Start afresh; the sockets of the apps that were close, and nothing of before is sent any more."""
        await self.transport.reset()
        self.outbox.reset()
        for app in tuple(self.workspace.apps.values()):
            await self.sockets.close(app)
        self.workspace.reset(seed)
        self.response_urls.reset()
        self.records.clear()
        self.faults.clear()
        self.limiter.reset()


def create_app(server: Server) -> Starlette:
    """The ASGI application, to which a page can be mounted."""

    def of(endpoint: Endpoint) -> Callable[[Request], Awaitable[Response]]:
        async def serve(request: Request) -> Response:
            return await endpoint(server, request)

        return serve

    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncIterator[None]:
        yield
        await server.transport.close()

    routes = [
        Route("/api/{method}", of(serving.web_api), methods=["GET", "POST"]),
        Route("/upload/{file_id}", of(serving.upload), methods=["POST"]),
        Route("/response/{token}", of(serving.response_url), methods=["POST"]),
        WebSocketRoute("/link/", server.sockets.serve),
        *control.routes(server),
    ]
    return Starlette(routes=routes, lifespan=lifespan)
