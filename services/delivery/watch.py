"""Knows how sending goes: troubles, the heartbeat and how late messages are; tells staff when it goes badly."""

import logging
from collections import Counter

from domain.errors import StoreAway, StoreBusy
from services.delivery.ledger import Alert, Post
from storage.program import pace_queries

LATE_SECONDS = 120
SILENT_MS = 60_000
LATE = "late"
NO_ACCESS = "no_access"
CLOCK_STEPPED = "clock_stepped"

SAYS = {
    LATE: "messages are more than two minutes late",
    NO_ACCESS: "Slack does not accept the bot's token or scopes; see scholarbot doctor",
    CLOCK_STEPPED: "the machine's clock was set by hand; sending waits until it is steady",
}

logger = logging.getLogger(__name__)


class Watch:
    """What health, metrics and staff read. Names no person and no session."""

    def __init__(self, post: Post, alert: Alert) -> None:
        self._post = post
        self._alert = alert
        self._troubles: set[str] = set()

    def trouble(self, code: str) -> None:
        """Something keeps messages from going; staff are told once while it lasts."""
        if code in self._troubles:
            return
        self._troubles.add(code)
        logger.error("delivery in trouble", extra={"trouble": code})
        self._alert(code)

    def clear(self, code: str) -> None:
        """It is over."""
        if code in self._troubles:
            self._troubles.remove(code)
            logger.info("delivery trouble over", extra={"trouble": code})

    def beat(self) -> None:
        """Write a sign of life; look how late the oldest message is."""
        try:
            (self.trouble if self._late() > LATE_SECONDS else self.clear)(LATE)
            with self._post.program.write() as connection:
                real = self._post.real(connection)
                text = ", ".join(sorted(self._troubles))
                pace_queries.beat(connection, self._post.workspace, at=real, trouble=text)
        except (StoreBusy, StoreAway) as error:
            logger.warning("no sign of life", extra={"error": type(error).__name__})

    def health(self) -> dict[str, str]:
        """What is wrong, by code; empty when all is well. Reads the store, so it speaks for all replicas."""
        try:
            with self._post.program.read() as connection:
                real = self._post.real(connection)
                beat = pace_queries.last_beat(connection, self._post.workspace)
            late = self._late()
        except (StoreBusy, StoreAway):
            return {"store": "the program store does not answer"}
        problems = {code: SAYS[code] for code in self._troubles}
        if beat is None or real - beat.at > SILENT_MS:
            problems["silent"] = "no replica has given a sign of life for a minute"
        if late > LATE_SECONDS:
            problems[LATE] = SAYS[LATE]
        return problems

    def counts(self) -> dict[str, float]:
        """Rows of both ledgers by state."""
        total: Counter[str] = Counter()
        for queue in self._post.queues:
            total.update(queue.counts())
        return {state: float(number) for state, number in total.items()}

    def lateness(self) -> dict[str, float]:
        """How many seconds of program time the oldest due message waits."""
        return {"oldest": float(self._late())}

    def _late(self) -> int:
        now = self._post.clock.now()
        return max((queue.oldest_due(now) or 0 for queue in self._post.queues), default=0)
