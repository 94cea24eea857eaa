"""INSERT with ON CONFLICT, which SQLAlchemy has only in each database's own dialect."""

from functools import cache
from typing import Any

from sqlalchemy import Connection, Table


def insert_into(connection: Connection, table: Table) -> Any:
    """An INSERT that knows `on_conflict_do_nothing` and `on_conflict_do_update`, the same on both engines."""
    return _insert_of(connection.dialect.name)(table)


@cache
def _insert_of(dialect: str) -> Any:
    # Imported when known to be needed: PostgreSQL's dialect takes a tenth of the whole start to load.
    if dialect == "sqlite":
        from sqlalchemy.dialects.sqlite import insert  # noqa: PLC0415
    else:
        from sqlalchemy.dialects.postgresql import insert  # type: ignore[assignment]  # noqa: PLC0415 one of the two
    return insert
