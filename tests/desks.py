"""The support desk over real stores, for tests of the use cases: no Slack, a clock that stands still, small ids.

    def test_something(house: House) -> None:        # runs twice: on SQLite and on PostgreSQL
        book_session(house.support, house.person("ada"), ...)

`sqlite_house` is the same on SQLite alone. The people are those of `put_small_program`; coaches and the community
manager work 9:00-17:00 on weekdays in London, and it is noon there, on a Monday.
"""

from collections import Counter
from dataclasses import dataclass

import pytest
from sqlalchemy import select

from domain.delivery import Delivery, DeliveryState
from domain.people import Person
from domain.times import instant_of
from services.desk import Desk, SupportDesk
from services.people import People
from services.scheduling.hours import save_hours
from storage.confidential.bookings import Booking, OccupiedCell
from storage.confidential.delivery import ConfidentialDelivery
from storage.confidential.once import ConfidentialOnce
from storage.delivery.rows import delivery_of
from storage.engine import REQUEST_LOCK_WAIT_SECONDS, Store, table_of
from storage.migrations import StoreName
from tests.builders.people import TEAM, account_of, put_small_program
from tests.builders.scheduling import hours_in
from tests.builders.sealing import a_sealer
from tests.engines import Stores
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds

LONDON = "Europe/London"
WEEKDAYS = dict.fromkeys(range(5), "9:00-17:00")
_booking, _cell = table_of(Booking), table_of(OccupiedCell)
_ledger, _once = table_of(ConfidentialDelivery), table_of(ConfidentialOnce)
SUPPORT = ("cleo", "dev", "eli")


@dataclass(slots=True, kw_only=True)
class House:
    """A small program at its desk. `stores` opens the databases once more, as another process would."""

    stores: Stores
    desk: Desk
    clock: FakeClock
    ids: FakeIds

    @property
    def support(self) -> SupportDesk:
        """The desk with the confidential store."""
        return self.desk.support

    def person(self, id: str) -> Person:  # noqa: A002
        """Somebody as they stand now. Raises `NotAllowed` when they are nobody."""
        return self.desk.people.who(account_of(id), TEAM)

    def bookings(self) -> list[tuple[str, str, str, str]]:
        """Scholar, staff member, start and status of every booking, in the order of their starts."""
        columns = (_booking.c.scholar_id, _booking.c.staff_id, _booking.c.starts_at, _booking.c.status)
        with self.stores.confidential.read() as connection:
            found = connection.execute(select(*columns).order_by(_booking.c.starts_at, _booking.c.scholar_id))
            return [(scholar_id, staff_id, label(start), status) for scholar_id, staff_id, start, status in found]

    def cells(self) -> Counter[str]:
        """How many five-minute cells are taken of whom."""
        with self.stores.confidential.read() as connection:
            return Counter(connection.execute(select(_cell.c.resource_id)).scalars())

    def messages(self, *states: DeliveryState) -> list[tuple[str, str, str, str]]:
        """Kind, reader, rung and time of sending of the ledger's rows in these states (pending unless told)."""
        wanted = [state.value for state in states or (DeliveryState.PENDING,)]
        columns = (_ledger.c.kind, _ledger.c.person_id, _ledger.c.rung, _ledger.c.send_at)
        with self.stores.confidential.read() as connection:
            found = connection.execute(select(*columns).where(_ledger.c.state.in_(wanted)))
            return sorted((kind, person_id, rung, label(send_at)) for kind, person_id, rung, send_at in found)

    def keys(self) -> list[str]:
        """The once-only keys that are kept."""
        with self.stores.confidential.read() as connection:
            return sorted(connection.execute(select(_once.c.key)).scalars())


def label(seconds: int) -> str:
    """An instant such as 2027-01-12T10:00Z."""
    return f"{instant_of(seconds):%Y-%m-%dT%H:%MZ}"


def ledger_rows(house: House, kind: str) -> list[Delivery]:
    """The confidential ledger's rows of a kind, as a composer sees them."""
    with house.stores.confidential.read() as connection:
        return [delivery_of(row) for row in connection.execute(select(_ledger).where(_ledger.c.kind == kind))]


def a_house(stores: Stores, *, clock: FakeClock | None = None) -> House:
    """Put the small program in, and give everybody in support their hours."""
    put_small_program(stores.program)
    house = another_house(stores, clock=clock)
    for id_ in SUPPORT:
        save_hours(house.support, house.person(id_), hours_in(LONDON, WEEKDAYS))
    return house


def another_house(
    stores: Stores,
    *,
    clock: FakeClock | None = None,
    ids: FakeIds | None = None,
    program: Store | None = None,
    confidential: Store | None = None,
) -> House:
    """A desk over stores that hold a program already, as another replica has one."""
    clock = clock or FakeClock()
    ids = ids or FakeIds()
    people = People(program or stores.program, clock, team_id=TEAM)
    store = confidential or stores.confidential
    support = SupportDesk(
        store=store,
        sealer=a_sealer(store, ids=ids, clock=clock),
        people=people,
        clock=clock,
        ids=ids,
        organizer="support@example.org",
    )
    desk = Desk(
        program=program or stores.program, people=people, clock=clock, ids=ids, team_id=TEAM, support_desk=support
    )
    return House(stores=stores, desk=desk, clock=clock, ids=ids)


def replica(house: House, *, lock_wait_seconds: float = REQUEST_LOCK_WAIT_SECONDS) -> House:
    """The same house in another process: connections and locks of its own, the same time."""
    program, confidential = (
        house.stores.open(which, lock_wait_seconds=lock_wait_seconds)
        for which in (StoreName.PROGRAM, StoreName.CONFIDENTIAL)
    )
    return another_house(house.stores, clock=house.clock, ids=house.ids, program=program, confidential=confidential)


@pytest.fixture
def house(stores: Stores) -> House:
    """A small program, on each engine in turn."""
    return a_house(stores)


@pytest.fixture
def sqlite_house(sqlite_stores: Stores) -> House:
    """A small program on SQLite."""
    return a_house(sqlite_stores)
