"""Closes a connection without an answer, as a broken network does; ASGI has no other way to close one."""

import asyncio

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol
from uvicorn.protocols.websockets.websockets_sansio_impl import WebSocketsSansIOProtocol
from websockets.http11 import Request

_TRANSPORT = "sandbox.transport"


class ClosableProtocol(HttpToolsProtocol):
    """Lets a request's scope reach its own connection."""

    def on_headers_complete(self) -> None:
        """The scope is made here, and the request's task begins later, so it finds the transport."""
        super().on_headers_complete()
        self.scope.setdefault("state", {})[_TRANSPORT] = self.transport


class ClosableSocketProtocol(WebSocketsSansIOProtocol):
    """The same for a WebSocket."""

    def handle_connect(self, event: Request) -> None:
        """See `ClosableProtocol`."""
        super().handle_connect(event)
        if event is self.request and hasattr(self, "scope"):
            self.scope.setdefault("state", {})[_TRANSPORT] = self.transport


class Dropped(Response):
    """An answer that is none."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # noqa: ARG002 Starlette's signature
        """Close the connection instead of answering."""
        cut(scope)
        await receive()  # until the disconnect has been noticed, so that it is not taken for a fault of ours


def cut(scope: Scope) -> None:
    """Break the connection of a request or a WebSocket off."""
    transport: asyncio.Transport = scope["state"][_TRANSPORT]
    transport.abort()
