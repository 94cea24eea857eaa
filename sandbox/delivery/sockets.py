"""Socket Mode: up to ten connections an app, each envelope to one of them, refresh on demand."""

import asyncio
import itertools
import json
import secrets
from dataclasses import dataclass, field

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.model import App, Payload

CONNECTIONS_MAX = 10
REFRESH_SECONDS = 3600
REFRESH_PAUSE_SECONDS = 0.5
"""Slack waits about ten seconds; the order of things is the same."""


@dataclass(eq=False, slots=True)
class _Connection:
    socket: WebSocket
    app_id: str
    waiting: dict[str, "asyncio.Future[Payload]"] = field(default_factory=dict)


class Sockets:
    """The open sockets of all apps, and the tickets to open more."""

    def __init__(self) -> None:
        self._tickets: dict[str, str] = {}
        self._connections: dict[str, list[_Connection]] = {}
        self._turn = itertools.count()

    def ticket(self, app: App) -> str:
        """A ticket for one connection."""
        ticket = secrets.token_urlsafe(24)
        self._tickets[ticket] = app.id
        return ticket

    def count(self, app: App) -> int:
        """How many connections the app has."""
        return len(self._connections.get(app.id, ()))

    async def serve(self, socket: WebSocket) -> None:
        """Run one connection until it closes."""
        app_id = self._tickets.pop(socket.query_params.get("ticket", ""), None)
        if app_id is None:
            await socket.close(code=4001)
            return
        await socket.accept()
        connections = self._connections.setdefault(app_id, [])
        if len(connections) >= CONNECTIONS_MAX:
            await self._say_goodbye(socket, "too_many_websockets")
            return
        connection = _Connection(socket, app_id)
        connections.append(connection)
        try:
            await self._hello(connection, len(connections))
            while True:
                self._take(connection, json.loads(await socket.receive_text()))
        except (WebSocketDisconnect, json.JSONDecodeError, RuntimeError):
            pass
        finally:
            connections.remove(connection)
            for future in connection.waiting.values():
                if not future.done():
                    future.set_exception(ConnectionError("the socket closed"))

    async def ask(self, app: App, envelope: Payload) -> Payload:
        """Send an envelope over one of the app's sockets and wait for its acknowledgement."""
        connections = self._connections.get(app.id)
        if not connections:
            raise ConnectionError("the app has no open socket")
        connection = connections[next(self._turn) % len(connections)]
        envelope_id = secrets.token_hex(16)
        future: asyncio.Future[Payload] = asyncio.get_running_loop().create_future()
        connection.waiting[envelope_id] = future
        try:
            await connection.socket.send_text(json.dumps({"envelope_id": envelope_id, **envelope}))
            return await future
        finally:
            connection.waiting.pop(envelope_id, None)

    async def refresh(self, app: App) -> None:
        """What Slack does every few hours: warn each connection, give its client time to open another, then close it."""
        for connection in tuple(self._connections.get(app.id, ())):
            await connection.socket.send_text(json.dumps(_disconnect("warning")))
            await asyncio.sleep(REFRESH_PAUSE_SECONDS)
            if connection in self._connections[app.id]:
                await connection.socket.send_text(json.dumps(_disconnect("refresh_requested")))
                await connection.socket.close()

    async def close_all(self, app: App) -> None:
        """Cut every connection without a word."""
        for connection in tuple(self._connections.get(app.id, ())):
            await connection.socket.close(code=1011)

    async def _hello(self, connection: _Connection, number: int) -> None:
        hello = {
            "type": "hello",
            "num_connections": number,
            "connection_info": {"app_id": connection.app_id},
            "debug_info": {
                "host": "sandbox",
                "started": "sandbox",
                "build_number": 1,
                "approximate_connection_time": REFRESH_SECONDS,
            },
        }
        await connection.socket.send_text(json.dumps(hello))

    async def _say_goodbye(self, socket: WebSocket, reason: str) -> None:
        await socket.send_text(json.dumps(_disconnect(reason)))
        await socket.close()

    def _take(self, connection: _Connection, answer: Payload) -> None:
        future = connection.waiting.get(str(answer.get("envelope_id")))
        if future is not None and not future.done():
            future.set_result(answer.get("payload") or {})


def _disconnect(reason: str) -> Payload:
    return {"type": "disconnect", "reason": reason, "debug_info": {"host": "sandbox"}}
