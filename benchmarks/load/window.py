"""Drives a number of clients for a while, each with one request under way at a time, and keeps every latency."""

import math
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field
from selectors import EVENT_READ, DefaultSelector
from statistics import median
from time import perf_counter

from benchmarks.load.connection import Connection, Dropped

SETTLE_SECONDS = 10.0
"""How long requests under way may take after the window has ended."""


class UnexpectedAnswer(Exception):
    """The server said something else than it should: what was measured is not what was meant."""


@dataclass(slots=True, kw_only=True)
class Window:
    """What came of a window; latencies in seconds, ascending. `acked` are the numbers of the requests answered well."""

    seconds: float
    latencies: list[float]
    acked: list[int] = field(default_factory=list)

    @property
    def rate(self) -> float:
        """Good answers a second."""
        return len(self.latencies) / self.seconds

    @property
    def p50(self) -> float:
        """The middle latency in seconds."""
        return median(self.latencies)

    @property
    def p99(self) -> float:
        """The latency in seconds that one in a hundred exceeds."""
        return self.latencies[math.ceil(len(self.latencies) * 0.99) - 1]


def drive(port: int, requests: Iterator[bytes], *, clients: int, seconds: float, expect: bytes) -> Window:
    """Load the server for so long, or until the requests run out or the server is gone.

    One thread serves all connections, so that the generator takes as little of the second core as it can. Raises
    `UnexpectedAnswer` for an answer that is not 200 or lacks the expected bytes.
    """
    return _Drive(port, requests, clients, expect).run(seconds)


class _Drive:
    def __init__(self, port: int, requests: Iterator[bytes], clients: int, expect: bytes) -> None:
        self._requests = enumerate(requests)
        self._expect = expect
        self._connections = [Connection(port) for _ in range(clients)]
        self._under_way: dict[Connection, tuple[int, float]] = {}
        self._latencies: list[float] = []
        self._acked: list[int] = []

    def run(self, seconds: float) -> Window:
        with DefaultSelector() as selector:
            for connection in self._connections:
                selector.register(connection.socket, EVENT_READ, connection)
            began = perf_counter()
            with suppress(Dropped):
                self._serve(selector, until=began + seconds)
            took = perf_counter() - began
        for connection in self._connections:
            connection.close()
        return Window(seconds=took, latencies=sorted(self._latencies), acked=self._acked)

    def _serve(self, selector: DefaultSelector, *, until: float) -> None:
        for connection in self._connections:
            self._send_next(connection)
        while self._under_way:
            ready = selector.select(timeout=SETTLE_SECONDS)
            if not ready:
                raise UnexpectedAnswer("no answer at all")
            for key, _ in ready:
                self._receive(key.data, until)

    def _receive(self, connection: Connection, until: float) -> None:
        answer = connection.feed()
        if answer is None:
            return
        now = perf_counter()
        number, began = self._under_way.pop(connection)
        if not answer.startswith(b"HTTP/1.1 200") or self._expect not in answer:
            raise UnexpectedAnswer(answer[:2000].decode(errors="replace"))
        self._latencies.append(now - began)
        self._acked.append(number)
        if now < until:
            self._send_next(connection)

    def _send_next(self, connection: Connection) -> None:
        following = next(self._requests, None)
        if following is not None:
            number, request = following
            self._under_way[connection] = (number, perf_counter())
            connection.send(request)
