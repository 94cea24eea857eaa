"""A ledger under test: puts rows in, moves them, and tells what became of them.

    book = LedgerBook(stores, clock)
    key, = book.put(a_delivery("ada"))
    book.queue.claim(...)
    assert book.states() == {key: "claimed"}

Real time is the fake clock's on PostgreSQL too, so that a test can let a lease run out.
"""

from datetime import datetime
from typing import Any

from sqlalchemy import Connection, Table, select, update

from domain.delivery import Delivery, DeliveryState, NewDelivery, delivery_key
from domain.ports import Clock
from domain.times import epoch_seconds
from storage.delivery import DeliveryQueue, HeldRows, enqueue, held_rows, requeue_held
from storage.engine import Store, table_of
from storage.migrations import StoreName
from storage.program.delivery import ProgramDelivery
from tests.fakes.ids import FakeIds
from tests.fixtures.engines import Stores

LEASE_MS = 30_000


class LedgerBook:
    """One ledger of one store, as a replica named `owner` works with it."""

    def __init__(
        self,
        stores: Stores,
        clock: Clock,
        *,
        store: Store | None = None,
        table: Table | None = None,
        owner: str = "us",
        ids: FakeIds | None = None,
    ) -> None:
        self.stores = stores
        self.clock = clock
        self.owner = owner
        self.store = store or stores.program
        self.table = table_of(ProgramDelivery) if table is None else table
        self.queue = DeliveryQueue(self.store, self.table, Real(clock))
        self._ids = ids or FakeIds("marker")

    def rival(self, owner: str = "them") -> "LedgerBook":
        """Another replica on the same database, with connections of its own."""
        store = self.stores.open(StoreName.PROGRAM)
        return LedgerBook(self.stores, self.clock, store=store, table=self.table, owner=owner)

    def put(self, *rows: NewDelivery) -> list[str]:
        """Write the rows and return their keys."""
        self.enqueue(*rows)
        return [delivery_key(row) for row in rows]

    def enqueue(self, *rows: NewDelivery) -> int:
        """Write the rows and return how many were new."""
        with self.store.write() as connection:
            return enqueue(connection, self.table, rows, ids=self._ids, now=self.clock.now())

    def claim(self, key: str) -> Delivery | None:
        """Claim a row."""
        return next(iter(self.queue.claim([key], owner=self.owner, now=self.clock.now())), None)

    def claimed(self, key: str) -> Delivery:
        """Claim a row that is there to be claimed."""
        row = self.claim(key)
        assert row is not None
        return row

    def fence(self, row: Delivery) -> bool:
        """Pass the fence with a row."""
        return self.queue.fence([row], owner=self.owner, lease_ms=LEASE_MS, now=self.clock.now()) == {row.key}

    def sending(self, key: str) -> Delivery:
        """A row that has passed the fence."""
        row = self.claimed(key)
        assert self.fence(row)
        return row

    def doubtful(self, key: str) -> Delivery:
        """A row that nobody knows about."""
        row = self.sending(key)
        assert self.queue.doubt(row, owner=self.owner, pause_ms=0, reason="reset", failed=True)
        return row

    def claim_doubtful(self) -> tuple[Delivery, int] | None:
        """Take a row in doubt."""
        return self.queue.doubts.claim(owner=self.owner, lease_ms=LEASE_MS)

    def give_up(self, key: str, reason: str = "msg_too_long") -> None:
        """Hold a row that is due, as when Slack refuses it for good."""
        assert self.queue.settle(self.claimed(key), DeliveryState.DEAD, reason, owner=self.owner)

    def held(self) -> list[HeldRows]:
        """What was given up."""
        return held_rows(self.store, self.table, now=self.clock.now())

    def requeue_held(self, *, kind: str | None = None, reason: str | None = None) -> int:
        """Let what was given up be sent again."""
        return requeue_held(self.store, self.table, kind=kind, reason=reason, now=self.clock.now())

    def set_state(self, key: str, state: DeliveryState) -> None:
        """Put a row into a state, whatever it was."""
        with self.store.write() as connection:
            connection.execute(update(self.table).where(self.table.c.key == key).values(state=state.value))

    def set_intent(self, key: str, at_ms: int) -> None:
        """Let Slack have been asked about a row at this real millisecond."""
        with self.store.write() as connection:
            connection.execute(update(self.table).where(self.table.c.key == key).values(intent_at=at_ms))

    def set_expiry(self, key: str, at: datetime) -> None:
        """Let a row's time end at this instant."""
        with self.store.write() as connection:
            which = self.table.c.key == key
            connection.execute(update(self.table).where(which).values(expires_at=epoch_seconds(at)))

    def row(self, key: str) -> Any:
        """The stored row."""
        with self.store.read() as connection:
            return connection.execute(select(self.table).where(self.table.c.key == key)).one()

    def key_of(self, person_id: str) -> str:
        """Key of the only row for this person."""
        (key,) = [row.key for row in self._rows() if row.person_id == person_id]
        return str(key)

    def states(self) -> dict[str, str]:
        """State by key."""
        return {row.key: row.state for row in self._rows()}

    def states_of_rungs(self) -> dict[str, str]:
        """State by rung."""
        return {row.rung: row.state for row in self._rows()}

    def head(self) -> str | None:
        """Key of what would be sent next."""
        return next((head.key for head in self.queue.reading.heads(self.clock.now(), most=1)), None)

    def _rows(self) -> Any:
        with self.store.read() as connection:
            return connection.execute(select(self.table)).all()


class Real:
    """Milliseconds of a clock's real time, whatever the engine."""

    def __init__(self, clock: Clock) -> None:
        self._clock = clock

    def __call__(self, connection: Connection) -> int:
        """See `storage.delivery.RealTime`."""
        return self.told(connection)

    def told(self, _connection: Connection) -> int:
        """See `storage.delivery.RealTime`."""
        return int(self._clock.wall().timestamp() * 1000)
