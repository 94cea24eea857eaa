"""Inserting where the first one wins and the later one takes what is there."""

from collections.abc import Mapping
from functools import cache

from sqlalchemy import Connection, Table

from storage.prepared import Prepared
from storage.upsert import insert_into


def insert_unless_there(connection: Connection, table: Table, values: Mapping[str, object]) -> bool:
    """Insert a row and return True; when a unique key of it is taken, do nothing: read which row stands."""
    return _insert_of(table).run(connection, values) == 1


@cache
def _insert_of(table: Table) -> Prepared:
    return Prepared(lambda connection: insert_into(connection, table).on_conflict_do_nothing())
