"""A measured server is the one we started, or the run ends."""

import socket
import sys
from collections.abc import Iterator
from subprocess import Popen

import pytest

from benchmarks.servers.running import NotTheServer, Server, free_port, running

MANY = 500
"""So many ports of the system's own choice would hardly ever all differ."""


@pytest.fixture
def ended() -> Iterator[Popen[bytes]]:
    with Popen([sys.executable, "-c", "raise SystemExit(3)"]) as process:
        process.wait()
        yield process


def test_server_that_ended_is_not_measured(ended: Popen[bytes]) -> None:
    with pytest.raises(NotTheServer, match="ended by itself with status 3"):
        Server(1, ended).check_alive()


def test_server_that_never_comes_up_is_not_measured() -> None:
    with pytest.raises(NotTheServer, match="ended by itself"), running("benchmarks.no_such_server"):
        pass


def test_free_port_is_one_that_can_be_taken_and_another_each_time() -> None:
    ports = [free_port() for _ in range(MANY)]

    for port in ports:
        socket.create_server(("127.0.0.1", port)).close()
    assert len(set(ports)) == MANY
