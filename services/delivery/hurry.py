"""How long rows may be on their way between the fence and what is written down of them."""

from domain.ports import Clock

ASKED_WITHIN_SECONDS = 10.0
"""So long after the fence Slack may be asked. With its longest call (ten seconds) that ends well within the lease."""
WRITTEN_WITHIN_SECONDS = 0.02
"""What Slack took is written down before it is asked again, unless less has passed since the last time."""


class Hurry:
    """Since rows passed the fence, in real time: both clocks count, since one stands while the machine sleeps."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._began = self._written = clock.monotonic()
        self._began_wall = clock.wall()

    def may_ask(self) -> bool:
        """Whether nobody can have taken the rows over before Slack has answered."""
        by_wall = (self._clock.wall() - self._began_wall).total_seconds()
        return max(by_wall, self._clock.monotonic() - self._began) < ASKED_WITHIN_SECONDS

    def is_time_to_write(self) -> bool:
        """Whether to write down now; begins the next while if so."""
        now = self._clock.monotonic()
        is_time = now - self._written >= WRITTEN_WITHIN_SECONDS
        if is_time:
            self._written = now
        return is_time
