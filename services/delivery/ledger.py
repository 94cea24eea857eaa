"""What the parts of delivery share: the ledgers, the outside things, and who this replica is."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from threading import Event

from sqlalchemy import Table

from domain.delivery import Composer, Delivery
from domain.ports import Clock, Messenger
from storage.delivery import DeliveryQueue, RealTime
from storage.engine import Store

ALERT = "alert"
"""Kind of the message that tells staff of a trouble; its object is the trouble's code."""
Alert = Callable[[str], object]
"""Tells staff about a trouble by its code; telling the same again within the hour is once."""


@dataclass(frozen=True, slots=True)
class Ledger:
    """A store and its delivery table."""

    store: Store
    table: Table


@dataclass(frozen=True, slots=True, kw_only=True)
class Post:
    """Everything that sending needs. `recipient` gives the Slack user id of a person, or None when they have gone.

    Once `stopping` is set no further row is taken in hand.
    """

    queues: Sequence[DeliveryQueue]
    composers: Mapping[str, Composer]
    messenger: Messenger
    recipient: Callable[[str], str | None]
    program: Store
    workspace: str
    clock: Clock
    real: RealTime
    owner: str
    stopping: Event = field(default_factory=Event)

    def recipient_of(self, row: Delivery) -> str | None:
        """Where a row goes: a channel's id, or the Slack user id of a person who is still there."""
        return row.channel_meant or self.recipient(row.person_id)
