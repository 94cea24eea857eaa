"""Holds a lane while Slack does not answer or will not have us, so that an outage is tried, not hammered."""

from domain.ports import Clock

FIRST_PAUSE_SECONDS = 2.0
TRY_AGAIN_SECONDS = 60.0
"""The longest pause; also how often one attempt finds out whether Slack lets us in again."""
OUTAGE_AFTER = 3
"""So many calls in a row without an answer are an outage; one may be anything."""


class Breaker:
    """Counts calls without an answer, in this process only: it may be this machine's network that is down.

    Without it every due row would be tried while Slack is away, and each would then have to be read back.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._closed_until = float("-inf")
        self._unanswered = 0

    def may_try(self) -> bool:
        """Whether the pause is over."""
        return self._clock.monotonic() >= self._closed_until

    def answered(self) -> None:
        """Slack took what was sent."""
        self._unanswered = 0
        self._closed_until = float("-inf")

    def unanswered(self) -> bool:
        """No answer: wait, twice as long each time. Returns whether this is an outage by now."""
        self._wait(min(TRY_AGAIN_SECONDS, FIRST_PAUSE_SECONDS * 2**self._unanswered))
        self._unanswered = min(self._unanswered + 1, 10)
        return self._unanswered >= OUTAGE_AFTER

    def shut_out(self) -> None:
        """The token or its scopes do not do any more."""
        self._wait(TRY_AGAIN_SECONDS)

    def _wait(self, seconds: float) -> None:
        self._closed_until = self._clock.monotonic() + seconds
