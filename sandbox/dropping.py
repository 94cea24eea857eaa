"""Closes a connection without an answer, as a broken network does."""

from starlette.responses import Response
from starlette.types import Receive, Scope, Send
from uvicorn.protocols.http.httptools_impl import HttpToolsProtocol

_TRANSPORT = "sandbox.transport"


class ClosableProtocol(HttpToolsProtocol):
    """Lets a request's scope reach its own connection; ASGI has no other way to close one."""

    def on_headers_complete(self) -> None:
        """The scope is made here, and the request's task begins later, so it finds the transport."""
        super().on_headers_complete()
        self.scope[_TRANSPORT] = self.transport  # type: ignore[typeddict-unknown-key]


class Dropped(Response):
    """An answer that is none."""

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Close the connection instead of answering."""
        scope[_TRANSPORT].abort()
        await receive()  # until the disconnect has been noticed, so that it is not taken for a fault of ours
