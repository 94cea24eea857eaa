"""How the steps of a row change it: each in a short transaction of its own, and only while the claim still holds."""

from collections.abc import Mapping, Sequence
from typing import Any

from sqlalchemy import Connection, Table, bindparam, update
from sqlalchemy.sql import Select

from domain.delivery import Delivery, DeliveryState
from storage.delivery.real_time import RealTime
from storage.delivery.rows import delivery_of
from storage.delivery.which import ON_THE_WAY, PAUSE_MAX_MS, Which, held_by
from storage.engine import Store


class Changes:
    """One ledger as those see it who change its rows."""

    def __init__(self, store: Store, table: Table, real: RealTime) -> None:
        self.store = store
        self.table = table
        self.real = real
        self.row = table.c
        self.which = Which(table)
        self._taken = update(table).where(self.row.key.in_(bindparam("keys", expanding=True))).returning(table)

    def change(
        self,
        row: Delivery,
        values: Mapping[str, Any],
        *,
        owner: str,
        states: Sequence[DeliveryState] = ON_THE_WAY,
        pause_ms: int | None = None,
        failed: bool = False,
        is_lost: bool = False,
    ) -> bool:
        """Set these values, a pause from now on (ten minutes at most), one more attempt and one more lost answer.

        Returns whether the row is ours.
        """
        with self.store.write() as connection:
            changed = dict(values)
            if pause_ms is not None:
                changed["not_before"] = self.real(connection) + min(pause_ms, PAUSE_MAX_MS)
            if failed:
                changed["attempt"] = self.row.attempt + 1
            if is_lost:
                changed["lost_answers"] = self.row.lost_answers + 1
            statement = update(self.table).where(self.which.is_ours(*states)).values(changed)
            return connection.execute(statement, held_by(owner, [row])).rowcount == 1

    def take(self, connection: Connection, keys: Sequence[str], values: Mapping[str, Any]) -> list[Delivery]:
        """Set these values and raise the number of each claim, which fences off every older one; in order of `keys`."""
        statement = self._taken.values({"claim": self.row.claim + 1, **values})
        taken = {row.key: delivery_of(row) for row in connection.execute(statement, {"keys": list(keys)})}
        return [taken[key] for key in keys]

    def skipping_locked(self, statement: Select[Any]) -> Select[Any]:
        """A row that a rival is just taking is passed over. SQLite, which has one writer at a time, is not told."""
        return statement.with_for_update(skip_locked=True, of=self.table)
