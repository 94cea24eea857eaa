"""Connections that threads keep for single questions on SQLite."""

from collections.abc import Iterator
from contextlib import contextmanager
from threading import Lock, local
from weakref import WeakSet

from sqlalchemy import Connection, Engine


class Kept:
    """One connection for each thread that asks. To take one from the pool and give it back costs more than an answer.

    It holds neither lock nor snapshot between two questions, since nothing begins a transaction in the database. The
    one of a thread that has ended goes back to the pool when Python collects what it left.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._own = local()
        self._all: WeakSet[Connection] = WeakSet()
        self._keeping = Lock()

    @contextmanager
    def connection(self) -> Iterator[Connection]:
        """This thread's; after an error the next question begins anew."""
        connection: Connection | None = getattr(self._own, "connection", None)
        if connection is None or connection.closed:
            connection = self._open()
        try:
            yield connection
        except BaseException:
            self._own.connection = None
            connection.close()
            raise

    def _open(self) -> Connection:
        connection = self._own.connection = self._engine.connect()
        with self._keeping:
            self._all.add(connection)
        return connection

    def close(self) -> None:
        """Close them all, also those of other threads; a thread that asks again gets a new one."""
        with self._keeping:
            for connection in list(self._all):
                connection.close()
            self._all.clear()
