"""One WebSocket of an app, and the shapes of what is said over it."""

import asyncio
import contextlib
import json
import secrets
from typing import Any

from starlette.websockets import WebSocket

from sandbox.delivery.wire import Delivery, body_of
from sandbox.dropping import cut
from sandbox.model import Payload
from sandbox.reading import read_json

CONNECTION_SECONDS = 3600
ENVELOPE_TYPES = {"slash": "slash_commands", "interactive": "interactive", "event": "events_api"}


class Connection:
    """Sends envelopes and matches acknowledgements to them."""

    def __init__(self, socket: WebSocket) -> None:
        self._socket = socket
        self._waiting: dict[str, asyncio.Future[Payload]] = {}

    async def say(self, message: Payload) -> None:
        """Send something that wants no answer. Raises `ConnectionError` when nobody is there any more."""
        try:
            await self._socket.send_text(json.dumps(message))
        except (RuntimeError, OSError) as error:
            raise ConnectionError("the socket closed") from error

    async def ask(self, message: Payload) -> Payload:
        """Send an envelope and wait for its acknowledgement. Raises `ConnectionError` when the socket closes first."""
        envelope_id = secrets.token_hex(16)
        future: asyncio.Future[Payload] = asyncio.get_running_loop().create_future()
        self._waiting[envelope_id] = future
        try:
            await self.say({"envelope_id": envelope_id, **message})
            return await future
        finally:
            self._waiting.pop(envelope_id, None)

    async def listen(self) -> None:
        """Take one message from the app; one that fits no envelope is ignored, as a late acknowledgement is.

        Raises `ValueError` for what cannot be read.
        """
        answer: Any = read_json(await self._heard())
        future = self._waiting.get(str(answer.get("envelope_id"))) if isinstance(answer, dict) else None
        if future is not None and not future.done():
            future.set_result(body_of(answer.get("payload")))

    async def _heard(self) -> str:
        try:
            return await self._socket.receive_text()
        except KeyError:
            raise ValueError("bytes are no message") from None

    def give_up(self) -> None:
        """Nobody will acknowledge any more."""
        for future in self._waiting.values():
            if not future.done():
                future.set_exception(ConnectionError("the socket closed"))

    async def leave(self, last_words: Payload) -> None:
        """Say goodbye and close, if it is still open."""
        with contextlib.suppress(ConnectionError):
            await self.say(last_words)
            await self.close()

    async def close(self) -> None:
        """Close it properly."""
        with contextlib.suppress(RuntimeError):
            await self._socket.close()

    def cut(self) -> None:
        """Break it off."""
        cut(self._socket.scope)


def hello(app_id: str, number: int) -> Payload:
    """The first message."""
    return {
        "type": "hello",
        "num_connections": number,
        "connection_info": {"app_id": app_id},
        "debug_info": {
            "host": "sandbox",
            "started": "sandbox",
            "build_number": 1,
            "approximate_connection_time": CONNECTION_SECONDS,
        },
    }


def goodbye(reason: str) -> Payload:
    """The last messages: warning, refresh_requested, too_many_websockets, link_disabled."""
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}


def envelope(delivery: Delivery) -> Payload:
    """What carries a payload; an event that is sent again says so."""
    shape: Payload = {
        "type": ENVELOPE_TYPES[delivery.kind],
        "payload": delivery.payload,
        "accepts_response_payload": delivery.kind != "event",
    }
    if delivery.kind == "event":
        shape |= {"retry_attempt": delivery.retry, "retry_reason": delivery.reason}
    return shape
