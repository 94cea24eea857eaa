"""What may be known of a ledger by looking only: what goes next, where a message is, how many wait and how long."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Table, and_, bindparam, func, or_, select
from sqlalchemy.sql import Select

from domain.delivery import DeliveryState, Way
from domain.ports import Posted
from domain.times import epoch_seconds
from storage.delivery.real_time import REAL, RealTime
from storage.delivery.which import CHANNEL_GAP_MS, ON_THE_WAY, SECONDS, Which, was_asked
from storage.engine import Store
from storage.prepared import Prepared

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
    person_id: str


class Reading:
    """One ledger as those see it who change nothing. Takes no lock. `now` is always program time."""

    def __init__(self, store: Store, table: Table, real: RealTime) -> None:
        self._store = store
        self._table = table
        self._real = real
        self._row = table.c
        self._which = Which(table)
        next_rows, by_ways = self._which.next_rows(), self._which.goes_by()
        but_not = self._row.key.not_in(bindparam("but_not", expanding=True))
        self._next = {
            (is_any_way, is_any_row): Prepared(
                next_rows.where(*(() if is_any_way else (by_ways,)), *(() if is_any_row else (but_not,)))
            )
            for is_any_way in (False, True)
            for is_any_row in (False, True)
        }
        theirs = self._row.person_id.in_(bindparam("persons", expanding=True))
        last = select(self._row.person_id, func.max(self._row.intent_at)).where(was_asked(table), theirs)
        self._last = Prepared(last.add_columns(REAL).group_by(self._row.person_id))
        self._oldest = Prepared(self._oldest_unsent().where(by_ways))

    def heads(
        self, now: datetime, *, most: int, ways: Collection[Way] = ALL_WAYS, but_not: Collection[str] = ()
    ) -> list[Head]:
        """What would be sent next by one of these ways, `most` rows in their order; and none of these keys."""
        is_any_way, is_any_row = len(ways) == len(Way), not but_not
        at: dict[str, Any] = {"seconds": epoch_seconds(now), "most": most}
        at |= {} if is_any_way else _by(ways)
        at |= {} if is_any_row else {"but_not": list(but_not)}
        with self._store.ask() as connection:
            at["real"] = self._real.told(connection)
            rows = self._next[is_any_way, is_any_row].rows(connection, at)
        return [Head(priority, send_at, key, Way(way), person_id) for priority, send_at, key, way, person_id in rows]

    def place_of(self, key: str) -> Posted | None:
        """Where a sent row is in Slack."""
        with self._store.read() as connection:
            row = connection.execute(select(self._row.channel, self._row.ts).where(self._row.key == key)).first()
        return None if row is None or row.channel is None else Posted(channel=row.channel, ts=row.ts)

    def gaps_ms(self, person_ids: Sequence[str]) -> dict[str, int]:
        """Whom of these this ledger wrote to a moment ago, and how long they must not be written to for it."""
        with self._store.ask() as connection:
            found = self._last.rows(connection, {"persons": list(person_ids), "real": self._real.told(connection)})
        gaps = {person_id: CHANNEL_GAP_MS - abs(real - int(intent_at)) for person_id, intent_at, real in found}
        return {person_id: gap for person_id, gap in gaps.items() if gap > 0}

    def counts(self) -> dict[str, int]:
        """Rows by state: those on their way, and the dead."""
        statement = select(self._row.state, func.count()).where(self._which.is_in(*_COUNTED)).group_by(self._row.state)
        with self._store.read() as connection:
            return {state: int(number) for state, number in connection.execute(statement)}

    def oldest_due(self, now: datetime, *, ways: Collection[Way] = ALL_WAYS) -> int | None:
        """How many seconds (program time) the oldest unsent row is late; None if nothing is due. Ways as in `head`."""
        seconds = epoch_seconds(now)
        with self._store.ask() as connection:
            found = self._oldest.first(connection, {"seconds": seconds} | _by(ways))
        return None if found is None or found[0] is None else seconds - int(found[0])

    def _oldest_unsent(self) -> Select[Any]:
        on_the_way = and_(self._which.is_in(*ON_THE_WAY), self._row.send_at <= SECONDS)
        unsent = or_(self._which.is_due(), on_the_way)
        return select(func.min(self._row.send_at)).where(unsent, self._which.has_leader())


def _by(ways: Collection[Way]) -> dict[str, Any]:
    return {"ways": sorted(way.value for way in ways)}
