"""Stores that fall silent with a commit: whatever is read after something was saved fails."""

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass

from sqlalchemy import Connection

from domain.errors import StoreAway
from storage.engine import Store


@dataclass(slots=True)
class Moment:
    """Whether something has been saved; shared by both stores."""

    has_passed: bool = False


class SilentAfterwards(Store):
    """Another store's database, which nobody can read from that moment on."""

    def __init__(self, store: Store, moment: Moment) -> None:
        self.database, self.engine = store.database, store.engine
        self.is_sqlite = store.is_sqlite
        self._store = store
        self._moment = moment

    @contextmanager
    def ask(self) -> Iterator[Connection]:
        """See `Store.ask`."""
        if self._moment.has_passed:
            raise StoreAway
        with self._store.ask() as connection:
            yield connection

    @contextmanager
    def read(self) -> Iterator[Connection]:
        """See `Store.read`."""
        if self._moment.has_passed:
            raise StoreAway
        with self._store.read() as connection:
            yield connection

    @contextmanager
    def write(self) -> Iterator[Connection]:
        """See `Store.write`."""
        with self._store.write() as connection:
            yield connection
        self._moment.has_passed = True
