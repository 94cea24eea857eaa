"""The workspace's own time: real time plus what was added to it, and waiting by it."""

import asyncio
import time
from collections.abc import Awaitable
from typing import TypeVar

T = TypeVar("T")


class SandboxClock:
    """Seconds since 1970. Triggers, response URLs, timestamps, acknowledgements and retries are judged by it.

    Whoever waits by it wakes as soon as `advance` has moved it far enough, so no test sits through three seconds.
    """

    def __init__(self) -> None:
        self._offset = 0.0
        self._era = 0
        self._moved = asyncio.Event()

    def now(self) -> float:
        """The time in the workspace."""
        return self.wall() + self._offset

    def wall(self) -> float:
        """The time outside: what an app compares a signed request's timestamp with."""
        return time.time()

    def advance(self, seconds: float) -> None:
        """Move the workspace's time forward. Raises `ValueError` for a step back."""
        if seconds < 0:
            raise ValueError("time only goes forward")
        self._offset += seconds
        self._wake()

    def reset(self) -> None:
        """Return to real time; whoever waits need wait no longer, because what they wait for is gone."""
        self._offset = 0.0
        self._era += 1
        self._wake()

    async def sleep(self, seconds: float) -> None:
        """Wait for that long, or until time has been moved past it, or until a reset."""
        deadline, era = self.now() + seconds, self._era
        while (left := deadline - self.now()) > 0 and era == self._era:
            try:
                await asyncio.wait_for(self._moved.wait(), left)
            except TimeoutError:
                return

    async def within(self, seconds: float, work: Awaitable[T]) -> T:
        """The result of some work that has so long for it. Raises `TimeoutError` and cancels it otherwise."""
        task, limit = asyncio.ensure_future(work), asyncio.ensure_future(self.sleep(seconds))
        try:
            await asyncio.wait({task, limit}, return_when=asyncio.FIRST_COMPLETED)
            if not task.done():
                raise TimeoutError
            return task.result()
        finally:
            task.cancel()
            limit.cancel()

    def _wake(self) -> None:
        self._moved.set()
        self._moved = asyncio.Event()
