"""A PostgreSQL connection that gives up a server which has fallen silent: frozen, cut off, or behind a dead network.

The server's own timeouts do not help there, since it is the server that would have to keep them; and TCP keeps a
connection alive for as long as any kernel on the way acknowledges.
"""

import time
from collections.abc import Callable
from typing import Any

import psycopg
from psycopg.abc import RV, PQGen
from psycopg.waiting import Ready

CHECK_SECONDS = 1.0
"""How long an idle connection may take to show that it still lives."""


def listening_for(seconds: float) -> Callable[..., "psycopg.Connection[Any]"]:
    """A `connect` whose connections are closed after so many seconds without a word from the server.

    What was asked may have been done all the same. A check at checkout, SQLAlchemy's ping, is given less time.
    """

    class Listening(psycopg.Connection[Any]):
        """Counts the silence, not the work: a long answer that keeps coming is heard to its end."""

        def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
            """See psycopg; raises its OperationalError, the connection closed."""
            # Only a ping is autocommitted: everything else is in a transaction.
            patience = CHECK_SECONDS if self.autocommit else seconds
            try:
                return super().wait(_hearing(gen, patience), interval, timeout)
            except _Silence:
                self.close()
                raise

    return Listening.connect


class _Silence(psycopg.OperationalError):
    """The server has not said a word."""


def _hearing(gen: PQGen[RV], seconds: float) -> PQGen[RV]:
    try:
        wanted = next(gen)
        heard = time.monotonic()
        while True:
            ready = yield wanted
            if ready != Ready.NONE:
                heard = time.monotonic()
            elif time.monotonic() - heard > seconds:
                raise _Silence("the server does not answer")
            wanted = gen.send(ready)
    except StopIteration as done:
        answer: RV = done.value
        return answer
