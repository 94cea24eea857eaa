"""What the ledger knows of an announcement: who was told when, and whose turn is next. One query each."""

from collections.abc import Collection, Iterable, Sequence
from typing import Any

from sqlalchemy import (
    ColumnElement,
    CompoundSelect,
    Connection,
    Select,
    and_,
    case,
    delete,
    func,
    or_,
    outerjoin,
    select,
    union,
    update,
)

from domain.announcements import Rung
from domain.attention import Subject
from domain.delivery import DeliveryState
from domain.offsets import DAY_SECONDS
from storage.delivery.rows import UNSENT
from storage.engine import table_of
from storage.program.announcement_queries import ranked, reader
from storage.program.attention_queries import item
from storage.program.delivery import ProgramDelivery

_row = table_of(ProgramDelivery)
TOLD, _RECORD = "announcement.told", "announcement.record"
_NUDGE = "nudge."
_OUT = (DeliveryState.SENT.value, DeliveryState.SENDING.value, DeliveryState.AMBIGUOUS.value)
_OUT_OR_CLAIMED = (*_OUT, DeliveryState.CLAIMED.value)
"""What is claimed has its words already, though Slack was not asked yet."""
_AHEAD = (
    DeliveryState.PENDING.value,
    DeliveryState.CLAIMED.value,
    DeliveryState.SENDING.value,
    DeliveryState.AMBIGUOUS.value,
)
TOLD_OR_HELD = (*_OUT, DeliveryState.DEAD.value)
"""Of a digest: it is out, or may be, or it waits for staff."""
_SETTLED = (DeliveryState.SENT.value, DeliveryState.SUPPRESSED.value, DeliveryState.DEAD.value)


def people_out(connection: Connection, announcement_id: str, after: str, *, at_most: int) -> list[str]:
    """The next who have a message about it that is out, or may be, in the order of their ids; a channel is one too."""
    asked = select(_row.c.person_id).where(_is_out(announcement_id), _row.c.person_id > after)
    found = connection.execute(asked.distinct().order_by(_row.c.person_id).limit(at_most))
    return [str(each) for each in found.scalars()]


def messages_out(
    connection: Connection, announcement_id: str, person_ids: Sequence[str], *, but_not: tuple[str, str] = ("", "")
) -> list[tuple[str, str]]:
    """Key and reader (or channel) of every message about it that is out, or may be, to these.

    Without the one that Slack knows by this channel and ts.
    """
    is_it = and_(func.coalesce(_row.c.channel, "") == but_not[0], func.coalesce(_row.c.ts, "") == but_not[1])
    asked = select(_row.c.key, _row.c.person_id).where(_is_out(announcement_id), _row.c.person_id.in_(person_ids))
    if all(but_not):
        asked = asked.where(~is_it)
    return [(str(key), str(person_id)) for key, person_id in connection.execute(asked)]


def _is_out(announcement_id: str) -> ColumnElement[bool]:
    # Should what is claimed not go after all, nothing is changed.
    is_about = and_(_row.c.object_id == announcement_id, _row.c.kind.in_((TOLD, _RECORD)))
    return and_(is_about, _row.c.state.in_(_OUT_OR_CLAIMED))


def cancel_some(
    connection: Connection, announcement_id: str, *, kinds: Iterable[str], reason: str, at_most: int
) -> int:
    """Take back so many of those that have not been sent, and return how many that were."""
    some = (
        select(_row.c.key)
        .where(_row.c.object_id == announcement_id, _row.c.kind.in_(list(kinds)), _row.c.state.in_(UNSENT))
        .limit(at_most)
    )
    is_one = and_(_row.c.key.in_(some), _row.c.state.in_(UNSENT))
    values = {"state": DeliveryState.CANCELED.value, "last_error": reason}
    return connection.execute(update(_row).where(is_one).values(values)).rowcount


def people_reached(connection: Connection, announcement_id: str) -> int:
    """How many people had it, or may have: a message of their own, a line of a digest, or their press says so."""
    return int(connection.execute(select(func.count()).select_from(_reached(announcement_id).subquery())).scalar_one())


def not_reached(announcement_id: str) -> Select[Any]:
    """The ids of its readers who have not had it in any of these ways, to be asked within a larger question."""
    return select(reader.c.person_id).where(
        reader.c.announcement_id == announcement_id, reader.c.person_id.not_in(_reached(announcement_id))
    )


def _reached(announcement_id: str) -> CompoundSelect[Any]:
    pressed = select(reader.c.person_id).where(
        reader.c.announcement_id == announcement_id, reader.c.acknowledged_at.is_not(None)
    )
    return union(_told_ones(announcement_id), _digest_ones(announcement_id), pressed)


def reached_by_digest_alone(connection: Connection, announcement_id: str, after: str, *, at_most: int) -> list[str]:
    """The next who had it in a digest, or may have, and in no message of their own, in the order of their ids."""
    asked = _digest_ones(announcement_id).where(
        reader.c.person_id.not_in(_told_ones(announcement_id)), reader.c.person_id > after
    )
    found = connection.execute(asked.distinct().order_by(reader.c.person_id).limit(at_most))
    return [str(each) for each in found.scalars()]


def forget_waiting(connection: Connection, announcement_id: str) -> None:
    """Let it wait for nobody's digest any more; what a digest has told, or is just telling, stays."""
    readers = select(reader.c.person_id).where(reader.c.announcement_id == announcement_id)
    is_it = and_(item.c.subject == Subject.ANNOUNCEMENT.value, item.c.object_id == announcement_id)
    is_told = (
        select(_row.c.key)
        .where(_row.c.key == item.c.told_by, _row.c.state.in_(_OUT_OR_CLAIMED))
        .correlate(item)
        .exists()
    )
    connection.execute(delete(item).where(is_it, item.c.person_id.in_(readers), ~is_told))


def _told_ones(announcement_id: str) -> Select[Any]:
    return select(_row.c.person_id).where(
        _row.c.object_id == announcement_id, _row.c.kind == TOLD, _row.c.state.in_(_OUT)
    )


def _digest_ones(announcement_id: str) -> Select[Any]:
    """By way of its readers: what waits for somebody's digest is found by person."""
    is_it = and_(
        item.c.person_id == reader.c.person_id,
        item.c.subject == Subject.ANNOUNCEMENT.value,
        item.c.object_id == reader.c.announcement_id,
    )
    return (
        select(reader.c.person_id)
        .join_from(reader, item, is_it)
        .join(_row, _row.c.key == item.c.told_by)
        .where(reader.c.announcement_id == announcement_id, _row.c.state.in_(_OUT_OR_CLAIMED))
    )


def was_reached(connection: Connection, announcement_id: str, person_id: str, *, but_not: str) -> bool:
    """Whether a reader had it, or may have, in a digest or a message other than that with the key `but_not`."""
    told = _told_ones(announcement_id).where(_row.c.person_id == person_id, _row.c.key != but_not)
    reached = union(told, _digest_ones(announcement_id).where(reader.c.person_id == person_id)).limit(1)
    return connection.execute(reached).first() is not None


def last_nudge(connection: Connection, announcement_id: str) -> int | None:
    """When its readers were last nudged (epoch seconds)."""
    asked = select(func.max(_row.c.planned_at)).where(
        _row.c.object_id == announcement_id, _row.c.kind == TOLD, _row.c.rung.startswith(_NUDGE)
    )
    found: int | None = connection.execute(asked).scalar()
    return found


def unanswered(connection: Connection, announcement_id: str, *, told_before: int, at_most: int) -> list[str]:
    """So many readers whose first message went, or was let go, by this instant, and who have not acknowledged it since.

    Whoever has it in a digest instead has had it when that went, unless that is more than a day later. Without those
    who have had a second one, whatever became of it.
    """
    asked = _unanswered(told_before).where(reader.c.announcement_id == announcement_id)
    found = connection.execute(asked.order_by(reader.c.person_id).limit(at_most))
    return [str(each) for each in found.scalars()]


def with_unanswered(connection: Connection, announcement_ids: Sequence[str], *, told_before: int) -> list[str]:
    """Those of these that have such readers. One query, so that nobody takes turns for those that have none."""
    asked = (
        _unanswered(told_before)
        .with_only_columns(reader.c.announcement_id)
        .where(reader.c.announcement_id.in_(announcement_ids))
        .distinct()
    )
    return [str(found) for found in connection.execute(asked).scalars()]


def _unanswered(told_before: int) -> Select[Any]:
    """By way of the few readers that are left: a join would let SQLite begin with all that was ever sent."""
    first = (
        select(func.count())
        .where(
            _row.c.object_id == reader.c.announcement_id,
            _row.c.kind == TOLD,
            _row.c.person_id == reader.c.person_id,
            _row.c.rung == Rung.FIRST.value,
            _row.c.state.in_(_SETTLED),
            func.coalesce(_row.c.told_at, _row.c.send_at) <= told_before,
        )
        .scalar_subquery()
    )
    too_new = digests(
        item.c.added_at > told_before - DAY_SECONDS,
        or_(_row.c.state.is_(None), _row.c.state.not_in(TOLD_OR_HELD), _row.c.told_at > told_before),
    )
    return select(reader.c.person_id).where(
        reader.c.acknowledged_at.is_(None), reader.c.needs_again.is_(True), first == 1, too_new == 0
    )


def reached_after(
    connection: Connection, ranks: Sequence[tuple[str, int]], *, in_mornings: Collection[str]
) -> dict[tuple[str, int], int]:
    """Seconds until the reader of this rank acknowledged each of these, counted from 1; too high a rank is left out.

    Of each reader from when they became one; of those that go out `in_mornings` from when their first message was
    planned for, and 0 for who had read it elsewhere by then.
    """
    first = (
        select(func.max(_row.c.planned_at))
        .where(
            _row.c.object_id == reader.c.announcement_id,
            _row.c.kind == TOLD,
            _row.c.person_id == reader.c.person_id,
            _row.c.rung == Rung.FIRST.value,
        )
        .scalar_subquery()
    )
    own = case((reader.c.announcement_id.in_(sorted(in_mornings)), first), else_=None)
    took = reader.c.acknowledged_at - func.coalesce(own, reader.c.added_at)
    return ranked(connection, ranks, case((took > 0, took), else_=0))


def are_climbing(connection: Connection, announcement_id: str, *, added_at: int, told_before: int) -> bool:
    """Whether any of the readers who were added together and have not acknowledged it is still on the ladder.

    That is whose first message went, or was let go, later than an instant, or for whom any is on its way, ahead, or
    not even written.
    """
    is_ahead = _row.c.state.in_(_AHEAD)
    is_late = and_(
        _row.c.rung == Rung.FIRST.value,
        _row.c.state.in_(_SETTLED),
        func.coalesce(_row.c.told_at, _row.c.send_at) > told_before,
    )
    climbing = (
        select(func.count())
        .where(
            _row.c.object_id == announcement_id,
            _row.c.kind == TOLD,
            _row.c.person_id == reader.c.person_id,
            or_(is_ahead, is_late),
        )
        .scalar_subquery()
    )
    asked = select(reader.c.person_id).where(
        reader.c.announcement_id == announcement_id,
        reader.c.acknowledged_at.is_(None),
        reader.c.added_at == added_at,
        or_(climbing > 0, reader.c.needs_again.is_(True)),
    )
    return connection.execute(asked.limit(1)).first() is not None


def digests(*which: ColumnElement[bool]) -> ColumnElement[int]:
    """How many lines about an announcement a reader has in digests, or is to have, of which something is so.

    The row is that of the digest, without any state while the line waits for one.
    """
    return (
        select(func.count())
        .select_from(outerjoin(item, _row, _row.c.key == item.c.told_by))
        .where(
            item.c.person_id == reader.c.person_id,
            item.c.subject == Subject.ANNOUNCEMENT.value,
            item.c.object_id == reader.c.announcement_id,
            *which,
        )
        .correlate(reader)
        .scalar_subquery()
    )
