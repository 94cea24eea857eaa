"""The ledgers that one cycle of sending can use: what is wrong with one store must not hold up the other's rows."""

import logging
from collections.abc import Collection, Iterator, Sequence
from contextlib import contextmanager
from datetime import datetime

from domain.delivery import Way
from domain.errors import StoreAway, StoreBusy
from services.delivery.watch import STORE_AWAY, Watch
from storage.delivery import DeliveryQueue, Head

logger = logging.getLogger(__name__)


class Answering:
    """Those of the ledgers that answered so far, in order, and the rows nobody could take in this cycle."""

    def __init__(self, queues: Sequence[DeliveryQueue], watch: Watch) -> None:
        self._queues = list(queues)
        self._all = len(queues)
        self._watch = watch
        self._had_nothing: set[DeliveryQueue] = set()
        self.passed_over: list[str] = []
        """Keys of rows that are due and that somebody else holds."""

    def __iter__(self) -> Iterator[DeliveryQueue]:
        return iter(tuple(self._queues))

    @contextmanager
    def using(self, queue: DeliveryQueue) -> Iterator[None]:
        """A block that works with this ledger. When its store is busy or away, the ledger waits for the next cycle."""
        try:
            yield
        except (StoreBusy, StoreAway) as error:
            logger.warning("dispatch interrupted", extra={"error": type(error).__name__})
            self._queues.remove(queue)
            if isinstance(error, StoreAway):
                self._watch.trouble(STORE_AWAY)

    def tidy(self, now: datetime) -> None:
        """Settle what need not be sent, in each of them."""
        for queue in self:
            with self.using(queue):
                queue.tidy(now)

    def heads(self, now: datetime, *, ways: Collection[Way], most: int) -> list[tuple[Head, DeliveryQueue]]:
        """What they would send next by one of these ways, merged, but for the rows passed over.

        A ledger that had nothing is left out the next time, if the others have something: what is put into it meanwhile
        waits for one portion of theirs, as it would a moment later, and each look is a way to a server.
        """
        left_out, self._had_nothing = self._had_nothing, set()
        found = self._heads_of(set(self) - left_out, now, ways, most)
        return found or self._heads_of(left_out, now, ways, most)

    def _heads_of(
        self, queues: Collection[DeliveryQueue], now: datetime, ways: Collection[Way], most: int
    ) -> list[tuple[Head, DeliveryQueue]]:
        found: list[tuple[Head, DeliveryQueue]] = []
        for queue in self:
            if queue in queues:
                with self.using(queue):
                    heads = queue.reading.heads(now, ways=ways, most=most, but_not=self.passed_over)
                    found.extend((head, queue) for head in heads)
                    self._note(queue, ways, has_any=bool(heads))
        return sorted(found, key=lambda each: each[0])[:most]

    def _note(self, queue: DeliveryQueue, ways: Collection[Way], *, has_any: bool) -> None:
        if not has_any and len(ways) == len(Way):
            self._had_nothing.add(queue)

    def is_whole(self) -> bool:
        """Whether all of them did."""
        return len(self._queues) == self._all
