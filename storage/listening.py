"""PostgreSQL connections that give up a server which has fallen silent: frozen, cut off, or behind a dead network.

The server's own timeouts do not help there, since it is the server that would have to keep them; and TCP keeps a
connection alive for as long as any kernel on the way acknowledges.
"""

import select
import time
from typing import Any

import psycopg
from psycopg.abc import RV, PQGen
from sqlalchemy import Engine, event
from sqlalchemy.exc import DisconnectionError

CHECK_SECONDS = 1.0
"""How long an idle connection may take to show that it still lives."""
IDLE_SECONDS = 5.0
"""After so long without use a connection has to show it: firewalls forget those who are silent."""
_LEFT_AT = "left at"


def give_up_silence(engine: Engine, seconds: float) -> None:
    """Let no answer take longer than so many seconds, and no connection be used that has ended meanwhile.

    What was asked when the patience ended may have been done all the same.
    """

    @event.listens_for(engine, "do_connect")
    def _on_do_connect(_dialect: object, _record: object, arguments: Any, options: Any) -> Any:
        connection = Listening.connect(*arguments, **options)
        connection.patience = seconds
        return connection

    @event.listens_for(engine, "checkin")
    def _on_checkin(_connection: object, record: Any) -> None:
        record.info[_LEFT_AT] = time.monotonic()

    @event.listens_for(engine, "checkout")
    def _on_checkout(connection: Listening, record: Any, _proxy: object) -> None:
        left_at = record.info.get(_LEFT_AT)
        if left_at is None:
            return  # just made: what is wrong with it the first question tells, and a pool does not try for ever
        if time.monotonic() - left_at > IDLE_SECONDS or connection.has_word():
            connection.check()


class Listening(psycopg.Connection[Any]):
    """A connection with patience, in seconds for each answer. When it ends, so does the connection."""

    patience: float | None = None

    def wait(self, gen: PQGen[RV], interval: float = 0.1, timeout: float | None = None) -> RV:
        """See psycopg; raises its OperationalError, the connection closed."""
        try:
            return super().wait(gen, interval, self.patience if timeout is None else timeout)
        except psycopg.OperationalError as error:
            # Without a code it is not the server's word, so nobody knows what it still does. A refusal of one of many
            # rows that are sent together aborts those behind it, and comes without a code too.
            if error.sqlstate is None and not isinstance(error, psycopg.errors.PipelineAborted):
                self.close()
            raise

    def has_word(self) -> bool:
        """Whether the server has said something nobody asked for, as it does when it ends the connection."""
        if self.closed:
            return True
        heard = select.poll()
        heard.register(self.fileno(), select.POLLIN)
        return bool(heard.poll(0))

    def check(self) -> None:
        """Ask for a word. Raises SQLAlchemy's `DisconnectionError`, on which its pool takes another connection."""
        patience, self.patience = self.patience, CHECK_SECONDS
        try:
            self.execute(";")
            self.rollback()
        except psycopg.Error as error:
            raise DisconnectionError from error
        finally:
            self.patience = patience
