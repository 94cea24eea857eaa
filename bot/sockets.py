"""Socket Mode: Slack's requests over a connection that we open."""

from slack_bolt import App
from slack_bolt.adapter.socket_mode import SocketModeHandler

from bot.slack import is_this_machine

PING_SECONDS = 2
"""slack_sdk gives a dead connection up after five failed pings; at ten seconds each we would be deaf for a minute."""


def socket_handler(app: App, app_token: str) -> SocketModeHandler:
    """Not connected yet; it reconnects by itself."""
    handler = SocketModeHandler(app, app_token, ping_interval=PING_SECONDS)
    if is_this_machine(app.client.base_url):
        handler.client.proxy = None  # it takes the environment's, and heeds no list of exceptions
    return handler
