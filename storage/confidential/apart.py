"""Proves that the two stores are two: separation on paper is none when both names lead to one database."""

import secrets
from pathlib import Path

from sqlalchemy import Connection, func, inspect, select

from domain.sealing import SharedStore
from storage.confidential.identity import StoreIdentity
from storage.engine import Store

_LOCK_BITS = 62


def check_apart(program: Store, confidential: Store) -> None:
    """Refuse stores that are one or swapped: raises `SharedStore`. Call before migrating; changes nothing."""
    if program.is_sqlite == confidential.is_sqlite and _is_same(program, confidential):
        raise SharedStore(
            "SCHOLARBOT_PROGRAM_DATABASE_URL and SCHOLARBOT_CONFIDENTIAL_DATABASE_URL lead to the same database. "
            "Give each store a database of its own."
        )
    with program.read() as connection:
        if inspect(connection).has_table(str(StoreIdentity.__tablename__)):
            raise SharedStore(
                "SCHOLARBOT_PROGRAM_DATABASE_URL leads to a confidential store. Perhaps the two addresses are swapped; "
                "give each store a database of its own."
            )


def _is_same(program: Store, confidential: Store) -> bool:
    with program.read() as one, confidential.read() as other:
        return _is_same_file(one, other) if program.is_sqlite else _is_same_database(one, other)


def _is_same_file(one: Connection, other: Connection) -> bool:
    return _file(one).samefile(_file(other))


def _file(connection: Connection) -> Path:
    # Asked of the database, not read from the URL, which may spell one file in many ways.
    path = connection.exec_driver_sql("SELECT file FROM pragma_database_list WHERE name = 'main'").scalar_one()
    return Path(path)


def _is_same_database(one: Connection, other: Connection) -> bool:
    # Advisory locks belong to a database. Whatever names, roles and poolers lie between, the same lock cannot be
    # taken twice in one; and it needs no right that the two roles may lack.
    key = secrets.randbits(_LOCK_BITS)
    one.execute(select(func.pg_advisory_xact_lock(key)))
    return not other.execute(select(func.pg_try_advisory_xact_lock(key))).scalar_one()
