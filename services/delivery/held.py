"""Messages that were given up, as an operator sees and frees them: sorts and numbers, no person and no session."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.times import instant_of
from services.delivery.ledger import Ledger
from storage.delivery import held_rows, requeue_held


@dataclass(frozen=True, slots=True, kw_only=True)
class HeldMessages:
    """Messages alike of one store. `sendable` of the `number` are still in time; the first was to go at `oldest`."""

    store: str
    kind: str
    reason: str
    number: int
    sendable: int
    oldest: datetime


def held_messages(ledgers: Mapping[str, Ledger], *, now: datetime) -> list[HeldMessages]:
    """What is held, by store, kind and reason."""
    return [
        HeldMessages(
            store=name,
            kind=rows.kind,
            reason=rows.reason,
            number=rows.number,
            sendable=rows.sendable,
            oldest=instant_of(rows.oldest),
        )
        for name, ledger in ledgers.items()
        for rows in held_rows(ledger.store, ledger.table, now=now)
    ]


def send_again(ledgers: Mapping[str, Ledger], *, kind: str | None, reason: str | None, now: datetime) -> int:
    """Let the held messages of this kind and this reason go, in every store; None takes all. Returns how many.

    What was said in them is made anew, and what is not true any more is not sent.
    """
    return sum(
        requeue_held(ledger.store, ledger.table, kind=kind, reason=reason, now=now) for ledger in ledgers.values()
    )
