"""Tells a database's errors in the words of the domain."""

from types import TracebackType
from typing import TYPE_CHECKING

from sqlalchemy.exc import DBAPIError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeoutError

from domain.errors import StoreAway, StoreBusy

if TYPE_CHECKING:  # which speaks of prepared statements, and those of this
    from storage.database import Database


class Translated:
    """A block whose errors come out as `StoreBusy` or `StoreAway`. It has no state, so one serves all threads."""

    def __init__(self, database: "Database") -> None:
        self._is_busy = database.is_busy
        self._is_refusal = database.is_refusal
        self._of_driver: type[BaseException] = database.engine.dialect.loaded_dbapi.OperationalError

    def __enter__(self) -> None:
        pass

    def __exit__(
        self, _kind: type[BaseException] | None, error: BaseException | None, _trace: TracebackType | None
    ) -> None:
        if error is not None:
            self._translate(error)

    def _translate(self, error: BaseException) -> None:
        if isinstance(error, PoolTimeoutError):
            raise StoreBusy from error
        if isinstance(error, OperationalError | self._of_driver):
            cause = error.orig if isinstance(error, OperationalError) else error
            raise (StoreBusy if cause is not None and self._is_busy(cause) else StoreAway) from error
        # A server that only reads, such as a standby after a failover, is away for whoever would write.
        is_lost = isinstance(error, DBAPIError) and error.connection_invalidated
        if is_lost or self._is_refusal(getattr(error, "orig", error)):
            raise StoreAway from error
