"""Socket Mode: up to ten connections an app, each envelope to one of them, refresh on demand."""

import asyncio
import contextlib
import itertools
import secrets

from starlette.websockets import WebSocket, WebSocketDisconnect

from sandbox.clock import SandboxClock
from sandbox.delivery.connection import Connection, envelope, goodbye, hello
from sandbox.delivery.wire import ACK_SECONDS, Answer, Delivery
from sandbox.model import App, Payload

CONNECTIONS_MAX = 10
WARNING_SECONDS = 10.0
"""Between the warning and the end of a connection that Slack refreshes."""


class Sockets:
    """The open sockets of all apps, and the tickets to open more."""

    def __init__(self, clock: SandboxClock) -> None:
        self._clock = clock
        self._tickets: dict[str, App] = {}
        self._connections: dict[str, list[Connection]] = {}
        self._turn = itertools.count()
        self._ending: set[asyncio.Task[None]] = set()

    def ticket(self, app: App) -> str:
        """A ticket for one connection."""
        ticket = secrets.token_urlsafe(24)
        self._tickets[ticket] = app
        return ticket

    def count(self, app: App) -> int:
        """How many connections the app has."""
        return len(self._connections.get(app.id, ()))

    async def serve(self, socket: WebSocket) -> None:
        """Run one connection until it closes."""
        app = self._tickets.pop(socket.query_params.get("ticket", ""), None)
        if app is None:
            await socket.close(code=4001)
            return
        await socket.accept()
        connection, connections = Connection(socket), self._connections.setdefault(app.id, [])
        if app.transport != "socket":
            await connection.leave(goodbye("link_disabled"))
        elif len(connections) >= CONNECTIONS_MAX:
            await connection.leave(goodbye("too_many_websockets"))
        else:
            await self._run(connection, connections, app.id)

    async def send(self, delivery: Delivery) -> Answer:
        """Send over one of the app's sockets and wait for the acknowledgement, three seconds at most."""
        try:
            body = await self._clock.within(ACK_SECONDS, self._ask(delivery))
        except TimeoutError:
            return Answer(problem="timeout", is_late=True)
        except ConnectionError:
            return Answer(problem="no_socket")
        return Answer(body=body)

    async def refresh(self, app: App) -> None:
        """What Slack does every few hours: warn each connection, and close it ten seconds later."""
        for connection in self._of(app):
            with contextlib.suppress(ConnectionError):
                await connection.say(goodbye("warning"))
            task = asyncio.create_task(self._end(connection))
            self._ending.add(task)
            task.add_done_callback(self._ending.discard)

    async def disable(self, app: App) -> None:
        """What Slack does when Socket Mode is switched off: a last word to each connection, and its end."""
        for connection in self._of(app):
            await connection.leave(goodbye("link_disabled"))

    def cut(self, app: App) -> None:
        """Break every connection off without a word."""
        for connection in self._of(app):
            connection.cut()

    async def close(self, app: App) -> None:
        """Close every connection properly, because the app is gone."""
        for connection in self._of(app):
            await connection.close()
        self._tickets = {ticket: holder for ticket, holder in self._tickets.items() if holder is not app}

    async def _run(self, connection: Connection, connections: list[Connection], app_id: str) -> None:
        connections.append(connection)
        try:
            await connection.say(hello(app_id, len(connections)))
            while True:
                await connection.listen()
        except (WebSocketDisconnect, RuntimeError):
            pass
        except ValueError:  # nothing sensible can follow
            await connection.close()
        finally:
            connections.remove(connection)
            connection.give_up()

    async def _ask(self, delivery: Delivery) -> Payload:
        connections = self._of(delivery.app)
        if not connections:
            raise ConnectionError("the app has no open socket")
        connection = connections[next(self._turn) % len(connections)]
        return await connection.ask(envelope(delivery))

    async def _end(self, connection: Connection) -> None:
        await self._clock.sleep(WARNING_SECONDS)
        await connection.leave(goodbye("refresh_requested"))

    def _of(self, app: App) -> tuple[Connection, ...]:
        return tuple(self._connections.get(app.id, ()))
