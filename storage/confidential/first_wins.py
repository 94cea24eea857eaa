"""Inserting where the first one wins and the later one takes what is there."""

from collections.abc import Mapping

from sqlalchemy import Connection, Table, literal

from storage.upsert import insert_into


def insert_unless_there(connection: Connection, table: Table, values: Mapping[str, object]) -> bool:
    """Insert a row and return True; when a unique key of it is taken, do nothing: read which row stands."""
    insert = insert_into(connection, table).on_conflict_do_nothing().returning(literal(1))
    return connection.execute(insert, values).first() is not None
