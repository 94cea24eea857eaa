"""Ends an app's connection to the workspace at once."""

from slack_bolt.adapter.socket_mode import SocketModeHandler

from sandbox.client import SandboxClient


def hang_up(handler: SocketModeHandler, workspace: SandboxClient) -> None:
    """Close the handler's sockets and end its threads."""
    # Left alone its threads look up every one and three seconds only; so each gets something to look at.
    client = handler.client
    client.auto_reconnect_enabled = False
    workspace.cut_sockets()
    client.closed = True
    client.message_processor.event.set()
    client.enqueue_message("{}")
    handler.close()  # type: ignore[no-untyped-call]  # slack_bolt leaves it without annotations
