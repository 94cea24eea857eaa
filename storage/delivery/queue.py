"""One ledger's rows on their way: claim, fence, settle. Every step is one short transaction that checks it may be made.

A row goes pending -> claimed -> sending -> sent. `claim` rises with each claim, so a process that slept through its
lease finds its row taken and cannot touch it any more. No transaction is open while Slack is asked.
"""

from collections import namedtuple
from collections.abc import Callable, Iterable, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Table, bindparam, or_, select, update
from sqlalchemy.sql import Select
from sqlalchemy.sql.dml import ReturningUpdate

from domain.delivery import EXPIRED, Delivery, DeliveryState, Way
from domain.ports import Posted
from domain.times import epoch_seconds
from storage.delivery.changing import Changes
from storage.delivery.doubts import Doubts
from storage.delivery.finish import Finish
from storage.delivery.reading import Reading
from storage.delivery.real_time import REAL, RealTime
from storage.delivery.rows import delivery_of
from storage.delivery.which import ASKED, CLAIM_LEASE_MS, Which, held_by
from storage.engine import Store
from storage.prepared import Prepared, run_together

OVERTAKEN = "a newer one is due"
LEADERLESS = "what it follows was not sent"


class DeliveryQueue:
    """One ledger. `now` is always program time; leases and pauses are real milliseconds."""

    def __init__(self, store: Store, table: Table, real: RealTime) -> None:
        self._store = store
        self._table = table
        self._real = real
        self._changes = changes = Changes(store, table, real)
        which = changes.which
        self.reading = Reading(store, table, real)
        self.doubts = Doubts(changes)
        wanted = table.c.key.in_(bindparam("wanted", expanding=True))
        ready = changes.skipping_locked(select(table.c.key).where(wanted, which.is_ready()))
        self._claim = _claim(table, ready)
        self._named = _named(table)
        self._fence = Prepared(_fence(table, which))
        self._finish = Finish(table, which)
        self._settling = [
            (which.is_overtaken(), DeliveryState.SUPERSEDED, OVERTAKEN),
            (which.is_expired(), DeliveryState.DEAD, EXPIRED),
            (which.lost_its_leader(), DeliveryState.SUPPRESSED, LEADERLESS),
        ]
        to_settle = or_(*(condition for condition, _state, _reason in self._settling))
        # Said once more in front: with statistics SQLite would rather read the whole table than an index three times.
        self._to_settle = Prepared(select(table.c.key).where(which.is_due(), to_settle).limit(1))

    def tidy(self, now: datetime) -> None:
        """Settle what need not be sent: overtaken rungs, expired rows, followers of what was not sent.

        Looks first: while rows wait for their turn this is asked every second, and writers should not queue for it.
        """
        at = {"seconds": epoch_seconds(now)}
        with self._store.ask() as connection:
            if self._to_settle.first(connection, at) is None:
                return
        with self._store.write() as connection:
            for which, state, reason in self._settling:
                settled = update(self._table).where(which).values(state=state.value, last_error=reason)
                connection.execute(settled, at)

    def claim(self, keys: Sequence[str], *, owner: str, now: datetime) -> list[Delivery]:
        """Take rows in the order of `keys`, for `CLAIM_LEASE_MS`; without those that others were quicker to take."""
        with self._store.write_at_once() as connection:
            at = {"seconds": epoch_seconds(now), "wanted": list(keys), "holder": owner}
            at["real"] = self._real.told(connection)
            rows = self._claim.rows(connection, at)
        taken = {row.key: row for row in map(delivery_of, map(self._named, rows))}
        return [taken[key] for key in keys if key in taken]

    def fence(self, rows: Sequence[Delivery], *, owner: str, lease_ms: int, now: datetime) -> set[str]:
        """Last step before Slack is asked, for one row of a person; the keys of those that may go.

        Not those whose lease ran out, that another process has, or whose person was written to a moment ago or since
        the claim; nor other words for a message that has newer ones by now. Replicas that write to one person at once
        wait for each other here.
        """
        locking = self._store.locking(f"write to {row.person_id}" for row in rows)
        with self._store.write_at_once() as connection:
            at = {"told": epoch_seconds(now), "lease": lease_ms, **held_by(owner, rows)}
            at["real"] = self._real.told(connection)
            *_locked, passed = run_together(connection, [*locking, (self._fence, at)])
            return {key for (key,) in passed}

    def note_file(self, row: Delivery, file_id: str, *, owner: str) -> bool:
        """Keep the id of an uploaded file before anybody is shown it, so that a lost reply can be looked up."""
        return self._changes.change(row, {"file_id": file_id}, owner=owner, states=[DeliveryState.CLAIMED])

    def forget_file(self, row: Delivery, *, owner: str) -> bool:
        """Slack does not know the upload any more, and nobody was shown it: the next try uploads anew."""
        return self._changes.change(row, {"file_id": None}, owner=owner, states=[DeliveryState.SENDING])

    def finish(self, arrived: Sequence[tuple[Delivery, Posted]], *, owner: str) -> int:
        """They arrived: keep where, and return how many rows that were.

        Holds for a row in doubt too, as long as nobody else has taken it.
        """
        with self._store.write_at_once() as connection:
            return self._finish.run(connection, arrived, owner=owner)

    def settle(self, row: Delivery, state: DeliveryState, reason: str, *, owner: str, is_lost: bool = False) -> bool:
        """It is not sent and will not be: suppressed or dead, with a few neutral words why.

        Of one that `is_lost` Slack's answer will never be known.
        """
        values = {"state": state.value, "last_error": reason}
        return self._changes.change(row, values, owner=owner, is_lost=is_lost)

    def put_back(
        self,
        row: Delivery,
        *,
        owner: str,
        pause_ms: int,
        reason: str,
        until: datetime | None = None,
        failed: bool = False,
        is_lost: bool = False,
    ) -> bool:
        """Pending again after a pause, or from `until` (program time) on.

        It certainly did not go this time; or it `is_lost`, nobody will ever know, and twice is better than never.
        """
        values: dict[str, Any] = {"state": DeliveryState.PENDING.value, "last_error": reason, "owner": None}
        if not row.was_asked:
            values["intent_at"] = None
        if until is not None:
            values["send_at"] = epoch_seconds(until)
        return self._changes.change(row, values, owner=owner, pause_ms=pause_ms, failed=failed, is_lost=is_lost)

    def doubt(
        self, row: Delivery, *, owner: str, pause_ms: int, reason: str | None = None, failed: bool = False
    ) -> bool:
        """Nobody knows whether it went: to be read back after the pause, and not sent again before.

        False for a row that never passed the fence: there is no doubt about it. No `reason` keeps the present one.
        """
        values: dict[str, Any] = {"state": DeliveryState.AMBIGUOUS.value, "lease_until": 0}
        if reason is not None:
            values["last_error"] = reason
        return self._changes.change(row, values, owner=owner, states=ASKED, pause_ms=pause_ms, failed=failed)


def _named(table: Table) -> Callable[[Iterable[Any]], Any]:
    """Gives the values of a row the names of its columns."""
    row = namedtuple("row", table.c.keys())  # type: ignore[misc]  # noqa: PYI024  the model says which
    return row._make


def _claim(table: Table, ready: Select[Any]) -> Prepared:
    taken = update(table).where(table.c.key.in_(ready.correlate(None)))
    lease = {"state": DeliveryState.CLAIMED.value, "owner": bindparam("holder"), "lease_until": REAL + CLAIM_LEASE_MS}
    return Prepared(taken.values(lease | {"claim": table.c.claim + 1}).returning(*table.c))


def _fence(table: Table, which: Which) -> ReturningUpdate[Any]:
    is_newest = or_(table.c.way != Way.UPDATE.value, ~which.is_outdone())
    passes = (which.is_ours(DeliveryState.CLAIMED), ~which.is_lease_over(), ~which.is_too_late(), is_newest)
    return (
        update(table)
        .where(*passes)
        .values(
            state=DeliveryState.SENDING.value,
            intent_at=REAL,
            told_at=bindparam("told", type_=BigInteger),
            lease_until=REAL + bindparam("lease", type_=BigInteger),
        )
        .returning(table.c.key)
    )
