"""HTTP: Slack's requests in HTTP mode; health, readiness and metrics in both. Binds to loopback unless told."""

import json
import socket
from collections.abc import Callable, Iterable, Iterator
from threading import Thread
from typing import Any
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from slack_bolt import App
from slack_bolt.adapter.wsgi import SlackRequestHandler
from slack_sdk.signature import SignatureVerifier
from waitress.server import create_server

from bot.metrics import Metrics
from bot.reasons import in_words
from bot.signed import Signed
from domain.sealing import StartRefused

EVENTS_PATH = "/slack/events"
MAX_BODY_BYTES = 1_000_000
"""Slack's largest payload is a 250 KB view."""
BACKLOG = 1024
"""Connections that may wait while all threads are busy."""
STOP_SECONDS = 5

Health = Callable[[], dict[str, str]]
"""Names what is wrong; empty when all is well."""


class Site:
    """The WSGI application: a handful of paths, no framework."""

    def __init__(
        self,
        app: App | None,
        *,
        signing_secret: str,
        health: Health,
        readiness: Health,
        metrics: Metrics,
        answered: Callable[[], object],
    ) -> None:
        """`answered` is called in the thread of each of Slack's requests, behind its answer."""
        self._answered = answered
        self._slack: WSGIApplication | None = _signed(app, signing_secret) if app else None
        self._pages: dict[str, Callable[[], tuple[str, str, bytes]]] = {
            "/healthz": lambda: _report(health()),
            "/readyz": lambda: _report(readiness()),
            "/metrics": lambda: ("200 OK", *metrics.page()),
        }

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Serve one request."""
        path = environ.get("PATH_INFO", "")
        if path == EVENTS_PATH and self._slack is not None:
            return _Answer(self._slack(environ, start_response), self._answered)
        page = self._pages.get(path)
        status, content_type, body = page() if page else ("404 Not Found", "text/plain", b"not found\n")
        start_response(status, [("Content-Type", content_type), ("Content-Length", str(len(body)))])
        return [body]


class _Answer:
    """What a WSGI application answers; tells when the server has written it."""

    def __init__(self, body: Iterable[bytes], written: Callable[[], object]) -> None:
        self._body = body
        self._written = written

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._body)

    def close(self) -> None:
        """The server calls this once it has written all of it, or given up."""
        self._written()


class WebServer:
    """waitress in a thread of its own: threads per request, since the listeners are synchronous."""

    def __init__(self, site: Site, *, host: str, port: int, threads: int) -> None:
        self._socket = _listening(host, port)
        # Any, since the stubs tell other types of what stopping needs: a trigger and the open connections.
        self._server: Any = create_server(
            site, sockets=[self._socket], threads=threads, max_request_body_size=MAX_BODY_BYTES, ident=None
        )
        self._thread = Thread(target=self._server.run, name="web", daemon=True)

    @property
    def port(self) -> int:
        """The port in use; of interest when 0 was asked for."""
        return int(self._socket.getsockname()[1])

    def start(self) -> None:
        """Serve in the background."""
        self._thread.start()

    def stop(self) -> None:
        """Finish what runs, stop accepting, and let go of connections that are only kept alive."""
        self._server.task_dispatcher.shutdown(cancel_pending=False, timeout=STOP_SECONDS)
        self._server.trigger.pull_trigger(self._close)
        self._thread.join(timeout=STOP_SECONDS)

    def _close(self) -> None:
        # In the server's own thread, which otherwise goes on for as long as anybody keeps a connection.
        for channel in self._server.active_channels.values():
            channel.close_when_flushed = True
        self._server.close()


def _listening(host: str, port: int) -> socket.socket:
    try:
        return socket.create_server((host, port), backlog=BACKLOG)
    except OSError as error:
        raise StartRefused(
            f"I cannot listen on port {port} of {host} ({in_words(error)}). Set SCHOLARBOT_HTTP_HOST and "
            "SCHOLARBOT_HTTP_PORT to an address of this machine that is free."
        ) from None


def _signed(app: App, signing_secret: str) -> WSGIApplication:
    return Signed(SlackRequestHandler(app, path=EVENTS_PATH), SignatureVerifier(signing_secret))


def _report(problems: dict[str, str]) -> tuple[str, str, bytes]:
    status = "503 Service Unavailable" if problems else "200 OK"
    return status, "application/json", json.dumps({"ok": not problems, "problems": problems}).encode()
