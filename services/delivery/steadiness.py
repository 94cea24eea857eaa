"""Notices when somebody sets the machine's clock by hand, and holds dispatch until it can be trusted again."""

from domain.ports import Clock

STEP_SECONDS = 300.0
READINGS = 2
"""How many readings in a row must agree before dispatch goes on."""


class Steadiness:
    """Compares the wall clock with the monotonic one, which nobody can set. Program time may be shifted freely."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._offset = self._reading()
        self._agreed = READINGS

    def check(self) -> bool:
        """Whether the clock may be trusted now; call once for each cycle."""
        offset = self._reading()
        if abs(offset - self._offset) > STEP_SECONDS:
            self._agreed = 0
        elif self._agreed < READINGS:
            self._agreed += 1
        # Slow drift is followed; a step is measured from the last reading.
        self._offset = offset
        return self._agreed >= READINGS

    def _reading(self) -> float:
        return self._clock.wall().timestamp() - self._clock.monotonic()
