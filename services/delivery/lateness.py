"""Tells whether messages are late, by real time, although their instants are in program time.

A message that is due two minutes ago by program time need not be late: the demo has just moved program time, or the
process has just started after a night. It is late when this process saw it due and it is still there two minutes of
real time later. So each beat notes what program time it was; what was due by the note of two minutes ago should have
gone by now. That holds however far program time is moved or the wall clock is set.
"""

from collections import deque
from datetime import datetime

from domain.ports import Clock

LATE_SECONDS = 120.0


class Lateness:
    """Remembers the program time of the last two minutes of real time, a note for each beat."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._notes: deque[tuple[float, datetime]] = deque()

    def note(self) -> datetime | None:
        """Note this instant. Returns the program time of two minutes ago, or None when nobody was here then.

        Whatever was due at the instant returned and still waits is late.
        """
        now = self._clock.monotonic()
        self._notes.append((now, self._clock.now()))
        line = None
        while self._notes and self._notes[0][0] <= now - LATE_SECONDS:
            line = self._notes.popleft()
        if line is None:
            return None
        self._notes.appendleft(line)
        return line[1]
