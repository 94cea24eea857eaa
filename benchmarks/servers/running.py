"""Starts a measured server in a process of its own, proves that it is this one that answers, and ends it."""

import os
import socket
import subprocess
import sys
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass

START_SECONDS = 30.0
STOP_SECONDS = 10.0
_LOOK_EVERY_SECONDS = 0.02
_given: set[int] = set()
"""The ports that were handed out so far: a measured server must not be taken for the one before it."""


class NotTheServer(Exception):
    """A server was there before ours, ours is not there, or it is still there after its end."""


@dataclass(frozen=True, slots=True)
class Server:
    """A running server."""

    port: int
    process: subprocess.Popen[bytes]

    def check_alive(self) -> None:
        """Raise `NotTheServer` when the process has ended: then somebody else has answered, or nobody."""
        if self.process.poll() is not None:
            raise NotTheServer(f"the server ended by itself with status {self.process.returncode}")

    def kill(self) -> None:
        """End it as a power cut would: no handler runs."""
        self.process.kill()
        self.process.wait(timeout=STOP_SECONDS)


@contextmanager
def running(module: str, *arguments: str, environment: Mapping[str, str] | None = None) -> Iterator[Server]:
    """The server module on a port that was free, for as long as the block runs. Raises `NotTheServer`."""
    port = free_port()
    command = [sys.executable, "-m", module, str(port), *arguments]
    process = subprocess.Popen(command, env={**os.environ, **(environment or {})})
    server = Server(port, process)
    try:
        _wait_for(server)
        yield server
    finally:
        server.kill()
    if _answers(port):
        raise NotTheServer(f"somebody still answers on port {port}")


def free_port() -> int:
    """A port on which nobody listens now; another one each time, which the system alone only makes likely."""
    port = None
    while port is None or port in _given:
        with socket.create_server(("127.0.0.1", 0)) as taken:
            port = int(taken.getsockname()[1])
    _given.add(port)
    if _answers(port):
        raise NotTheServer(f"somebody answers on port {port}, which was free")
    return port


def _wait_for(server: Server) -> None:
    until = time.monotonic() + START_SECONDS
    while not _answers(server.port):
        server.check_alive()
        if time.monotonic() > until:
            raise NotTheServer("the server did not come up")
        time.sleep(_LOOK_EVERY_SECONDS)
    server.check_alive()


def _answers(port: int) -> bool:
    try:
        socket.create_connection(("127.0.0.1", port), timeout=1).close()
    except ConnectionRefusedError:
        return False
    return True
