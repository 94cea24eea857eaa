"""How the steps of a row change it: each in a short transaction of its own, and only while the claim still holds."""

from collections.abc import Mapping
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, update
from sqlalchemy.sql import Select

from domain.delivery import Delivery
from storage.delivery.real_time import RealTime
from storage.delivery.rows import delivery_of
from storage.delivery.which import PAUSE_MAX_MS, Which
from storage.engine import Store


class Changes:
    """One ledger as those see it who change its rows."""

    def __init__(self, store: Store, table: Table, real: RealTime) -> None:
        self.store = store
        self.table = table
        self.real = real
        self.row = table.c
        self.which = Which(table)

    def change(
        self,
        which: ColumnElement[bool],
        values: Mapping[str, Any],
        *,
        pause_ms: int | None = None,
        failed: bool = False,
    ) -> bool:
        """Set these values, a pause from now on (ten minutes at most) and one more attempt; whether there was a row."""
        with self.store.write() as connection:
            changed = dict(values)
            if pause_ms is not None:
                changed["not_before"] = self.real(connection) + min(pause_ms, PAUSE_MAX_MS)
            if failed:
                changed["attempt"] = self.row.attempt + 1
            return connection.execute(update(self.table).where(which).values(changed)).rowcount == 1

    def take(self, connection: Connection, key: str, values: Mapping[str, Any]) -> Delivery:
        """Set these values and raise the number of the claim, which fences off every older one."""
        claimed = {"claim": self.row.claim + 1, **values}
        statement = update(self.table).where(self.row.key == key).values(claimed).returning(self.table)
        return delivery_of(connection.execute(statement).one())

    def skipping_locked(self, statement: Select[Any]) -> Select[Any]:
        """A row that a rival is just taking is passed over. SQLite, which has one writer at a time, is not told."""
        return statement.with_for_update(skip_locked=True, of=self.table)
