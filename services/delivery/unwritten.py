"""What a replica knows of rows and a store does not yet, since it was busy or away just then."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from threading import Lock

from domain.delivery import Delivery
from domain.ports import Posted
from storage.delivery import DeliveryQueue


@dataclass(slots=True)
class _Known:
    """Of one ledger: what Slack took, and what it was not asked about after all, with a pause and a reason each."""

    arrived: list[tuple[Delivery, Posted]] = field(default_factory=list)
    unsent: list[tuple[Delivery, int, str]] = field(default_factory=list)


class Unwritten:
    """Of this replica, `owner`. Sending and reading back are jobs of two threads, and both ask here first.

    Should the process end before, the rows are read back like any other in doubt.
    """

    def __init__(self, owner: str, arrived: Callable[[Delivery], object]) -> None:
        """`arrived` is called with each row once it is written down; it must not wait or raise."""
        self._owner = owner
        self._arrived = arrived
        self._lock = Lock()
        self._known: dict[DeliveryQueue, _Known] = {}

    def arrived(self, queue: DeliveryQueue, row: Delivery, posted: Posted) -> None:
        """Slack took the row."""
        with self._lock:
            self._of(queue).arrived.append((row, posted))

    def unsent(self, queue: DeliveryQueue, rows: Iterable[Delivery], reason: str, *, pause_ms: int = 0) -> None:
        """Slack was not asked about these rows, whatever the ledger says, and nothing speaks against sending them."""
        with self._lock:
            self._of(queue).unsent.extend((row, pause_ms, reason) for row in rows)

    def write_down(self, queue: DeliveryQueue) -> None:
        """Tell the ledger. Raises `StoreBusy` or `StoreAway`; until it is done, nothing else is done with the ledger.

        Otherwise what is known to have been sent would be taken for doubtful when its lease is over, and sent again.
        """
        with self._lock:
            known = self._of(queue)
            found = tuple(known.arrived)
            if found:
                self._finish(queue, known)
            while known.unsent:
                row, pause_ms, reason = known.unsent[0]
                queue.put_back(row, owner=self._owner, pause_ms=pause_ms, reason=reason)
                known.unsent.pop(0)
        for row, _posted in found:
            self._arrived(row)

    def _finish(self, queue: DeliveryQueue, known: _Known) -> None:
        queue.finish(known.arrived, owner=self._owner)
        known.arrived.clear()

    def _of(self, queue: DeliveryQueue) -> _Known:
        return self._known.setdefault(queue, _Known())
