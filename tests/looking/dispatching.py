"""A dispatcher over two real ledgers and a fake Slack, with a clock that stands still until a test moves it.

office = Office.open(stores)
office.put(a_delivery("ada"))                      # into the program's ledger
office.put_support(a_delivery("bo"))               # into the confidential one
office.run(seconds=10)                             # dispatch each second, reconcile every thirty
assert office.messenger.keys() == [...]
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import timedelta

from domain.delivery import Composer, Delivery, NewDelivery, Outgoing, OutgoingFile, OutgoingMessage
from domain.ports import Message
from services.delivery import Dispatcher, Ledger
from services.delivery.ledger import Alert
from storage.confidential.delivery import ConfidentialDelivery
from storage.delivery import RealTime
from storage.engine import REQUEST_LOCK_WAIT_SECONDS, Store, table_of
from storage.migrations import StoreName
from storage.program.delivery import ProgramDelivery
from tests.builders.people import TEAM, account_of
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.fakes.messenger import FakeMessenger
from tests.fixtures.engines import Stores
from tests.looking.ledgers import LedgerBook, Real

POSTS_PER_MINUTE = 6000
RECONCILE_SECONDS = 30
BEAT_SECONDS = 10


def hello(delivery: Delivery) -> Outgoing:
    """A message that says what it is, and nothing about anybody."""
    return OutgoingMessage(Message(text=f"{delivery.kind} {delivery.rung}"))


def a_file(_delivery: Delivery) -> Outgoing:
    """A calendar file."""
    return OutgoingFile(filename="session.ics", title="Session", content=b"BEGIN:VCALENDAR")


COMPOSERS: Mapping[str, Composer] = {"news": hello, "other": hello, "file": a_file, "alert": hello}


@dataclass(slots=True, kw_only=True)
class Office:
    """One replica, and Slack."""

    stores: Stores
    clock: FakeClock
    messenger: FakeMessenger
    dispatcher: Dispatcher
    program: LedgerBook
    support: LedgerBook
    composers: dict[str, Composer]
    people: dict[str, str | None]
    alerts: list[str]

    @classmethod
    def open(
        cls,
        stores: Stores,
        *,
        clock: FakeClock | None = None,
        messenger: FakeMessenger | None = None,
        owner: str = "us",
        posts_per_minute: int = POSTS_PER_MINUTE,
        patience_seconds: float = 0.0,
        has_support: bool = True,
        lock_wait_seconds: float | None = None,
        alert: Alert | None = None,
        real: RealTime | None = None,
    ) -> "Office":
        """A replica; others share its clock and messenger. With a wait for locks it has connections of its own."""
        clock = clock or FakeClock()
        messenger = messenger or FakeMessenger(clock)
        program, support = _connected(stores, lock_wait_seconds)
        composers, people, alerts = dict(COMPOSERS), dict[str, str | None](), list[str]()
        dispatcher = Dispatcher(
            ledgers=_ledgers(program, support if has_support else None),
            program=program,
            workspace=TEAM,
            composers=composers,
            messenger=messenger,
            recipient=lambda person_id: people.get(person_id, account_of(person_id)),
            clock=clock,
            owner=owner,
            posts_per_minute=posts_per_minute,
            patience_seconds=patience_seconds,
            alert=alert or alerts.append,
            real=real or Real(clock),
        )
        return cls(
            stores=stores,
            clock=clock,
            messenger=messenger,
            dispatcher=dispatcher,
            program=_book(stores, clock, program, ProgramDelivery, "program"),
            support=_book(stores, clock, support, ConfidentialDelivery, "support"),
            composers=composers,
            people=people,
            alerts=alerts,
        )

    def another(self, owner: str, *, posts_per_minute: int = POSTS_PER_MINUTE) -> "Office":
        """Another replica on the same databases and the same Slack, or the same one after a restart."""
        return Office.open(
            self.stores,
            clock=self.clock,
            messenger=self.messenger,
            owner=owner,
            posts_per_minute=posts_per_minute,
            lock_wait_seconds=REQUEST_LOCK_WAIT_SECONDS,
        )

    def put(self, *rows: NewDelivery) -> list[str]:
        """Write rows into the program's ledger and return their keys."""
        return self.program.put(*rows)

    def put_support(self, *rows: NewDelivery) -> list[str]:
        """Write rows into the confidential ledger and return their keys."""
        return self.support.put(*rows)

    def run(self, *, seconds: int = 1) -> None:
        """Let time pass as the process would: dispatch each second, beat every ten, reconcile every thirty."""
        for second in range(1, seconds + 1):
            self.dispatcher.dispatch()
            self.clock.advance(timedelta(seconds=1))
            if second % BEAT_SECONDS == 0:
                self.dispatcher.beat()
            if second % RECONCILE_SECONDS == 0:
                self.dispatcher.reconcile()

    def texts(self) -> list[str]:
        """What was written, in order."""
        return [each.text for each in self.messenger.accepted]

    def recipients(self) -> list[str]:
        """Whose DMs were written to, in order."""
        return [each.channel.removeprefix("DU").lower() for each in self.messenger.accepted]

    def states(self) -> dict[str, str]:
        """State by key, of both ledgers."""
        return self.program.states() | self.support.states()


def count_posts(office: Office) -> list[int]:
    """Notes each try to post from now on."""
    tried: list[int] = []
    office.messenger.on_post = lambda: tried.append(1)
    return tried


def _connected(stores: Stores, lock_wait_seconds: float | None) -> tuple[Store, Store]:
    """The program's store and the confidential one; with connections of their own where a wait for locks is given."""
    if lock_wait_seconds is None:
        return stores.program, stores.confidential
    program, support = (stores.open(which, lock_wait_seconds=lock_wait_seconds) for which in StoreName)
    return program, support


def _ledgers(program: Store, support: Store | None) -> list[Ledger]:
    of_program = Ledger(program, table_of(ProgramDelivery))
    return [of_program] if support is None else [of_program, Ledger(support, table_of(ConfidentialDelivery))]


def _book(stores: Stores, clock: FakeClock, store: Store, model: type, name: str) -> LedgerBook:
    return LedgerBook(stores, clock, store=store, table=table_of(model), ids=FakeIds(f"{name}-{id(clock)}"))
