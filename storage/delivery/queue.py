"""One ledger's rows on their way: claim, fence, settle. Every step is one short transaction that checks it may be made.

A row goes pending -> claimed -> sending -> sent. `claim` rises with each claim, so a process that slept through its
lease finds its row taken and cannot touch it any more. No transaction is open while Slack is asked.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Table, and_, exists, func, or_, select, update
from sqlalchemy.sql import Select

from domain.delivery import EXPIRED, Delivery, DeliveryState
from domain.ports import Posted
from domain.times import epoch_seconds
from storage.delivery.real_time import RealTime
from storage.delivery.rows import delivery_of
from storage.engine import Store

CHANNEL_GAP_MS = 1000
"""Slack takes about one message a second in each channel."""
NOT_SENT = (DeliveryState.SUPERSEDED, DeliveryState.CANCELED, DeliveryState.SUPPRESSED, DeliveryState.DEAD)
"""Settled states in which the person got nothing."""
_NOT_AFTER_ALL = "what it follows was not sent"


@dataclass(frozen=True, slots=True, order=True)
class Head:
    """The row that a ledger would send next; heads of several ledgers compare by tier, then by instant."""

    priority: int
    send_at: int
    key: str


class DeliveryQueue:
    """One ledger. `now` is always program time; leases and pauses are real milliseconds."""

    def __init__(self, store: Store, table: Table, real: RealTime) -> None:
        self._store = store
        self._table = table
        self._real = real
        self._row = table.c

    def tidy(self, now: datetime) -> None:
        """Settle what need not be sent: overtaken rungs, expired rows, followers of what was not sent."""
        seconds = epoch_seconds(now)
        with self._store.read() as connection:
            if not connection.execute(select(exists().where(self._is_due(seconds)))).scalar():
                return
        with self._store.write() as connection:
            connection.execute(
                self._settle(self._is_overtaken(seconds), DeliveryState.SUPERSEDED, "a newer one is due")
            )
            connection.execute(self._settle(self._is_expired(seconds), DeliveryState.DEAD, EXPIRED))
            connection.execute(self._settle(self._lost_its_leader(), DeliveryState.SUPPRESSED, _NOT_AFTER_ALL))

    def head(self, now: datetime) -> Head | None:
        """What would be sent next, or None. Asks without a lock."""
        with self._store.read() as connection:
            row = connection.execute(self._next(epoch_seconds(now), self._real(connection))).first()
        return None if row is None else Head(row.priority, row.send_at, row.key)

    def claim(self, key: str, *, owner: str, now: datetime, lease_ms: int) -> Delivery | None:
        """Take a row for `lease_ms`; None when somebody else was quicker."""
        with self._store.write() as connection:
            real = self._real(connection)
            candidate = self._next(epoch_seconds(now), real).where(self._row.key == key)
            if not self._store.is_sqlite:
                candidate = candidate.with_for_update(skip_locked=True)
            found = connection.execute(candidate).first()
            if found is None:
                return None
            taken = {
                "state": DeliveryState.CLAIMED.value,
                "owner": owner,
                "claim": self._row.claim + 1,
                "lease_until": real + lease_ms,
            }
            statement = update(self._table).where(self._row.key == key).values(taken).returning(self._table)
            return delivery_of(connection.execute(statement).one())

    def fence(self, row: Delivery, *, owner: str, lease_ms: int) -> bool:
        """Last step before Slack is asked: False when the lease ran out or another process has the row."""
        with self._store.write() as connection:
            real = self._real(connection)
            statement = (
                update(self._table)
                .where(self._is_ours(row, owner, DeliveryState.CLAIMED), self._row.lease_until > real)
                .values(state=DeliveryState.SENDING.value, intent_at=real, lease_until=real + lease_ms)
            )
            return connection.execute(statement).rowcount == 1

    def note_file(self, row: Delivery, file_id: str, *, owner: str) -> bool:
        """Keep the id of an uploaded file before anybody is shown it, so that a lost reply can be looked up."""
        return self._change(self._is_ours(row, owner, DeliveryState.CLAIMED), {"file_id": file_id})

    def finish(
        self, row: Delivery, posted: Posted, *, owner: str, state: DeliveryState = DeliveryState.SENDING
    ) -> bool:
        """It arrived: keep where. `state` is the one the row is in: sending, or ambiguous after a read-back."""
        values = {"state": DeliveryState.SENT.value, "channel": posted.channel, "ts": posted.ts, "last_error": None}
        return self._change(self._is_ours(row, owner, state), values)

    def settle(self, row: Delivery, state: DeliveryState, reason: str, *, owner: str) -> bool:
        """It is not sent and will not be: suppressed or dead, with a few neutral words why."""
        return self._change(self._is_ours(row, owner), {"state": state.value, "last_error": reason})

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
        return self._change(self._is_ours(row, owner), values, pause_ms=pause_ms, failed=failed)

    def doubt(self, row: Delivery, *, owner: str, pause_ms: int, reason: str, failed: bool) -> bool:
        """Nobody knows whether it went: to be read back after the pause, and not sent again before."""
        values = {"state": DeliveryState.AMBIGUOUS.value, "last_error": reason, "lease_until": 0}
        return self._change(self._is_ours(row, owner), values, pause_ms=pause_ms, failed=failed)

    def recover(self) -> int:
        """Rows of processes that died: claimed ones were never sent; sending ones are in doubt. Returns how many."""
        with self._store.write() as connection:
            real = self._real(connection)
            expired = self._row.lease_until <= real
            claimed = and_(self._row.state == DeliveryState.CLAIMED.value, expired)
            sending = and_(self._row.state == DeliveryState.SENDING.value, expired)
            back = update(self._table).where(claimed).values(state=DeliveryState.PENDING.value, owner=None)
            doubted = (
                update(self._table)
                .where(sending)
                .values(
                    state=DeliveryState.AMBIGUOUS.value, lease_until=0, last_error="the process ended while sending"
                )
            )
            return connection.execute(back).rowcount + connection.execute(doubted).rowcount

    def claim_doubtful(self, *, owner: str, lease_ms: int, at_most: int) -> list[tuple[Delivery, int]]:
        """Take rows in doubt for reading back, each with how many milliseconds ago Slack may have taken it."""
        with self._store.write() as connection:
            real = self._real(connection)
            ripe = (
                select(self._row.key)
                .where(
                    self._row.state == DeliveryState.AMBIGUOUS.value,
                    self._row.not_before <= real,
                    self._row.lease_until <= real,
                )
                .order_by(self._row.priority, self._row.send_at)
                .limit(at_most)
            )
            if not self._store.is_sqlite:
                ripe = ripe.with_for_update(skip_locked=True)
            keys = list(connection.execute(ripe).scalars())
            statement = (
                update(self._table)
                .where(self._row.key.in_(keys))
                .values(owner=owner, claim=self._row.claim + 1, lease_until=real + lease_ms)
                .returning(self._table)
            )
            taken = connection.execute(statement).all()
            return [(delivery_of(row), real - (row.intent_at or real)) for row in taken]

    def last_error(self, row: Delivery) -> str:
        """Why the row is where it is."""
        with self._store.read() as connection:
            return str(connection.execute(select(self._row.last_error).where(self._row.key == row.key)).scalar() or "")

    def place_of(self, key: str) -> Posted | None:
        """Where a sent row is in Slack."""
        with self._store.read() as connection:
            row = connection.execute(select(self._row.channel, self._row.ts).where(self._row.key == key)).first()
        return None if row is None or row.channel is None else Posted(channel=row.channel, ts=row.ts)

    def since_last_ms(self, person_id: str) -> int | None:
        """How long ago this ledger last asked Slack to write to the person; None for never."""
        with self._store.read() as connection:
            last = connection.execute(select(func.max(self._row.intent_at)).where(self._row.person_id == person_id))
            intent: int | None = last.scalar()
            return None if intent is None else self._real(connection) - intent

    def requeue_dead(self, key: str) -> bool:
        """Let a dead row be sent after all, once what was wrong with it has been put right."""
        values = {"state": DeliveryState.PENDING.value, "last_error": None, "not_before": 0, "owner": None}
        return self._change(and_(self._row.key == key, self._row.state == DeliveryState.DEAD.value), values)

    def counts(self) -> dict[str, int]:
        """Rows by state."""
        with self._store.read() as connection:
            found = connection.execute(select(self._row.state, func.count()).group_by(self._row.state))
            return dict(found.tuples().all())

    def oldest_due(self, now: datetime) -> int | None:
        """How many seconds (program time) the oldest unsent row is late; None when nothing is due."""
        seconds = epoch_seconds(now)
        unsent = self._row.state.in_([state.value for state in (*_ON_THE_WAY, DeliveryState.PENDING)])
        with self._store.read() as connection:
            oldest = connection.execute(
                select(func.min(self._row.send_at)).where(unsent, self._row.send_at <= seconds, self._has_leader())
            ).scalar()
        return None if oldest is None else seconds - int(oldest)

    def _next(self, seconds: int, real: int) -> Select[Any]:
        another = self._table.alias("another")
        # The same person was written to less than a second ago: Slack would refuse.
        too_soon = exists().where(
            another.c.person_id == self._row.person_id, another.c.intent_at > real - CHANNEL_GAP_MS
        )
        return (
            select(self._row.key, self._row.priority, self._row.send_at)
            .where(
                self._is_due(seconds),
                self._row.not_before <= real,
                self._is_alive(seconds),
                self._has_leader(),
                ~too_soon,
            )
            .order_by(self._row.priority, self._row.send_at, self._row.key)
            .limit(1)
        )

    def _is_due(self, seconds: int) -> ColumnElement[bool]:
        return and_(self._row.state == DeliveryState.PENDING.value, self._row.send_at <= seconds)

    def _is_alive(self, seconds: int) -> ColumnElement[bool]:
        return or_(self._row.expires_at.is_(None), self._row.expires_at > seconds)

    def _is_expired(self, seconds: int) -> ColumnElement[bool]:
        return and_(self._row.state == DeliveryState.PENDING.value, self._row.expires_at <= seconds)

    def _is_overtaken(self, seconds: int) -> ColumnElement[bool]:
        newer = self._table.alias("newer")
        return and_(
            self._is_due(seconds),
            exists().where(
                newer.c.person_id == self._row.person_id,
                newer.c.object_id == self._row.object_id,
                newer.c.kind == self._row.kind,
                newer.c.send_at > self._row.send_at,
                newer.c.send_at <= seconds,
                newer.c.state.in_([state.value for state in (DeliveryState.PENDING, *_ON_THE_WAY, DeliveryState.SENT)]),
                or_(newer.c.expires_at.is_(None), newer.c.expires_at > seconds),
            ),
        )

    def _has_leader(self) -> ColumnElement[bool]:
        leader = self._table.alias("leader")
        sent = exists().where(leader.c.key == self._row.after_key, leader.c.state == DeliveryState.SENT.value)
        return or_(self._row.after_key.is_(None), sent)

    def _lost_its_leader(self) -> ColumnElement[bool]:
        leader = self._table.alias("leader")
        lost = exists().where(
            leader.c.key == self._row.after_key, leader.c.state.in_([state.value for state in NOT_SENT])
        )
        return and_(self._row.state == DeliveryState.PENDING.value, lost)

    def _settle(self, which: ColumnElement[bool], state: DeliveryState, reason: str) -> Any:
        return update(self._table).where(which).values(state=state.value, last_error=reason)

    def _is_ours(self, row: Delivery, owner: str, state: DeliveryState | None = None) -> ColumnElement[bool]:
        states = _ON_THE_WAY if state is None else (state,)
        return and_(
            self._row.key == row.key,
            self._row.owner == owner,
            self._row.claim == row.claim,
            self._row.state.in_([each.value for each in states]),
        )

    def _change(
        self,
        which: ColumnElement[bool],
        values: Mapping[str, Any],
        *,
        pause_ms: int | None = None,
        failed: bool = False,
    ) -> bool:
        with self._store.write() as connection:
            changed = dict(values) | self._pause(connection, pause_ms)
            if failed:
                changed["attempt"] = self._row.attempt + 1
            return connection.execute(update(self._table).where(which).values(changed)).rowcount == 1

    def _pause(self, connection: Connection, pause_ms: int | None) -> dict[str, Any]:
        return {} if pause_ms is None else {"not_before": self._real(connection) + pause_ms}


_ON_THE_WAY = (DeliveryState.CLAIMED, DeliveryState.SENDING, DeliveryState.AMBIGUOUS)
