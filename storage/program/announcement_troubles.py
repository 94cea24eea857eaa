"""Which announcements did not reach all whom they were to reach, and nobody was told so yet. One query each."""

from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, func, literal, or_, select, union, update

from domain.announcements import InChannel, Rung, State
from domain.attention import Subject
from domain.delivery import CLOSED_CHANNEL, EXPIRED, UNKNOWN_CHANNEL, DeliveryState
from storage.engine import table_of
from storage.program.announcement_queries import announcement, reader
from storage.program.attention_queries import item
from storage.program.delivery import ProgramDelivery

_row = table_of(ProgramDelivery)
_TOLD, _RECORD, _TROUBLE = "announcement.told", "announcement.record", "announcement.trouble"
_UNSENT = (DeliveryState.PENDING.value, DeliveryState.DEAD.value)
_OUT = (DeliveryState.SENT.value, DeliveryState.SENDING.value, DeliveryState.AMBIGUOUS.value)
_DROPPED = (DeliveryState.CANCELED.value, DeliveryState.SUPPRESSED.value, DeliveryState.SUPERSEDED.value)
_CLOSED = sorted({*CLOSED_CHANNEL, UNKNOWN_CHANNEL})


def channel_troubles(connection: Connection, *, since: int, now: int) -> list[tuple[str, InChannel]]:
    """What is wrong in the channels of announcements sent since an instant, which nobody was told yet.

    Of what was over before it could go is told elsewhere, with whoever else has not had it; of what was taken back only
    that something may stand there all the same.
    """
    found = _in_channel(now)
    is_told_here = case(
        (announcement.c.state == State.SENT.value, found != InChannel.LATE.value),
        else_=found.in_([each.value for each in InChannel if each.may_stand]),
    )
    asked = select(announcement.c.id, found.label("trouble")).where(
        announcement.c.state.in_((State.SENT.value, State.RETRACTED.value)),
        announcement.c.channel != "",
        announcement.c.sent_at >= since,
        is_told_here,
        _is_untold(found),
    )
    return [(str(row.id), InChannel(row.trouble)) for row in connection.execute(asked)]


def channel_trouble(connection: Connection, announcement_id: str, *, now: int) -> InChannel | None:
    """What is wrong with its message of record; None where nothing is, or it has none, or it is on its way."""
    asked = select(_in_channel(now)).where(announcement.c.id == announcement_id)
    found = connection.execute(asked).scalar()
    return None if found is None else InChannel(found)


def _in_channel(now: int) -> ColumnElement[str | None]:
    """The value of `InChannel` for an announcement's message of record, or NULL.

    Slack was asked about a row with `intent_at`, unless it is known that nothing arrived: what then ends otherwise than
    by a refusal may have been shown.
    """
    is_dead = _row.c.state == DeliveryState.DEAD.value
    is_expired = and_(is_dead, _row.c.last_error == EXPIRED)
    is_over = and_(_row.c.state == DeliveryState.PENDING.value, _row.c.expires_at <= now)
    was_asked = _row.c.intent_at.is_not(None)
    is_unsure = or_(
        and_(is_dead, _row.c.lost_answers > 0),
        and_(or_(is_expired, is_over, _row.c.state.in_(_DROPPED)), was_asked),
    )
    is_twice = and_(_row.c.state == DeliveryState.SENT.value, _row.c.lost_answers > 0)
    trouble = case(
        (is_twice, InChannel.TWICE.value),
        (is_unsure, InChannel.UNSURE.value),
        (or_(is_expired, is_over), InChannel.LATE.value),
        (and_(is_dead, _row.c.last_error.in_(_CLOSED)), InChannel.CLOSED.value),
        (is_dead, InChannel.REFUSED.value),
    )
    return (
        select(trouble)
        .where(_row.c.object_id == announcement.c.id, _row.c.kind == _RECORD)
        .limit(1)
        .correlate(announcement)
        .scalar_subquery()
    )


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
        or_(
            _has(_row.c.kind == _TOLD, _row.c.rung == Rung.FIRST.value, _row.c.state.in_(_UNSENT)),
            _in_channel(now) == InChannel.LATE.value,
        )
    )
    is_over = and_(
        announcement.c.state == State.SENT.value,
        announcement.c.expires_at > since,
        announcement.c.expires_at <= now,
        _is_untold(literal("partly")),
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


def _is_untold(rung: ColumnElement[Any]) -> ColumnElement[bool]:
    """Whether the author has not been told of a trouble."""
    told = _row.alias("told")
    number = (
        select(func.count())
        .where(told.c.object_id == announcement.c.id, told.c.kind == _TROUBLE, told.c.rung == rung)
        .scalar_subquery()
    )
    return number == 0
