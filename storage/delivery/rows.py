"""Rows as planner and use cases write them, in their own transaction; and how far each source is planned."""

from collections.abc import Collection, Iterable
from datetime import datetime
from functools import cache
from typing import Any

from sqlalchemy import Connection, Table, func, select, update

from domain.delivery import Delivery, DeliveryState, NewDelivery, Tier, Way, delivery_key
from domain.ports import IdSource
from domain.times import epoch_seconds, instant_of
from storage.batches import in_batches
from storage.prepared import Prepared
from storage.upsert import insert_into

UNSENT = (DeliveryState.PENDING.value, DeliveryState.CLAIMED.value)
"""States in which nobody is asking Slack; of a row that is pending again nobody may know whether it went before."""


def enqueue(connection: Connection, table: Table, rows: Iterable[NewDelivery], *, ids: IdSource, now: datetime) -> int:
    """Write the rows that are not there yet and return how many; a key that was ever used is never used again."""
    values = [_values(row, marker=ids.new(), created_at=epoch_seconds(now)) for row in rows]
    return sum(_insert_new(table).run_each(connection, some) for some in in_batches(values))


def cancel(
    connection: Connection,
    table: Table,
    *,
    object_id: str,
    kinds: Iterable[str],
    reason: str,
    person_id: str | None = None,
) -> int:
    """Take back what has not been sent about an object, to one person or to all, and return how many rows that were."""
    statement = (
        update(table)
        .where(table.c.object_id == object_id, table.c.kind.in_(list(kinds)), table.c.state.in_(UNSENT))
        .values(state=DeliveryState.CANCELED.value, last_error=reason)
    )
    if person_id is not None:
        statement = statement.where(table.c.person_id == person_id)
    return connection.execute(statement).rowcount


def may_have_been_sent(connection: Connection, table: Table, *, object_id: str, kind: str) -> bool:
    """Whether Slack was asked to show a message about an object, whatever came of it."""
    asked = select(table.c.key).where(
        table.c.object_id == object_id, table.c.kind == kind, table.c.intent_at.is_not(None)
    )
    return connection.execute(asked.limit(1)).first() is not None


def was_left_unsent(connection: Connection, table: Table, *, object_id: str, kind: str) -> bool:
    """Whether a message was to tell of an object and Slack was never asked to show it; what is taken back counts."""
    found = select(func.count(), func.count(table.c.intent_at))
    written, asked = connection.execute(found.where(table.c.object_id == object_id, table.c.kind == kind)).one()
    return bool(written) and not asked


def was_told(
    connection: Connection, table: Table, *, object_id: str, person_id: str, kinds: Collection[str], version: int
) -> bool:
    """Whether a message of one of these kinds about a version of an object has reached this person."""
    arrived = select(table.c.key).where(
        table.c.object_id == object_id,
        table.c.person_id == person_id,
        table.c.kind.in_(kinds),
        table.c.object_version == version,
        table.c.state == DeliveryState.SENT.value,
    )
    return connection.execute(arrived.limit(1)).first() is not None


def watermark(connection: Connection, table: Table, source: str) -> int:
    """Up to which instant (epoch seconds, program time) a source has been planned; 0 for never."""
    return int(connection.execute(select(table.c.until).where(table.c.source == source)).scalar() or 0)


def advance_watermark(connection: Connection, table: Table, source: str, until: int) -> None:
    """Note that a source has been planned up to an instant; an earlier instant changes nothing."""
    statement = insert_into(connection, table).values(source=source, until=until)
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[table.c.source],
            set_={"until": statement.excluded.until},
            where=table.c.until < statement.excluded.until,
        )
    )


def delivery_of(row: Any) -> Delivery:
    """A stored row, whose columns have names, as a value."""
    return Delivery(
        key=row.key,
        marker=row.marker,
        kind=row.kind,
        program_id=row.program_id,
        object_id=row.object_id,
        object_version=row.object_version,
        person_id=row.person_id,
        rung=row.rung,
        tier=Tier(row.tier),
        due=instant_of(row.due_at),
        send_at=instant_of(row.send_at),
        expires_at=None if row.expires_at is None else instant_of(row.expires_at),
        after=row.after_key,
        way=Way(row.way),
        claim=row.claim,
        attempt=row.attempt,
        channel=row.channel,
        file_id=row.file_id,
        was_asked=row.intent_at is not None,
    )


def _values(row: NewDelivery, *, marker: str, created_at: int) -> dict[str, Any]:
    return {
        "key": delivery_key(row),
        "marker": marker,
        "program_id": row.program_id,
        "kind": row.kind,
        "object_id": row.object_id,
        "object_version": row.object_version,
        "person_id": row.person_id,
        "rung": row.rung,
        "tier": row.tier.value,
        "priority": row.tier.priority,
        "due_at": epoch_seconds(row.due),
        "planned_at": epoch_seconds(row.send_at),
        "send_at": epoch_seconds(row.send_at),
        "expires_at": None if row.expires_at is None else epoch_seconds(row.expires_at),
        "after_key": row.after,
        "way": row.way.value,
        "created_at": created_at,
        "state": DeliveryState.PENDING.value,
        "claim": 0,
        "lease_until": 0,
        "attempt": 0,
        "lost_answers": 0,
        "not_before": 0,
    }


@cache
def _insert_new(table: Table) -> Prepared:
    return Prepared(
        lambda connection: insert_into(connection, table).on_conflict_do_nothing(index_elements=[table.c.key])
    )
