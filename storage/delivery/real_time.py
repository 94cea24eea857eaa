"""Real time in milliseconds, as all replicas see it: the database's on PostgreSQL, the machine's on SQLite."""

from typing import Any, Protocol

from sqlalchemy import BigInteger, Connection, bindparam, cast, func, select
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import FunctionElement

from domain.ports import Clock

_database = select(cast(func.extract("epoch", func.clock_timestamp()) * 1000, BigInteger))
_OF_STATEMENT = "CAST(EXTRACT(EPOCH FROM statement_timestamp()) * 1000 AS BIGINT)"


class RealTime(Protocol):
    """Milliseconds since the epoch. Never program time."""

    def __call__(self, connection: Connection, /) -> int:
        """Asked inside a transaction."""
        ...

    def told(self, connection: Connection, /) -> int | None:
        """What a statement with `REAL` in it is given as `real`; None lets the database say what it is."""
        ...


class _OfTheDatabase(FunctionElement[int]):
    """A parameter, or the instant at which PostgreSQL began with the statement, where that is None."""

    inherit_cache = True
    type = BigInteger()


@compiles(_OfTheDatabase)
def _given(element: _OfTheDatabase, compiler: SQLCompiler, **how: Any) -> str:
    return compiler.process(element.clauses, **how)


@compiles(_OfTheDatabase, "postgresql")
def _given_or_its_own(element: _OfTheDatabase, compiler: SQLCompiler, **how: Any) -> str:
    return f"coalesce({compiler.process(element.clauses, **how)}, {_OF_STATEMENT})"


REAL = _OfTheDatabase(bindparam("real", type_=BigInteger))
"""Real milliseconds, in a statement. To ask for them first would be one more way to the server each time."""


class _Measured:
    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def __call__(self, connection: Connection) -> int:
        told = self.told(connection)
        return int(connection.execute(_database).scalar_one()) if told is None else told

    def told(self, connection: Connection) -> int | None:
        return int(self._clock.wall().timestamp() * 1000) if connection.dialect.name == "sqlite" else None


def real_time(clock: Clock) -> RealTime:
    """Replicas on several machines must agree about leases, so their database tells; SQLite has one machine."""
    return _Measured(clock)
