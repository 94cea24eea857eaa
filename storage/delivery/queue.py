"""One ledger's rows on their way: claim, fence, settle. Every step is one short transaction that checks it may be made.

A row goes pending -> claimed -> sending -> sent. `claim` rises with each claim, so a process that slept through its
lease finds its row taken and cannot touch it any more. No transaction is open while Slack is asked.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Table, bindparam, or_, select, update

from domain.delivery import EXPIRED, Delivery, DeliveryState
from domain.ports import Posted
from domain.times import epoch_seconds
from storage.delivery.changing import Changes
from storage.delivery.doubts import Doubts
from storage.delivery.reading import Reading
from storage.delivery.real_time import RealTime
from storage.delivery.which import ASKED
from storage.engine import Store

OVERTAKEN = "a newer one is due"
LEADERLESS = "what it follows was not sent"


class DeliveryQueue:
    """One ledger. `now` is always program time; leases and pauses are real milliseconds."""

    def __init__(self, store: Store, table: Table, real: RealTime) -> None:
        self._store = store
        self._table = table
        self._real = real
        self._row = table.c
        self._changes = changes = Changes(store, table, real)
        self._which = which = changes.which
        self.reading = Reading(store, table, real)
        self.doubts = Doubts(changes)
        self._candidate = changes.skipping_locked(which.next_row().where(self._row.key == bindparam("wanted")))
        self._settling = [
            (which.is_overtaken(), DeliveryState.SUPERSEDED, OVERTAKEN),
            (which.is_expired(), DeliveryState.DEAD, EXPIRED),
            (which.lost_its_leader(), DeliveryState.SUPPRESSED, LEADERLESS),
        ]
        to_settle = or_(*(condition for condition, _state, _reason in self._settling))
        # Said once more in front: with statistics SQLite would rather read the whole table than an index three times.
        self._to_settle = select(self._row.key).where(which.is_due(), to_settle).limit(1)

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

    def claim(self, key: str, *, owner: str, now: datetime, lease_ms: int) -> Delivery | None:
        """Take a row for `lease_ms`; None when somebody else was quicker."""
        with self._store.write() as connection:
            real = self._real(connection)
            at = {"seconds": epoch_seconds(now), "real": real, "wanted": key}
            if connection.execute(self._candidate, at).first() is None:
                return None
            lease = {"state": DeliveryState.CLAIMED.value, "owner": owner, "lease_until": real + lease_ms}
            return self._changes.take(connection, key, lease)

    def fence(self, row: Delivery, *, owner: str, lease_ms: int, now: datetime) -> bool:
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
                    ~self._which.is_lease_over(),
                    ~self._which.is_too_soon(),
                )
                .values(
                    state=DeliveryState.SENDING.value,
                    intent_at=real,
                    told_at=epoch_seconds(now),
                    lease_until=real + lease_ms,
                )
            )
            return connection.execute(statement, {"real": real}).rowcount == 1

    def note_file(self, row: Delivery, file_id: str, *, owner: str) -> bool:
        """Keep the id of an uploaded file before anybody is shown it, so that a lost reply can be looked up."""
        return self._changes.change(self._which.is_ours(row, owner, DeliveryState.CLAIMED), {"file_id": file_id})

    def forget_file(self, row: Delivery, *, owner: str) -> bool:
        """Slack does not know the upload any more, and nobody was shown it: the next try uploads anew."""
        return self._changes.change(self._which.is_ours(row, owner, DeliveryState.SENDING), {"file_id": None})

    def finish(self, row: Delivery, posted: Posted, *, owner: str) -> bool:
        """It arrived: keep where. Holds for a row in doubt too, as long as nobody else has taken it."""
        values = {"state": DeliveryState.SENT.value, "channel": posted.channel, "ts": posted.ts, "last_error": None}
        return self._changes.change(self._which.is_ours(row, owner, *ASKED), values)

    def settle(self, row: Delivery, state: DeliveryState, reason: str, *, owner: str) -> bool:
        """It is not sent and will not be: suppressed or dead, with a few neutral words why."""
        return self._changes.change(self._which.is_ours(row, owner), {"state": state.value, "last_error": reason})

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
        """It certainly did not go this time: pending again after a pause, or from `until` (program time) on."""
        values: dict[str, Any] = {"state": DeliveryState.PENDING.value, "last_error": reason, "owner": None}
        if not row.was_asked:
            values["intent_at"] = None
        if until is not None:
            values["send_at"] = epoch_seconds(until)
        return self._changes.change(self._which.is_ours(row, owner), values, pause_ms=pause_ms, failed=failed)

    def doubt(
        self, row: Delivery, *, owner: str, pause_ms: int, reason: str | None = None, failed: bool = False
    ) -> bool:
        """Nobody knows whether it went: to be read back after the pause, and not sent again before.

        False for a row that never passed the fence: there is no doubt about it. No `reason` keeps the present one.
        """
        values: dict[str, Any] = {"state": DeliveryState.AMBIGUOUS.value, "lease_until": 0}
        if reason is not None:
            values["last_error"] = reason
        return self._changes.change(self._which.is_ours(row, owner, *ASKED), values, pause_ms=pause_ms, failed=failed)
