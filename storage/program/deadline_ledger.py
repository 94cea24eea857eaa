"""The ledger's rows about deadlines: taken back for some people, taken up again, and when somebody was last told."""

from collections.abc import Iterable, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, func, select, update

from domain.delivery import DeliveryState
from storage.batches import in_batches
from storage.delivery.rows import UNSENT
from storage.engine import table_of
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


def supersede(connection: Connection, deadline_id: str, kind: str, person_ids: Sequence[str] | None) -> int:
    """Take back what has not been sent of these people's ladders, or of everybody's. Returns how many rows."""
    is_it = and_(ledger.c.object_id == deadline_id, ledger.c.kind == kind, ledger.c.state.in_(UNSENT))
    values = {"state": DeliveryState.SUPERSEDED.value, "last_error": OUTDATED}
    if person_ids is None:
        return connection.execute(update(ledger).where(is_it).values(values)).rowcount
    return sum(
        connection.execute(update(ledger).where(is_it, ledger.c.person_id.in_(some)).values(values)).rowcount
        for some in in_batches(list(person_ids))
    )


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


def last_told(connection: Connection, deadline_id: str, kind: str) -> dict[str, Told]:
    """The newest rung that has reached each person. One query."""
    is_sent = and_(ledger.c.object_id == deadline_id, ledger.c.kind == kind, ledger.c.state == DeliveryState.SENT.value)
    told_at = func.coalesce(ledger.c.told_at, ledger.c.send_at)
    found = connection.execute(_newest(is_sent, ledger.c.person_id, ledger.c.rung, told_at))
    return {str(whose): Told(str(rung), int(at)) for whose, rung, at in found}


def last_out(connection: Connection, deadline_id: str, kind: str) -> dict[str, Out]:
    """The newest message that each person has, or may have. One query."""
    is_out = and_(ledger.c.object_id == deadline_id, ledger.c.kind == kind, ledger.c.state.in_(_OUT))
    found = connection.execute(_newest(is_out, ledger.c.person_id, ledger.c.key, ledger.c.rung))
    return {str(whose): Out(str(key), str(rung)) for whose, key, rung in found}


def unsent(connection: Connection, deadline_id: str, kind: str) -> list[tuple[str, str, int]]:
    """Person, rung and due instant of what has not gone. One query."""
    asked = select(ledger.c.person_id, ledger.c.rung, ledger.c.due_at).where(
        ledger.c.object_id == deadline_id, ledger.c.kind == kind, ledger.c.state.in_(UNSENT)
    )
    return [(str(whose), str(rung), int(due_at)) for whose, rung, due_at in connection.execute(asked)]


def _newest(which: ColumnElement[bool], *columns: ColumnElement[Any]) -> Select[Any]:
    """These columns of the row of each person that was to go last."""
    newest = (
        select(ledger.c.person_id, func.max(ledger.c.planned_at).label("at"))
        .where(which)
        .group_by(ledger.c.person_id)
        .subquery()
    )
    return (
        select(*columns)
        .join_from(ledger, newest, newest.c.person_id == ledger.c.person_id)
        .where(which, ledger.c.planned_at == newest.c.at)
    )
