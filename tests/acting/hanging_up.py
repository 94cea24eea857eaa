"""Ends an app's connection to the workspace at once."""

from slack_bolt.adapter.socket_mode import SocketModeHandler
from slack_sdk.socket_mode.builtin import SocketModeClient

from sandbox.client import SandboxClient

MOMENT_SECONDS = 0.005


def hang_up(handler: SocketModeHandler, workspace: SandboxClient) -> None:
    """Close the handler's sockets and end its threads."""
    # Left alone its threads look up every one and three seconds only; so each gets something to look at.
    client = handler.client
    client.auto_reconnect_enabled = False
    workspace.cut_sockets()
    client.closed = True
    client.message_processor.event.set()
    client.enqueue_message("{}")
    _end_session(client)
    handler.close()  # type: ignore[no-untyped-call]  # slack_bolt leaves it without annotations


def _end_session(client: SocketModeClient) -> None:
    """Tell the reading thread to end until it has: as it begins a session it forgets that it was told."""
    reading = client.current_session_runner
    reading.event.set()
    while reading.is_alive():
        client.current_session_state.terminated = True
        client.disconnect()
        reading.thread.join(MOMENT_SECONDS)
