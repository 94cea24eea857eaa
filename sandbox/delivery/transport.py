"""One request to an app and its answer, whatever the way."""

import asyncio
from dataclasses import dataclass, replace

from sandbox.clock import SandboxClock
from sandbox.delivery.requests import Requests
from sandbox.delivery.sockets import Sockets
from sandbox.delivery.wire import Answer, Delivery, Kind
from sandbox.model import App, Payload

__all__ = ["Answer", "Delivery", "Kind", "Transport"]

RETRY_DELAYS_SECONDS = (0.0, 60.0, 300.0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Attempt:
    """One delivery that was tried, for the record."""

    at: float
    kind: Kind
    payload: Payload
    retry: int
    problem: str | None


class Transport:
    """Delivers to any installed app."""

    def __init__(self, clock: SandboxClock, sockets: Sockets) -> None:
        self._clock = clock
        self._sockets = sockets
        self._requests = Requests(clock)
        self._background: set[asyncio.Task[Answer]] = set()
        self.retry_delays: tuple[float, ...] = RETRY_DELAYS_SECONDS
        self.last: Delivery | None = None
        self.attempts: list[Attempt] = []

    async def deliver(self, app: App, kind: Kind, payload: Payload) -> Answer:
        """Send once and wait for the answer, three seconds of the workspace's time at most."""
        return await self._send(Delivery(app=app, kind=kind, payload=payload))

    async def redeliver(self) -> Answer:
        """Send the last payload once more; an event carries what a retry carries. Raises `LookupError`."""
        if self.last is None:
            raise LookupError("nothing has been delivered yet")
        is_event = self.last.kind == "event"
        again = replace(self.last, retry=self.last.retry + 1, reason="http_timeout") if is_event else self.last
        return await self._send(again)

    def deliver_event(self, app: App, payload: Payload) -> None:
        """Send an event in the background, and up to three times again while the app does not acknowledge it."""
        task = asyncio.create_task(self._deliver_until_taken(Delivery(app=app, kind="event", payload=payload)))
        self._background.add(task)
        task.add_done_callback(self._background.discard)

    async def reset(self) -> None:
        """Forget what was sent and what was still to be sent again."""
        for task in tuple(self._background):
            task.cancel()
        await asyncio.gather(*self._background, return_exceptions=True)
        self.retry_delays = RETRY_DELAYS_SECONDS
        self.last = None
        self.attempts.clear()

    async def close(self) -> None:
        """Stop for good."""
        await self.reset()
        await self._requests.close()

    async def _deliver_until_taken(self, delivery: Delivery) -> Answer:
        answer = await self._send(delivery)
        for number, delay in enumerate(self.retry_delays, 1):
            if answer.problem is None or answer.is_final:
                break
            await self._clock.sleep(delay)
            answer = await self._send(replace(delivery, retry=number, reason=answer.problem))
        return answer

    async def _send(self, delivery: Delivery) -> Answer:
        self.last = delivery
        over = self._sockets if delivery.app.transport == "socket" else self._requests
        answer = await over.send(delivery)
        self.attempts.append(
            Attempt(
                at=self._clock.now(),
                kind=delivery.kind,
                payload=delivery.payload,
                retry=delivery.retry,
                problem=answer.problem,
            )
        )
        return answer
