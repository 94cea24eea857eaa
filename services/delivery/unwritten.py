"""What Slack took and a store does not know yet, since it was busy or away just then."""

from collections.abc import Callable
from threading import Lock

from domain.delivery import Delivery
from domain.ports import Posted
from storage.delivery import DeliveryQueue


class Unwritten:
    """Of this replica, `owner`. Sending and reading back are jobs of two threads, and both ask here first.

    Should the process end before, the row is read back like any other in doubt.
    """

    def __init__(self, owner: str, arrived: Callable[[Delivery], object]) -> None:
        """`arrived` is called with each row once it is written down; it must not wait or raise."""
        self._owner = owner
        self._arrived = arrived
        self._lock = Lock()
        self._rows: dict[DeliveryQueue, tuple[Delivery, Posted]] = {}

    def note(self, queue: DeliveryQueue, row: Delivery, posted: Posted) -> None:
        """Slack took the row. One of a ledger at a time: it is written down before the next one is sent."""
        with self._lock:
            self._rows[queue] = (row, posted)

    def write_down(self, queue: DeliveryQueue) -> None:
        """Tell the ledger. Raises `StoreBusy` or `StoreAway`; until it is done, nothing else is done with the ledger.

        Otherwise what is known to have been sent would be taken for doubtful when its lease is over, and sent again.
        """
        with self._lock:
            found = self._rows.get(queue)
            if found is not None:
                queue.finish(*found, owner=self._owner)
                del self._rows[queue]
        if found is not None:
            self._arrived(found[0])
