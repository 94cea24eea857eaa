"""The workspace's clock with an outside world that stands still."""

from sandbox.clock import SandboxClock

WALL = 1_750_000_000.25


class StillClock(SandboxClock):
    """Moves by `advance` alone."""

    def wall(self) -> float:
        """Always the same."""
        return WALL
