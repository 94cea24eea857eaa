from sandbox.client import KEPT
from sandbox.hosting import hosting
from sandbox.server import Server, create_app
from sandbox.workspace import Workspace


def test_server_keeps_an_idle_connection_far_longer_than_any_client() -> None:
    """Where both give up at the same age, a request can meet the end of its connection on the way."""
    kept = hosting(create_app(Server(Workspace()))).timeout_keep_alive

    assert KEPT.keepalive_expiry is not None
    assert kept >= 10 * KEPT.keepalive_expiry
