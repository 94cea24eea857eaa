"""A clock that stands still until a test moves it."""

from datetime import UTC, datetime, timedelta

NOON = datetime(2027, 1, 11, 12, tzinfo=UTC)
"""A Monday."""


class FakeClock:
    """The Clock port; program time and real time can be moved together or apart."""

    def __init__(self, now: datetime = NOON) -> None:
        self._program = now
        self._wall = now
        self._monotonic = 1000.0

    def now(self) -> datetime:
        """See `domain.ports.Clock`."""
        return self._program

    def wall(self) -> datetime:
        """See `domain.ports.Clock`."""
        return self._wall

    def monotonic(self) -> float:
        """See `domain.ports.Clock`."""
        return self._monotonic

    def advance(self, by: timedelta) -> None:
        """Let time pass, for everything."""
        self._program += by
        self._wall += by
        self._monotonic += by.total_seconds()

    def shift(self, by: timedelta) -> None:
        """Move program time only, as the demo does."""
        self._program += by

    def step(self, by: timedelta) -> None:
        """Set the wall clock by hand: real time jumps although nothing passed; program time jumps with it."""
        self._program += by
        self._wall += by
