"""Writes down where rows arrived: each has words of its own to keep, and one statement keeps them all."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ARRAY, ColumnElement, Connection, Table, Text, and_, bindparam, cast, func, or_, update
from sqlalchemy.sql.dml import Update
from sqlalchemy.sql.elements import Grouping

from domain.delivery import Delivery, DeliveryState
from domain.ports import Posted
from storage.delivery.which import ASKED, Which, held_by
from storage.prepared import Prepared

Arrived = Sequence[tuple[Delivery, Posted]]


class Finish:
    """Of one ledger. SQLite, which has no arrays, is given one row after the other and is as quick about it."""

    def __init__(self, table: Table, which: Which) -> None:
        sent = update(table).values(state=DeliveryState.SENT.value, last_error=None)
        self._each = Prepared(_each(sent, table))
        self._all = Prepared(_all(sent, table, which))

    def run(self, connection: Connection, arrived: Arrived, *, owner: str) -> int:
        """Keep where they are, and return how many were still ours. For `Store.write_at_once`."""
        if connection.dialect.name == "sqlite":
            return self._each.run_each(connection, [_one(row, posted, owner) for row, posted in arrived])
        rows = [row for row, _posted in arrived]
        posted = [posted for _row, posted in arrived]
        places = {"channels": [each.channel for each in posted], "stamps": [each.ts for each in posted]}
        held = held_by(owner, rows)
        return self._all.run(connection, {**held, **places, "arrived": held["keys"]})


def _one(row: Delivery, posted: Posted, owner: str) -> dict[str, Any]:
    return {
        "row_key": row.key,
        "row_claim": row.claim,
        "holder": owner,
        "place": posted.channel,
        "posted_ts": posted.ts,
    }


def _each(sent: Update, table: Table) -> Update:
    is_held = (table.c.key == bindparam("row_key"), table.c.claim == bindparam("row_claim"))
    is_asked = or_(*(table.c.state == state.value for state in ASKED))
    is_ours = and_(*is_held, table.c.owner == bindparam("holder"), is_asked)
    return sent.where(is_ours).values(channel=bindparam("place"), ts=bindparam("posted_ts"))


def _all(sent: Update, table: Table, which: Which) -> Update:
    at = func.array_position(_array("arrived"), cast(table.c.key, Text))
    return sent.where(which.is_ours(*ASKED)).values(channel=_array("channels")[at], ts=_array("stamps")[at])


def _array(name: str) -> ColumnElement[Any]:
    return Grouping(cast(bindparam(name), ARRAY(Text)))  # it is indexed, which needs the brackets
