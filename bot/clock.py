"""The only reader of time in the product; see "Two times" in docs/explanation/design.md."""

import time
from datetime import UTC, datetime, timedelta
from threading import Lock


class SystemClock:
    """The Clock port over the machine's clocks."""

    def now(self) -> datetime:
        """See `domain.ports.Clock`."""
        return datetime.now(UTC)

    def wall(self) -> datetime:
        """See `domain.ports.Clock`."""
        return datetime.now(UTC)

    def monotonic(self) -> float:
        """See `domain.ports.Clock`."""
        return time.monotonic()


class ShiftedClock(SystemClock):
    """A clock whose program time runs ahead of real time, for the demo. It moves forward only."""

    def __init__(self) -> None:
        self._ahead = timedelta()
        self._lock = Lock()

    def now(self) -> datetime:
        """Real time and what it has been moved by."""
        return super().now() + self._ahead

    def shift(self, by: timedelta) -> datetime:
        """Move program time and return the new one. Raises `ValueError` for a step back."""
        if by < timedelta():
            raise ValueError("program time moves forward only")
        with self._lock:
            self._ahead += by
        return self.now()
