"""What the ledger knows of an announcement: who was told when, and whose turn is next. One query each."""

from typing import NamedTuple

from sqlalchemy import Connection, and_, func, or_, select

from domain.delivery import DeliveryState
from storage.engine import table_of
from storage.program.announcement_queries import announcement, reader
from storage.program.delivery import ProgramDelivery

_row = table_of(ProgramDelivery)
_TOLD, _RECORD, _NUDGE = "announcement.told", "announcement.record", "nudge."
_OUT = (DeliveryState.SENT.value, DeliveryState.SENDING.value, DeliveryState.AMBIGUOUS.value)
_SETTLED = (DeliveryState.SENT.value, DeliveryState.SUPPRESSED.value, DeliveryState.DEAD.value)


class Missing(NamedTuple):
    """A reader who has not acknowledged one: the last message they had of it, and when (epoch seconds), if any."""

    person_id: str
    told_at: int | None


def messages_out(connection: Connection, announcement_id: str) -> list[tuple[str, str]]:
    """Key and reader (or channel) of every message about it that is out, or may be."""
    asked = select(_row.c.key, _row.c.person_id).where(
        _row.c.object_id == announcement_id, _row.c.kind.in_((_TOLD, _RECORD)), _row.c.state.in_(_OUT)
    )
    return [(str(key), str(person_id)) for key, person_id in connection.execute(asked)]


def people_told(connection: Connection, announcement_id: str) -> int:
    """How many people had a message of their own about it."""
    asked = select(func.count(_row.c.person_id.distinct())).where(
        _row.c.object_id == announcement_id, _row.c.kind == _TOLD, _row.c.state.in_(_OUT)
    )
    return int(connection.execute(asked).scalar_one())


def last_nudge(connection: Connection, announcement_id: str) -> int | None:
    """When its readers were last nudged (epoch seconds)."""
    asked = select(func.max(_row.c.planned_at)).where(
        _row.c.object_id == announcement_id, _row.c.kind == _TOLD, _row.c.rung.startswith(_NUDGE)
    )
    found: int | None = connection.execute(asked).scalar()
    return found


def unanswered(connection: Connection, announcement_id: str, *, told_before: int) -> list[str]:
    """Readers whose first message went, or was let go, by this instant, and who have not acknowledged it since.

    Without those who have had a second one, whatever became of it.
    """
    another = _row.alias("another")
    has_second = (
        select(func.count())
        .where(
            another.c.object_id == announcement_id,
            another.c.kind == _TOLD,
            another.c.person_id == reader.c.person_id,
            another.c.rung != "first",
        )
        .scalar_subquery()
    )
    first = and_(
        _row.c.object_id == announcement_id,
        _row.c.kind == _TOLD,
        _row.c.person_id == reader.c.person_id,
        _row.c.rung == "first",
    )
    asked = (
        select(reader.c.person_id)
        .join_from(reader, _row, first)
        .where(
            reader.c.announcement_id == announcement_id,
            reader.c.acknowledged_at.is_(None),
            _row.c.state.in_(_SETTLED),
            func.coalesce(_row.c.told_at, _row.c.send_at) <= told_before,
            has_second == 0,
        )
        .order_by(reader.c.person_id)
    )
    return [str(found) for found in connection.execute(asked).scalars()]


def missing(connection: Connection, announcement_id: str) -> list[Missing]:
    """Who has not acknowledged it, and when they were last written to about it."""
    last = (
        select(func.max(_row.c.told_at))
        .where(
            _row.c.object_id == announcement_id,
            _row.c.kind == _TOLD,
            _row.c.person_id == reader.c.person_id,
            _row.c.state == DeliveryState.SENT.value,
        )
        .scalar_subquery()
    )
    asked = select(reader.c.person_id, last).where(
        reader.c.announcement_id == announcement_id, reader.c.acknowledged_at.is_(None)
    )
    return [Missing(*row) for row in connection.execute(asked.order_by(reader.c.person_id))]


def is_record_closed(connection: Connection, announcement_id: str) -> bool:
    """Whether the message of record could not be posted."""
    asked = select(_row.c.key).where(
        _row.c.object_id == announcement_id, _row.c.kind == _RECORD, _row.c.state == DeliveryState.DEAD.value
    )
    return connection.execute(asked.limit(1)).first() is not None


def unsent_of_expired(connection: Connection, *, since: int, now: int) -> list[tuple[str, int]]:
    """Announcements that expired between two instants before all had their message, and how many had none."""
    asked = (
        select(announcement.c.id, func.count())
        .join_from(announcement, _row, _row.c.object_id == announcement.c.id)
        .where(
            announcement.c.expires_at > since,
            announcement.c.expires_at <= now,
            or_(_row.c.kind == _TOLD, _row.c.kind == _RECORD),
            _row.c.rung != "again",
            _row.c.state.in_((DeliveryState.PENDING.value, DeliveryState.DEAD.value)),
        )
        .group_by(announcement.c.id)
    )
    return [(str(id_), int(number)) for id_, number in connection.execute(asked)]
