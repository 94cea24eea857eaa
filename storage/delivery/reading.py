"""What may be known of a ledger by looking only: what goes next, where a message is, how many wait and how long."""

from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, and_, func, or_, select
from sqlalchemy.sql import Select

from domain.delivery import DeliveryState, Way
from domain.ports import Posted
from domain.times import epoch_seconds
from storage.delivery.real_time import RealTime
from storage.delivery.which import CHANNEL_GAP_MS, ON_THE_WAY, SECONDS, Which, was_asked
from storage.engine import Store

ALL_WAYS = frozenset(Way)
_COUNTED = (DeliveryState.PENDING, *ON_THE_WAY, DeliveryState.DEAD)
"""Counting the rows that were sent would read all of a table that only grows."""


@dataclass(frozen=True, slots=True, order=True)
class Head:
    """The row that a ledger would send next; heads of several ledgers compare by tier, then by instant."""

    priority: int
    send_at: int
    key: str
    way: Way


class Reading:
    """One ledger as those see it who change nothing. Takes no lock. `now` is always program time."""

    def __init__(self, store: Store, table: Table, real: RealTime) -> None:
        self._store = store
        self._table = table
        self._real = real
        self._row = table.c
        self._which = Which(table)
        self._next = self._which.next_row()
        self._next_by = self._next.where(self._which.goes_by())
        self._oldest = self._oldest_unsent().where(self._which.goes_by())

    def head(self, now: datetime, *, ways: Collection[Way] = ALL_WAYS, but_not: Collection[str] = ()) -> Head | None:
        """What would be sent next by one of these ways, or None; and none of these keys."""
        statement = self._next if len(ways) == len(Way) else self._next_by
        if but_not:
            statement = statement.where(self._row.key.not_in(but_not))
        with self._store.read() as connection:
            at: dict[str, Any] = {"seconds": epoch_seconds(now), "real": self._real(connection)}
            row = connection.execute(statement, at if statement is self._next else at | _by(ways)).first()
        return None if row is None else Head(row.priority, row.send_at, row.key, Way(row.way))

    def place_of(self, key: str) -> Posted | None:
        """Where a sent row is in Slack."""
        with self._store.read() as connection:
            row = connection.execute(select(self._row.channel, self._row.ts).where(self._row.key == key)).first()
        return None if row is None or row.channel is None else Posted(channel=row.channel, ts=row.ts)

    def gap_ms(self, person_id: str) -> int:
        """How long the person must not be written to, since this ledger did so a moment ago; 0 for not at all."""
        with self._store.read() as connection:
            last = select(func.max(self._row.intent_at)).where(was_asked(self._table), self._row.person_id == person_id)
            intent = connection.execute(last).scalar()
            since = CHANNEL_GAP_MS if intent is None else abs(self._real(connection) - int(intent))
        return max(0, CHANNEL_GAP_MS - since)

    def counts(self) -> dict[str, int]:
        """Rows by state: those on their way, and the dead."""
        statement = select(self._row.state, func.count()).where(self._which.is_in(*_COUNTED)).group_by(self._row.state)
        with self._store.read() as connection:
            return {state: int(number) for state, number in connection.execute(statement)}

    def oldest_due(self, now: datetime, *, ways: Collection[Way] = ALL_WAYS) -> int | None:
        """How many seconds (program time) the oldest unsent row is late; None if nothing is due. Ways as in `head`."""
        seconds = epoch_seconds(now)
        with self._store.read() as connection:
            send_at = connection.execute(self._oldest, {"seconds": seconds} | _by(ways)).scalar()
        return None if send_at is None else seconds - int(send_at)

    def _oldest_unsent(self) -> Select[Any]:
        on_the_way = and_(self._which.is_in(*ON_THE_WAY), self._row.send_at <= SECONDS)
        unsent = or_(self._which.is_due(), on_the_way)
        return select(func.min(self._row.send_at)).where(unsent, self._which.has_leader())


def _by(ways: Collection[Way]) -> dict[str, Any]:
    return {"ways": sorted(way.value for way in ways)}
