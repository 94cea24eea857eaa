"""Knows how sending goes: troubles, the heartbeat and how late messages are; tells staff and ops when it goes badly."""

import logging
from collections import Counter
from datetime import datetime
from threading import Lock

from domain.delivery import Way
from domain.errors import StoreAway, StoreBusy
from services.delivery.lanes import Lanes
from services.delivery.lateness import Lateness
from services.delivery.ledger import Alert, Post
from storage.delivery import DeliveryQueue
from storage.program import pace_queries

STALLED_SECONDS = 60.0
SILENT_MS = 60_000
LATE = "late"
SLOWED = "slowed"
FILES_LATE = "files_late"
FILES_SLOWED = "files_slowed"
NO_ACCESS = "no_access"
OUTAGE = "outage"
CLOCK_STEPPED = "clock_stepped"
STORE_AWAY = "store_away"
HELD = "held"

SAYS = {
    LATE: "messages are more than two minutes late",
    SLOWED: "messages are more than two minutes late, because Slack has asked the bot to slow down",
    FILES_LATE: "calendar files are more than two minutes late",
    FILES_SLOWED: "calendar files are more than two minutes late, because Slack asked to slow down with them",
    NO_ACCESS: "Slack does not let the bot in any more",
    OUTAGE: "Slack does not answer; messages wait and are sent when it does",
    CLOCK_STEPPED: "the machine's clock jumped (it was set, or the machine slept); sending waits until it is steady",
    STORE_AWAY: "a database does not answer; its messages wait",
    HELD: "a message could not be delivered and is kept until somebody lets it go again",
}
_OF_LANE = {Way.POST: (LATE, SLOWED), Way.FILE: (FILES_LATE, FILES_SLOWED)}
"""What it is called when messages are late, and when files are: for whatever reason, and because Slack says so.

Of updates nobody is told: there is a message already, and to bring a thousand up to date takes twenty minutes.
"""
_SILENT = "no replica has given a sign of life for a minute"

logger = logging.getLogger(__name__)


class Watch:
    """What health, metrics and staff read. Names no person and no session. Several threads may call it."""

    def __init__(self, post: Post, lanes: Lanes, alert: Alert) -> None:
        self._post = post
        self._lanes = lanes
        self._alert = alert
        self._lateness = Lateness(post.clock)
        self._lock = Lock()
        self._troubles: dict[str, bool] = {}
        self._cycled_at = post.clock.monotonic()

    def trouble(self, code: str) -> None:
        """Something keeps messages from going; staff are told once while it lasts, as soon as the store takes it."""
        with self._lock:
            is_new = code not in self._troubles
            is_told = self._troubles.setdefault(code, False)
        if is_new:
            logger.error("delivery in trouble", extra={"trouble": code})
        if not is_told and self.tell(code):
            with self._lock:
                if code in self._troubles:
                    self._troubles[code] = True

    def clear(self, code: str) -> None:
        """It is over."""
        with self._lock:
            was_there = self._troubles.pop(code, None) is not None
        if was_there:
            logger.info("delivery trouble over", extra={"trouble": code})

    def tell(self, code: str) -> bool:
        """Tell staff once, without keeping it; False when the store did not take it."""
        try:
            self._alert(code)
        except (StoreBusy, StoreAway) as error:
            logger.warning("staff not told", extra={"trouble": code, "error": type(error).__name__})
            return False
        return True

    def cycled(self) -> None:
        """The dispatcher came round. Without this there is no sign of life, whatever else still ticks."""
        self._cycled_at = self._post.clock.monotonic()

    def beat(self) -> None:
        """Write a sign of life, if the dispatcher gives any; look whether messages are late."""
        try:
            self._look_for_late()
            if self._post.clock.monotonic() - self._cycled_at < STALLED_SECONDS:
                self._write_beat()
        except (StoreBusy, StoreAway) as error:
            logger.warning("no sign of life", extra={"error": type(error).__name__})

    def health(self) -> dict[str, str]:
        """What is wrong, by code; empty when all is well. A sign of life is read from the store, for all replicas."""
        try:
            with self._post.program.read() as connection:
                real = self._post.real(connection)
                beat = pace_queries.last_beat(connection, self._post.workspace)
        except (StoreBusy, StoreAway):
            return {"store": "the program store does not answer"}
        problems = {code: SAYS[code] for code in self._codes()}
        if beat is None or abs(real - beat.at) > SILENT_MS:  # one of the future is from before the clock was set back
            problems["silent"] = _SILENT
        return problems

    def counts(self) -> dict[str, float]:
        """Rows of both ledgers by state: those on their way, and the dead."""
        total: Counter[str] = Counter()
        for queue in self._post.queues:
            total.update(queue.reading.counts())
        return {state: float(number) for state, number in total.items()}

    def lateness(self) -> dict[str, float]:
        """How many seconds of program time the oldest due message waits."""
        now = self._post.clock.now()
        return {"oldest": float(max((queue.reading.oldest_due(now) or 0 for queue in self._post.queues), default=0))}

    def _look_for_late(self) -> None:
        line = self._lateness.note()
        for way, (late, slowed) in _OF_LANE.items():
            is_late = line is not None and any(self._has_due(queue, line, way) for queue in self._post.queues)
            pace = self._lanes.of(way).pace
            is_barred = is_late and pace.is_barred()
            self._set(slowed, is_on=is_barred)
            # What goes as fast as Slack lets it is no trouble: a thousand people take minutes, the urgent first.
            self._set(late, is_on=is_late and not is_barred and not pace.is_busy())

    def _has_due(self, queue: DeliveryQueue, line: datetime, way: Way) -> bool:
        try:
            return queue.reading.oldest_due(line, ways=(way,)) is not None
        except (StoreBusy, StoreAway):
            return False  # a trouble of its own, told by the dispatcher; the other ledger's sign of life goes on

    def _set(self, code: str, *, is_on: bool) -> None:
        (self.trouble if is_on else self.clear)(code)

    def _write_beat(self) -> None:
        with self._post.program.write() as connection:
            real = self._post.real(connection)
            pace_queries.beat(connection, self._post.workspace, at=real, trouble=", ".join(self._codes()))

    def _codes(self) -> list[str]:
        with self._lock:
            return sorted(self._troubles)
