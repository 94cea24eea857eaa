"""Which announcements did not reach all whom they were to reach, and nobody was told so yet. One query each."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, func, literal, select, union, update

from domain.announcements import Rung, State
from domain.attention import Subject
from domain.delivery import DeliveryState
from storage.engine import table_of
from storage.program.announcement_queries import announcement, reader
from storage.program.attention_queries import item
from storage.program.delivery import ProgramDelivery

_row = table_of(ProgramDelivery)
_TOLD, _RECORD, _TROUBLE = "announcement.told", "announcement.record", "announcement.trouble"
_UNSENT = (DeliveryState.PENDING.value, DeliveryState.DEAD.value)
_OUT = (DeliveryState.SENT.value, DeliveryState.SENDING.value, DeliveryState.AMBIGUOUS.value)


def closed_records(connection: Connection, *, since: int) -> list[str]:
    """Announcements sent since an instant whose message of record could not be posted, which nobody was told yet."""
    asked = select(announcement.c.id).where(
        announcement.c.state == State.SENT.value,
        announcement.c.channel != "",
        announcement.c.sent_at >= since,
        _has(_row.c.kind == _RECORD, _row.c.state == DeliveryState.DEAD.value),
        _is_untold("channel"),
    )
    return [str(found) for found in connection.execute(asked).scalars()]


def has_no_record(connection: Connection, announcement_id: str) -> bool:
    """Whether its message of record could not be posted."""
    is_it = _has(_row.c.kind == _RECORD, _row.c.state == DeliveryState.DEAD.value)
    asked = select(announcement.c.id).where(announcement.c.id == announcement_id, is_it)
    return connection.execute(asked).first() is not None


def record_unsent(connection: Connection, announcement_id: str) -> bool:
    """Whether its message of record has not gone."""
    is_it = _has(_row.c.kind == _RECORD, _row.c.state.in_(_UNSENT))
    asked = select(announcement.c.id).where(announcement.c.id == announcement_id, is_it)
    return connection.execute(asked).first() is not None


def bring_forward(connection: Connection, announcement_id: str, *, to: int, at_most: int) -> int:
    """Let so many first messages go at an instant that were to go later, and return how many that were."""
    is_later = and_(
        _row.c.object_id == announcement_id,
        _row.c.kind == _TOLD,
        _row.c.rung == Rung.FIRST.value,
        _row.c.state == DeliveryState.PENDING.value,
        _row.c.planned_at > to,
    )
    some = select(_row.c.key).where(is_later).limit(at_most)
    # Their place on the ladder too: a nudge within the two hours comes after them, and not before.
    moved = update(_row).where(_row.c.key.in_(some), is_later).values(planned_at=to, send_at=to)
    return connection.execute(moved).rowcount


def partly_unsent(connection: Connection, *, since: int, now: int) -> list[str]:
    """Announcements that expired between two instants before all had them, which nobody was told yet.

    Somebody's message had not gone, or it still waited for their digest, which they may have put off meanwhile. Whether
    they should have had it still is another question.
    """
    unsent = select(announcement.c.id).where(
        _has(
            _row.c.kind.in_((_TOLD, _RECORD)),
            _row.c.rung.in_((Rung.FIRST.value, Rung.RECORD.value)),
            _row.c.state.in_(_UNSENT),
        )
    )
    is_over = and_(
        announcement.c.state == State.SENT.value,
        announcement.c.expires_at > since,
        announcement.c.expires_at <= now,
        _is_untold("partly"),
    )
    asked = union(unsent.where(is_over), _in_no_digest().where(is_over))
    return [str(found) for found in connection.execute(asked).scalars()]


def _in_no_digest() -> Select[Any]:
    """Announcements that wait for the digest of somebody who has neither had nor acknowledged them."""
    is_readers = and_(reader.c.announcement_id == item.c.object_id, reader.c.person_id == item.c.person_id)
    had = (
        select(func.count())
        .where(
            _row.c.object_id == item.c.object_id,
            _row.c.kind == _TOLD,
            _row.c.person_id == item.c.person_id,
            _row.c.state.in_(_OUT),
        )
        .scalar_subquery()
    )
    before = item.alias("before")
    in_digest = (
        select(func.count())
        .where(
            before.c.person_id == item.c.person_id,
            before.c.subject == item.c.subject,
            before.c.object_id == item.c.object_id,
            before.c.told_by.is_not(None),
        )
        .scalar_subquery()
    )
    return (
        select(announcement.c.id)
        .join_from(item, announcement, announcement.c.id == item.c.object_id)
        .join(reader, is_readers)
        .where(
            item.c.told_by.is_(None),
            item.c.subject == Subject.ANNOUNCEMENT.value,
            reader.c.acknowledged_at.is_(None),
            had == 0,
            in_digest == 0,  # other words may wait for the digest of who had the first ones in one
        )
    )


def _has(*which: ColumnElement[bool]) -> ColumnElement[bool]:
    """Whether there is such a row about an announcement. Not a join: SQLite would begin with all that was sent."""
    found = select(literal(1)).where(_row.c.object_id == announcement.c.id, *which).limit(1)
    return found.scalar_subquery() == 1


def _is_untold(rung: str) -> ColumnElement[bool]:
    """Whether the author has not been told of a trouble."""
    told = _row.alias("told")
    number = (
        select(func.count())
        .where(told.c.object_id == announcement.c.id, told.c.kind == _TROUBLE, told.c.rung == rung)
        .scalar_subquery()
    )
    return number == 0
