"""How long Slack is waited for: each answer, and a listing that Slack puts off."""

import time
from collections.abc import Callable

from domain.delivery import RateLimited

TIMEOUT_SECONDS = 10

Wait = Callable[[float], bool]
"""Waits so many seconds, or none; True when the process is to end and nobody needs to wait any longer."""


def sleep(seconds: float) -> bool:
    """Wait, whatever happens."""
    time.sleep(seconds)
    return False


class Patience:
    """Waits as long as Slack asks to, but not longer than so many seconds in all."""

    def __init__(self, wait: Wait, seconds: float) -> None:
        self._wait = wait
        self._left = seconds

    def sit_out(self, limit: RateLimited) -> None:
        """Wait until Slack may be asked again. Raises the limit itself when that is too late or the process ends."""
        self._left -= limit.retry_after_seconds
        if self._left < 0 or self._wait(limit.retry_after_seconds):
            raise limit
