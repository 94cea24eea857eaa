"""The ledger's rows about deadlines: taken back for some people, taken up again, and when somebody was last told."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, func, or_, select, update

from domain.delivery import DeliveryState
from storage.batches import in_batches
from storage.delivery.rows import UNSENT
from storage.engine import table_of
from storage.program.deadline_people_queries import ids_of
from storage.program.delivery import ProgramDelivery

ledger = table_of(ProgramDelivery)
OUTDATED = "the ladder changed"
_OUT = (
    DeliveryState.SENT.value,
    DeliveryState.SENDING.value,
    DeliveryState.AMBIGUOUS.value,
    # What is claimed has its words already, though Slack was not asked yet; should it not go, nothing is changed.
    DeliveryState.CLAIMED.value,
)


class Told(NamedTuple):
    """The last rung that reached somebody, and when (program time, epoch seconds)."""

    rung: str
    at: int


class Out(NamedTuple):
    """A message that somebody has, or may have: the key of its row, and its rung."""

    key: str
    rung: str


def supersede(connection: Connection, deadline_id: str, kind: str, person_ids: Sequence[str]) -> None:
    """Take back what has not been sent of these people's ladders."""
    is_it = and_(_is_theirs(deadline_id, kind, person_ids), ledger.c.state.in_(UNSENT))
    values = {"state": DeliveryState.SUPERSEDED.value, "last_error": OUTDATED}
    connection.execute(update(ledger).where(is_it).values(values))


def has_planned(connection: Connection, deadline_id: str, kind: str, person_id: str, *, after: int) -> bool:
    """Whether this person is to be told something after an instant: a little ahead, or put off until morning."""
    is_planned = and_(_is_theirs(deadline_id, kind, [person_id]), ledger.c.state.in_(UNSENT), ledger.c.send_at > after)
    return connection.execute(select(ledger.c.key).where(is_planned).limit(1)).first() is not None


def strangers(connection: Connection, deadline_id: str, kind: str, after: str, *, at_most: int) -> list[str]:
    """The next who were to be told, in the order of their ids, and for whom the deadline is not any more."""
    asked = select(ledger.c.person_id).where(
        ledger.c.object_id == deadline_id,
        ledger.c.kind == kind,
        ledger.c.state.in_(UNSENT),
        ledger.c.person_id > after,
        ledger.c.person_id.not_in(ids_of(deadline_id)),
    )
    found = connection.execute(asked.distinct().order_by(ledger.c.person_id).limit(at_most))
    return [str(each) for each in found.scalars()]


def take_up_again(connection: Connection, keys: Iterable[str]) -> int:
    """Let rows wait again that were taken back and that Slack was never asked to show: a key is never used twice."""
    return sum(
        connection.execute(
            update(ledger)
            .where(
                ledger.c.key.in_(list(some)),
                ledger.c.state == DeliveryState.SUPERSEDED.value,
                ledger.c.last_error == OUTDATED,
                ledger.c.intent_at.is_(None),
            )
            .values(state=DeliveryState.PENDING.value, last_error=None, owner=None)
        ).rowcount
        for some in in_batches(list(keys))
    )


def written_to(deadline_id: str, kind: str, *, since: int, by: int) -> Select[Any]:
    """The question for the ids of who was written to after one instant by another, or has a message of then on its way.

    Both in epoch seconds. To be asked within a larger question.
    """
    went = and_(ledger.c.state.in_(_OUT), ledger.c.told_at > since, ledger.c.told_at <= by)
    goes = and_(ledger.c.state.in_(UNSENT), ledger.c.planned_at > since, ledger.c.planned_at <= by)
    is_it = and_(ledger.c.object_id == deadline_id, ledger.c.kind == kind)
    return select(ledger.c.person_id).where(is_it, or_(went, goes))


def last_told(connection: Connection, deadline_id: str, kind: str, person_ids: Sequence[str]) -> dict[str, Told]:
    """The newest rung that has reached each of these people. One query."""
    is_sent = and_(_is_theirs(deadline_id, kind, person_ids), ledger.c.state == DeliveryState.SENT.value)
    told_at = func.coalesce(ledger.c.told_at, ledger.c.send_at)
    found = connection.execute(_newest_last(is_sent, ledger.c.person_id, ledger.c.rung, told_at))
    return {str(whose): Told(str(rung), int(at)) for whose, rung, at in found}


def last_out(connection: Connection, deadline_id: str, kind: str, person_ids: Sequence[str]) -> dict[str, Out]:
    """The newest message that each of these people has, or may have. One query."""
    is_out = and_(_is_theirs(deadline_id, kind, person_ids), ledger.c.state.in_(_OUT))
    found = connection.execute(_newest_last(is_out, ledger.c.person_id, ledger.c.key, ledger.c.rung))
    return {str(whose): Out(str(key), str(rung)) for whose, key, rung in found}


def all_out(connection: Connection, deadline_id: str, kind: str, person_id: str, *, but_not: str = "") -> list[Out]:
    """Every message that somebody has, or may have, the newest last; without the one with this Slack timestamp."""
    is_out = and_(ledger.c.object_id == deadline_id, ledger.c.kind == kind, ledger.c.state.in_(_OUT))
    asked = (
        select(ledger.c.key, ledger.c.rung)
        .where(is_out, ledger.c.person_id == person_id, or_(ledger.c.ts.is_(None), ledger.c.ts != but_not))
        .order_by(ledger.c.planned_at, ledger.c.key)
    )
    return [Out(str(key), str(rung)) for key, rung in connection.execute(asked)]


def unsent(
    connection: Connection, deadline_id: str, kind: str, person_ids: Sequence[str]
) -> list[tuple[str, str, int]]:
    """Person, rung and due instant of what has not gone to these people. One query."""
    asked = select(ledger.c.person_id, ledger.c.rung, ledger.c.due_at).where(
        _is_theirs(deadline_id, kind, person_ids), ledger.c.state.in_(UNSENT)
    )
    return [(str(whose), str(rung), int(due_at)) for whose, rung, due_at in connection.execute(asked)]


def _is_theirs(deadline_id: str, kind: str, person_ids: Sequence[str]) -> ColumnElement[bool]:
    return and_(ledger.c.object_id == deadline_id, ledger.c.kind == kind, ledger.c.person_id.in_(person_ids))


def _newest_last(which: ColumnElement[bool], *columns: ColumnElement[Any]) -> Select[Any]:
    """These columns of all such rows, so that of each person the one that was to go last comes last.

    Nobody has more than some: to let the database choose took PostgreSQL a minute when it did not know how many.
    """
    return select(*columns).where(which).order_by(ledger.c.planned_at, ledger.c.key)
