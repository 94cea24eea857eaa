"""Opened data keys for a few minutes, so that a slow key provider stays off the path of a request."""

import threading
from collections import OrderedDict
from collections.abc import Callable
from datetime import timedelta

from domain.ports import Clock
from storage.confidential.data_keys import StoredDataKey

KEPT_FOR = timedelta(minutes=5)
KEPT_AT_MOST = 64


class KeyCache:
    """At most 64 opened data keys, each at most five minutes of real time however often it is used. Thread-safe.

    The whole stored row is what a key is found by. So a key is used only by somebody who has just read its row: not
    after its row was deleted, and not when the transaction that made it rolled back.
    """

    def __init__(self, clock: Clock) -> None:
        self._clock = clock
        self._lock = threading.Lock()
        self._kept: OrderedDict[StoredDataKey, tuple[float, bytes]] = OrderedDict()
        self._none_before = float("-inf")
        """No key that is kept is older than this, so that a use need not look at all of them."""

    def __len__(self) -> int:
        return len(self._kept)

    def opened(self, stored: StoredDataKey, unwrap: Callable[[StoredDataKey], bytes]) -> bytes:
        """The opened key, by `unwrap` when it is not at hand; what that raises is not remembered."""
        self.drop_expired()
        with self._lock:
            if stored in self._kept:
                self._kept.move_to_end(stored)
                return self._kept[stored][1]
        data_key = unwrap(stored)  # outside the lock: two threads may both ask, but nobody waits for another's key
        self._keep(stored, data_key)
        return data_key

    def drop_expired(self) -> None:
        """Forget keys whose time is over."""
        oldest = self._clock.monotonic() - KEPT_FOR.total_seconds()
        with self._lock:
            if self._none_before > oldest:
                return
            for stored in [stored for stored, (since, _) in self._kept.items() if since <= oldest]:
                del self._kept[stored]
            self._none_before = min((since for since, _ in self._kept.values()), default=float("inf"))

    def clear(self) -> None:
        """Forget every key."""
        with self._lock:
            self._kept.clear()

    def _keep(self, stored: StoredDataKey, data_key: bytes) -> None:
        since = self._clock.monotonic()
        with self._lock:
            self._kept[stored] = (since, data_key)
            self._none_before = min(self._none_before, since)
            self._kept.move_to_end(stored)
            while len(self._kept) > KEPT_AT_MOST:
                self._kept.popitem(last=False)
