"""One ledger's rows on their way: claim, fence, settle. Every step is one short transaction that checks it may be made.

A row goes pending -> claimed -> sending -> sent. `claim` rises with each claim, so a process that slept through its
lease finds its row taken and cannot touch it any more. No transaction is open while Slack is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, bindparam, func, or_, select, update
from sqlalchemy.sql import Select

from domain.delivery import EXPIRED, Delivery, DeliveryState
from domain.ports import Posted
from domain.times import epoch_seconds
from storage.delivery.real_time import RealTime
from storage.delivery.rows import delivery_of
from storage.delivery.which import ASKED, CHANNEL_GAP_MS, ON_THE_WAY, SECONDS, Which, was_asked
from storage.engine import Store

OVERTAKEN = "a newer one is due"
LEADERLESS = "what it follows was not sent"
ENDED_WHILE_SENDING = "the process ended while sending"
_COUNTED = (DeliveryState.PENDING, *ON_THE_WAY, DeliveryState.DEAD)
"""Counting the rows that were sent would read all of a table that only grows."""


@dataclass(frozen=True, slots=True, order=True)
class Head:
    """The row that a ledger would send next; heads of several ledgers compare by tier, then by instant."""

    priority: int
    send_at: int
    key: str
    is_file: bool


class DeliveryQueue:
    """One ledger. `now` is always program time; leases and pauses are real milliseconds."""

    def __init__(self, store: Store, table: Table, real: RealTime) -> None:
        self._store = store
        self._table = table
        self._real = real
        self._row = table.c
        self._which = Which(table)
        self._next = self._next_row()
        self._next_of = {is_file: self._next.where(self._which.is_file(is_so=is_file)) for is_file in (False, True)}
        self._candidate = self._skipping_locked(self._next.where(self._row.key == bindparam("wanted")))
        self._oldest = self._oldest_unsent()
        self._settling = [
            (self._which.is_overtaken(), DeliveryState.SUPERSEDED, OVERTAKEN),
            (self._which.is_expired(), DeliveryState.DEAD, EXPIRED),
            (self._which.lost_its_leader(), DeliveryState.SUPPRESSED, LEADERLESS),
        ]
        to_settle = or_(*(which for which, _state, _reason in self._settling))
        # Said once more in front: with statistics SQLite would rather read the whole table than an index three times.
        self._to_settle = select(self._row.key).where(self._which.is_due(), to_settle).limit(1)

    def tidy(self, now: datetime) -> None:
        """Settle what need not be sent: overtaken rungs, expired rows, followers of what was not sent.

        Looks first: while rows wait for their turn this is asked every second, and writers should not queue for it.
        """
        at = {"seconds": epoch_seconds(now)}
        with self._store.read() as connection:
            if connection.execute(self._to_settle, at).first() is None:
                return
        with self._store.write() as connection:
            for which, state, reason in self._settling:
                settled = update(self._table).where(which).values(state=state.value, last_error=reason)
                connection.execute(settled, at)

    def head(self, now: datetime, *, of_files: bool | None = None) -> Head | None:
        """What would be sent next, or None; only of files, or only of the rest, if told so. Asks without a lock."""
        statement = self._next if of_files is None else self._next_of[of_files]
        with self._store.read() as connection:
            at = {"seconds": epoch_seconds(now), "real": self._real(connection)}
            row = connection.execute(statement, at).first()
        return None if row is None else Head(row.priority, row.send_at, row.key, row.after_key is not None)

    def claim(self, key: str, *, owner: str, now: datetime, lease_ms: int) -> Delivery | None:
        """Take a row for `lease_ms`; None when somebody else was quicker."""
        with self._store.write() as connection:
            real = self._real(connection)
            at = {"seconds": epoch_seconds(now), "real": real, "wanted": key}
            found = connection.execute(self._candidate, at).first()
            return None if found is None else self._take(connection, key, owner, real + lease_ms, claimed=True)

    def fence(self, row: Delivery, *, owner: str, lease_ms: int) -> bool:
        """Last step before Slack is asked; replicas that write to one person at once wait for each other here.

        False when the lease ran out, another process has the row, or the person was written to a moment ago.
        """
        with self._store.write() as connection:
            self._store.lock(connection, f"write to {row.person_id}")
            real = self._real(connection)
            statement = (
                update(self._table)
                .where(
                    self._which.is_ours(row, owner, DeliveryState.CLAIMED),
                    self._row.lease_until > real,
                    ~self._which.is_too_soon(),
                )
                .values(state=DeliveryState.SENDING.value, intent_at=real, lease_until=real + lease_ms)
            )
            return connection.execute(statement, {"real": real}).rowcount == 1

    def note_file(self, row: Delivery, file_id: str, *, owner: str) -> bool:
        """Keep the id of an uploaded file before anybody is shown it, so that a lost reply can be looked up."""
        return self._change(self._which.is_ours(row, owner, DeliveryState.CLAIMED), {"file_id": file_id})

    def finish(self, row: Delivery, posted: Posted, *, owner: str) -> bool:
        """It arrived: keep where. Holds for a row in doubt too, as long as nobody else has taken it."""
        values = {"state": DeliveryState.SENT.value, "channel": posted.channel, "ts": posted.ts, "last_error": None}
        return self._change(self._which.is_ours(row, owner, *ASKED), values)

    def settle(self, row: Delivery, state: DeliveryState, reason: str, *, owner: str) -> bool:
        """It is not sent and will not be: suppressed or dead, with a few neutral words why."""
        return self._change(self._which.is_ours(row, owner), {"state": state.value, "last_error": reason})

    def put_back(
        self,
        row: Delivery,
        *,
        owner: str,
        pause_ms: int,
        reason: str,
        until: datetime | None = None,
        failed: bool = False,
    ) -> bool:
        """It certainly did not go: pending again after a pause, or from `until` (program time) on."""
        values: dict[str, Any] = {"state": DeliveryState.PENDING.value, "last_error": reason, "owner": None}
        if until is not None:
            values["send_at"] = epoch_seconds(until)
        return self._change(self._which.is_ours(row, owner), values, pause_ms=pause_ms, failed=failed)

    def doubt(
        self, row: Delivery, *, owner: str, pause_ms: int, reason: str | None = None, failed: bool = False
    ) -> bool:
        """Nobody knows whether it went: to be read back after the pause, and not sent again before.

        False for a row that never passed the fence: there is no doubt about it. No `reason` keeps the present one.
        """
        values: dict[str, Any] = {"state": DeliveryState.AMBIGUOUS.value, "lease_until": 0}
        if reason is not None:
            values["last_error"] = reason
        return self._change(self._which.is_ours(row, owner, *ASKED), values, pause_ms=pause_ms, failed=failed)

    def recover(self) -> int:
        """Rows of processes that died: claimed ones were never sent; sending ones are in doubt. Returns how many."""
        with self._store.write() as connection:
            is_over = self._row.lease_until <= self._real(connection)
            back = {"state": DeliveryState.PENDING.value, "owner": None}
            doubted = {"state": DeliveryState.AMBIGUOUS.value, "lease_until": 0, "last_error": ENDED_WHILE_SENDING}
            changes = ((DeliveryState.CLAIMED, back), (DeliveryState.SENDING, doubted))
            return sum(
                connection.execute(
                    update(self._table).where(self._row.state == state.value, is_over).values(values)
                ).rowcount
                for state, values in changes
            )

    def claim_doubtful(self, *, owner: str, lease_ms: int) -> tuple[Delivery, int] | None:
        """Take a row in doubt for reading back, with how many milliseconds ago Slack may have taken it."""
        with self._store.write() as connection:
            real = self._real(connection)
            ripe = (
                select(self._row.key, self._row.intent_at)
                .where(
                    self._row.state == DeliveryState.AMBIGUOUS.value,
                    self._row.not_before <= real,
                    self._row.lease_until <= real,
                )
                .order_by(self._row.priority, self._row.send_at, self._row.key)
                .limit(1)
            )
            found = connection.execute(self._skipping_locked(ripe)).first()
            if found is None:
                return None
            return self._take(connection, found.key, owner, real + lease_ms), real - found.intent_at

    def last_error(self, row: Delivery) -> str:
        """Why the row is where it is."""
        with self._store.read() as connection:
            return str(connection.execute(select(self._row.last_error).where(self._row.key == row.key)).scalar() or "")

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

    def oldest_due(self, now: datetime) -> int | None:
        """How many seconds (program time) the oldest unsent row is late; None when nothing is due."""
        seconds = epoch_seconds(now)
        with self._store.read() as connection:
            send_at = connection.execute(self._oldest, {"seconds": seconds}).scalar()
        return None if send_at is None else seconds - int(send_at)

    def _next_row(self) -> Select[Any]:
        return (
            select(self._row.key, self._row.priority, self._row.send_at, self._row.after_key)
            .where(self._which.is_ready())
            .order_by(self._row.priority, self._row.send_at, self._row.key)
            .limit(1)
        )

    def _oldest_unsent(self) -> Select[Any]:
        on_the_way = and_(self._which.is_in(*ON_THE_WAY), self._row.send_at <= SECONDS)
        unsent = or_(self._which.is_due(), on_the_way)
        return select(func.min(self._row.send_at)).where(unsent, self._which.has_leader())

    def _skipping_locked(self, statement: Select[Any]) -> Select[Any]:
        # SQLite has one writer at a time anyway; on PostgreSQL a row that a rival is just taking is passed over.
        return statement if self._store.is_sqlite else statement.with_for_update(skip_locked=True, of=self._table)

    def _take(
        self, connection: Connection, key: str, owner: str, lease_until: int, *, claimed: bool = False
    ) -> Delivery:
        values: dict[str, Any] = {"owner": owner, "claim": self._row.claim + 1, "lease_until": lease_until}
        if claimed:
            values["state"] = DeliveryState.CLAIMED.value
        statement = update(self._table).where(self._row.key == key).values(values).returning(self._table)
        return delivery_of(connection.execute(statement).one())

    def _change(
        self,
        which: ColumnElement[bool],
        values: Mapping[str, Any],
        *,
        pause_ms: int | None = None,
        failed: bool = False,
    ) -> bool:
        with self._store.write() as connection:
            changed = dict(values)
            if pause_ms is not None:
                changed["not_before"] = self._real(connection) + pause_ms
            if failed:
                changed["attempt"] = self._row.attempt + 1
            return connection.execute(update(self._table).where(which).values(changed)).rowcount == 1
