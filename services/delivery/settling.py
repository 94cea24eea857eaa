"""What may become of a row that is in hand and was not sent: put back, tried later, settled or held."""

import logging
from collections.abc import Callable
from enum import Enum

from domain.delivery import Delivery, DeliveryState
from storage.delivery import PAUSE_MAX_MS, DeliveryQueue

RETRY_MS = 5_000
ATTEMPTS_MAX = 10
"""A message that cannot be made so many times, over half an hour, is held: it is our own mistake, not an outage."""
GONE = "gone"

logger = logging.getLogger(__name__)


class Step(Enum):
    """What became of a row, for the dispatcher to decide what it does next."""

    SENT = "sent"
    NOT_SENT = "not sent"
    WAIT = "wait"
    UNANSWERED = "unanswered"
    SHUT_OUT = "shut out"


def pause_before(attempt: int) -> int:
    """Milliseconds until what has failed so often is tried again."""
    return int(min(PAUSE_MAX_MS, RETRY_MS * 2 ** min(attempt, ATTEMPTS_MAX)))


class Settling:
    """For the rows this replica, `owner`, has in hand. `held` is called when one is given up, for somebody to look."""

    def __init__(self, owner: str, held: Callable[[Delivery], object]) -> None:
        self._owner = owner
        self._held = held

    def put_back(
        self, queue: DeliveryQueue, row: Delivery, reason: str, *, pause_ms: int = 0, step: Step = Step.NOT_SENT
    ) -> Step:
        """It may go again after the pause, and nothing speaks against it."""
        queue.put_back(row, owner=self._owner, pause_ms=pause_ms, reason=reason)
        return step

    def retry(self, queue: DeliveryQueue, row: Delivery, reason: str, *, step: Step = Step.NOT_SENT) -> Step:
        """It went wrong, and is tried again, each time later."""
        pause_ms = pause_before(row.attempt)
        queue.put_back(row, owner=self._owner, pause_ms=pause_ms, reason=reason, failed=True)
        return step

    def retry_or_hold(self, queue: DeliveryQueue, row: Delivery, reason: str) -> Step:
        """The same for what no waiting may mend: it is held after so many tries."""
        if row.attempt + 1 >= ATTEMPTS_MAX:
            return self.hold(queue, row, reason)
        return self.retry(queue, row, reason)

    def let_go(self, queue: DeliveryQueue, row: Delivery, reason: str) -> Step:
        """It need not be sent any more."""
        queue.settle(row, DeliveryState.SUPPRESSED, reason, owner=self._owner)
        return Step.NOT_SENT

    def keep(self, queue: DeliveryQueue, row: Delivery, reason: str) -> Step:
        """The same as `hold`, of what nobody need look at: whoever had it written hears why it did not go."""
        if queue.settle(row, DeliveryState.DEAD, reason, owner=self._owner):
            logger.info("message kept", extra={"kind": row.kind, "marker": row.marker, "reason": reason})
        return Step.NOT_SENT

    def hold(self, queue: DeliveryQueue, row: Delivery, reason: str, *, is_lost: bool = False) -> Step:
        """It will not go, until somebody says so. Of one that `is_lost` nobody will know whether it went."""
        if queue.settle(row, DeliveryState.DEAD, reason, owner=self._owner, is_lost=is_lost):
            logger.error("message held", extra={"kind": row.kind, "marker": row.marker, "reason": reason})
            self._held(row)
        return Step.NOT_SENT
