"""The sandbox's own time: real time plus an offset that a test may raise."""

import time


class SandboxClock:
    """Seconds since 1970; triggers, response URLs and message timestamps are judged by it."""

    def __init__(self) -> None:
        self._offset = 0.0

    def now(self) -> float:
        """The time in the workspace."""
        return time.time() + self._offset

    def advance(self, seconds: float) -> None:
        """Move the workspace's time forward."""
        if seconds < 0:
            raise ValueError("time only goes forward")
        self._offset += seconds
