"""Socket Mode: Slack's requests over a connection that we open."""

from collections.abc import Callable

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.socket_mode.client import BaseSocketModeClient
from slack_sdk.socket_mode.request import SocketModeRequest

from bot.slack import is_this_machine

PING_SECONDS = 2
"""slack_sdk gives a dead connection up after five failed pings; at ten seconds each we would be deaf for a minute."""


def socket_handler(app: App, app_token: str, *, answered: Callable[[], object]) -> SocketModeHandler:
    """Not connected yet; it reconnects by itself. `answered` is called in a request's thread, behind its answer."""
    handler = _Answering(app, app_token, answered)
    if is_this_machine(app.client.base_url):
        handler.client.proxy = None  # it takes the environment's, and heeds no list of exceptions
    return handler


class _Answering(SocketModeHandler):
    """Tells when a request has its answer: with `process_before_response` that is after the listener."""

    def __init__(self, app: App, app_token: str, answered: Callable[[], object]) -> None:
        super().__init__(app, app_token, ping_interval=PING_SECONDS)
        self._answered = answered

    def handle(self, client: BaseSocketModeClient, req: SocketModeRequest) -> None:
        """See `SocketModeHandler`."""
        try:
            super().handle(client, req)  # type: ignore[arg-type]  # slack_bolt narrows what its own base class names
        finally:
            self._answered()
