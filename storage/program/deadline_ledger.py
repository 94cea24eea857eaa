"""The ledger's rows about deadlines: taken back for some people, taken up again, and when somebody was last told."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

from sqlalchemy import Connection, and_, func, select, update

from domain.delivery import DeliveryState
from storage.batches import in_batches
from storage.delivery.rows import UNSENT
from storage.engine import table_of
from storage.program.delivery import ProgramDelivery

ledger = table_of(ProgramDelivery)
OUTDATED = "the ladder changed"


class Told(NamedTuple):
    """The last rung that reached somebody, and when (program time, epoch seconds)."""

    rung: str
    at: int


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
    newest = (
        select(ledger.c.person_id, func.max(ledger.c.planned_at).label("at"))
        .where(is_sent)
        .group_by(ledger.c.person_id)
        .subquery()
    )
    asked = (
        select(ledger.c.person_id, ledger.c.rung, func.coalesce(ledger.c.told_at, ledger.c.send_at))
        .join_from(ledger, newest, newest.c.person_id == ledger.c.person_id)
        .where(is_sent, ledger.c.planned_at == newest.c.at)
    )
    return {str(whose): Told(str(rung), int(at)) for whose, rung, at in connection.execute(asked)}
