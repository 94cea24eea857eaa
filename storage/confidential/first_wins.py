"""Inserting where the first one wins and the later one takes what is there."""

from collections.abc import Mapping

from sqlalchemy import Connection, Table

from storage.upsert import insert_into


def insert_unless_there(connection: Connection, table: Table, values: Mapping[str, object]) -> None:
    """Insert a row; when a unique key of it is taken, do nothing. Read afterwards to learn which row stands."""
    connection.execute(insert_into(connection, table).on_conflict_do_nothing(), values)
