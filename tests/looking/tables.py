"""All that a store holds."""

from sqlalchemy import select

from storage.engine import Store
from storage.program import tables


def everything(store: Store) -> dict[str, list[str]]:
    """Every row of the program store."""
    with store.read() as connection:
        return {
            table.name: sorted(str(tuple(row)) for row in connection.execute(select(table)))
            for table in tables.metadata.sorted_tables
        }
