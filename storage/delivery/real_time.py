"""Real time in milliseconds, as all replicas see it: the database's on PostgreSQL, the machine's on SQLite."""

from collections.abc import Callable

from sqlalchemy import BigInteger, Connection, cast, func, select

from domain.ports import Clock

RealTime = Callable[[Connection], int]
"""Milliseconds since the epoch, asked inside a transaction. Never program time."""

_database = select(cast(func.extract("epoch", func.clock_timestamp()) * 1000, BigInteger))


def real_time(clock: Clock) -> RealTime:
    """Replicas on several machines must agree about leases, so their database tells; SQLite has one machine."""

    def milliseconds(connection: Connection) -> int:
        if connection.dialect.name == "sqlite":
            return int(clock.wall().timestamp() * 1000)
        return int(connection.execute(_database).scalar_one())

    return milliseconds
