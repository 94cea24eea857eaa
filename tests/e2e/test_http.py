"""What is particular to signed HTTP; that everything works over it is shown beside Socket Mode."""

import threading

import httpx

from sandbox.client import SandboxClient
from tests.acting.steps import book
from tests.fixtures.engines import Stores
from tests.fixtures.products import running_product


def test_stopping_lets_go_of_connections_that_are_kept_alive(
    workspace_process: SandboxClient, sqlite_stores: Stores
) -> None:
    with (
        httpx.Client(trust_env=False) as idle,
        running_product(workspace_process, sqlite_stores, is_http=True) as running,
    ):
        book(running)
        idle.get(f"{running.url}/healthz")

    assert [thread for thread in threading.enumerate() if thread.name == "web"] == []
