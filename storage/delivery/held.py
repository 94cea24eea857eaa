"""Rows of one ledger that were given up: how many of each sort there are, and letting them be sent after all."""

from collections.abc import Sequence
from datetime import datetime
from typing import NamedTuple

from sqlalchemy import ColumnElement, Connection, Table, and_, case, func, or_, select, update

from domain.delivery import DeliveryState
from domain.times import epoch_seconds
from storage.batches import in_batches
from storage.delivery.queue import LEADERLESS
from storage.engine import Store

_AFRESH = {
    "state": DeliveryState.PENDING.value,
    "last_error": None,
    "not_before": 0,
    "attempt": 0,
    "owner": None,
    "file_id": None,
    "intent_at": None,
}
"""A row that is begun again. A file is uploaded anew, since its old upload may be what Slack would not have."""


class HeldRows(NamedTuple):
    """Rows alike. `sendable` of the `number` have not expired; `oldest` is when the first was to go (epoch seconds)."""

    kind: str
    reason: str
    number: int
    sendable: int
    oldest: int


def held_rows(store: Store, table: Table, *, now: datetime) -> list[HeldRows]:
    """What was given up, by kind and reason."""
    row = table.c
    statement = (
        select(
            row.kind,
            func.coalesce(row.last_error, "").label("reason"),
            func.count(),
            func.sum(case((_is_in_time(table, now), 1), else_=0)),
            func.min(row.send_at),
        )
        .where(row.state == DeliveryState.DEAD.value)
        .group_by(row.kind, "reason")
        .order_by(row.kind, "reason")
    )
    with store.read() as connection:
        return [HeldRows(*found) for found in connection.execute(statement)]


def requeue_held(store: Store, table: Table, *, kind: str | None, reason: str | None, now: datetime) -> int:
    """Let what was given up be sent again, all of a kind or a reason, and return how many rows that were.

    What has expired stays. A row that was not sent because it follows one of these comes along and is not counted.
    """
    row = table.c
    wanted = [row.state == DeliveryState.DEAD.value, _is_in_time(table, now)]
    if kind is not None:
        wanted.append(row.kind == kind)
    if reason is not None:
        wanted.append(row.last_error == reason)
    again = update(table).where(*wanted).values(_AFRESH).returning(row.key, row.object_id)
    with store.write() as connection:
        leaders = [(found.key, found.object_id) for found in connection.execute(again)]
        _bring_followers(connection, table, leaders)
    return len(leaders)


def _bring_followers(connection: Connection, table: Table, leaders: Sequence[tuple[str, str]]) -> None:
    row = table.c
    for some in in_batches(leaders):  # databases bound how many values a statement may carry
        keys, objects = [key for key, _ in some], sorted({object_id for _, object_id in some})
        left_behind = and_(
            row.object_id.in_(objects),
            row.after_key.in_(keys),
            row.state == DeliveryState.SUPPRESSED.value,
            row.last_error == LEADERLESS,
        )
        connection.execute(update(table).where(left_behind).values(_AFRESH))


def _is_in_time(table: Table, now: datetime) -> ColumnElement[bool]:
    return or_(table.c.expires_at.is_(None), table.c.expires_at > epoch_seconds(now))
