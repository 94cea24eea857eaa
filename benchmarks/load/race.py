"""Many clients who all ask at the same moment, each once."""

from collections.abc import Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from selectors import EVENT_READ, DefaultSelector
from time import perf_counter

from benchmarks.load.connection import Connection
from benchmarks.load.window import SETTLE_SECONDS, UnexpectedAnswer


@dataclass(frozen=True, slots=True, kw_only=True)
class Race:
    """Every answer, and when the last one was there, in seconds after the first request."""

    answers: list[bytes]
    seconds: float


def race(port: int, requests: Sequence[bytes]) -> Race:
    """Send all requests at once over connections that are open already. Raises `UnexpectedAnswer` for silence."""
    with ExitStack() as stack:
        connections = [Connection(port) for _ in requests]
        for connection in connections:
            stack.callback(connection.close)
        selector = stack.enter_context(DefaultSelector())
        for connection in connections:
            selector.register(connection.socket, EVENT_READ, connection)
        began = perf_counter()
        for connection, request in zip(connections, requests, strict=True):
            connection.send(request)
        answers = _answers(selector, len(requests))
        return Race(answers=answers, seconds=perf_counter() - began)


def _answers(selector: DefaultSelector, count: int) -> list[bytes]:
    answers: list[bytes] = []
    while len(answers) < count:
        ready = selector.select(timeout=SETTLE_SECONDS)
        if not ready:
            raise UnexpectedAnswer(f"{count - len(answers)} clients were not answered at all")
        answers += [answer for key, _ in ready if (answer := key.data.feed()) is not None]
    return answers
