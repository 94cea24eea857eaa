"""`scholarbot run` in processes of its own: it ends in order, and killed it loses nothing and sends what is due."""

import os
import signal
import tempfile
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from pathlib import Path

import httpx
import pytest
from sqlalchemy import select

from bot.clock import SystemClock
from bot.ids import RandomIds
from domain.errors import StoreAway, StoreBusy
from domain.people import Role
from domain.times import tzdata_version
from handlers import texts
from sandbox.client import Actor, Payload, SandboxClient
from sandbox.seed import Seed, SeedUser
from services.desk import SupportDesk
from services.hours.own import save_hours
from services.people import People
from services.rules.book import RuleBook
from storage.confidential.bookings import Booking
from storage.confidential.identity import open_sealer
from storage.confidential.keys import open_key_ring
from storage.engine import table_of
from storage.migrations import StoreName
from tests.acting.steps import fill_booking, told
from tests.builders.people import TEAM, account_of, address_of, put_person, put_program
from tests.builders.scheduling import hours_in
from tests.fixtures.engines import PostgresqlTemplates, Stores
from tests.fixtures.processes import Installation, an_installation
from tests.fixtures.products import Product, a_workspace

NEWS = [texts.messages.SESSION_BOOKED, texts.messages.SESSION_FILE]
SCHOLARS = tuple(f"scholar{number}" for number in range(6))
COACHES = ("cleo", "dev")
FIRST_DAY, LAST_DAY = "2020-01-01", "2099-12-31"
CONFIRMED: Payload = {"error": None, "errors": {}, "detail": None}
SOON_SECONDS = 60
LOOK_SECONDS = 0.05


@pytest.fixture(params=["sqlite_stores", pytest.param("postgresql_stores", marks=pytest.mark.soak)])
def staffed(request: pytest.FixtureRequest, tmp_path: Path, workspace_process: SandboxClient) -> Installation:
    """On each engine in turn: six scholars, and two coaches at work around the clock."""
    return put_people(
        an_installation(tmp_path, workspace_process, request.getfixturevalue(request.param), seed=crowd())
    )


@pytest.fixture
def replicated(tmp_path: Path, workspace_process: SandboxClient, postgresql_stores: Stores) -> Installation:
    """The same on PostgreSQL alone."""
    return put_people(an_installation(tmp_path, workspace_process, postgresql_stores, seed=crowd()))


def test_a_stopped_bot_ends_in_order_and_another_goes_on_where_it_was(staffed: Installation) -> None:
    scholar = staffed.workspace.as_user("scholar0")
    with staffed.running() as bot:
        start = fill_booking(scholar, staff="cleo")
        outcome = scholar.submit()
        status = bot.stop()
    with staffed.running():
        soon(lambda: told(scholar) == NEWS and told(staffed.workspace.as_user("cleo")) == NEWS)

    assert outcome == CONFIRMED
    assert status == 0
    assert starts(staffed.stores) == [int(start)]
    assert "Traceback" not in bot.log()


def test_a_bot_killed_under_load_loses_no_booking_it_confirmed_and_tells_of_each_once(staffed: Installation) -> None:
    scholars = [staffed.workspace.as_user(name) for name in SCHOLARS]
    with staffed.running() as bot, ThreadPoolExecutor(len(scholars)) as pool:
        for scholar in scholars:
            fill_booking(scholar)
        submissions = [pool.submit(scholar.submit) for scholar in scholars]
        soon(lambda: CONFIRMED in [each.result() for each in submissions if each.done()])
        bot.kill()
        outcomes = [each.result() for each in submissions]
    confirmed = {scholar.id for scholar, outcome in zip(scholars, outcomes, strict=True) if outcome == CONFIRMED}
    booked = booked_by(staffed.stores)
    with staffed.running():
        soon(lambda: sum(told(scholar) == NEWS for scholar in scholars) >= len(booked))
        everything = {scholar.id: told(scholar) for scholar in scholars}

    assert confirmed
    assert confirmed <= booked
    assert everything == {scholar.id: NEWS if scholar.id in booked else [] for scholar in scholars}


def test_two_replicas_serve_one_workspace_and_book_a_time_once(replicated: Installation) -> None:
    scholars = [replicated.workspace.as_user(name) for name in SCHOLARS]
    with replicated.running(), replicated.running(sockets=2), ThreadPoolExecutor(len(scholars)) as pool:
        for scholar in scholars:
            fill_booking(scholar, staff="cleo")
        outcomes = list(pool.map(Actor.submit, scholars))
        soon(lambda: told(replicated.workspace.as_user("cleo")) == NEWS)
        soon(lambda: NEWS in [told(scholar) for scholar in scholars])
        everything = sorted(told(scholar) for scholar in scholars)

    assert len(starts(replicated.stores)) == 1
    refusals = [sentence for outcome in outcomes for sentence in outcome["errors"].values()]
    assert [sentence.startswith("That time has just been taken.") for sentence in refusals] == [True] * 5
    assert everything == [[]] * 5 + [NEWS]


def test_over_http_a_bot_books_and_reports_health(
    tmp_path: Path, workspace_process: SandboxClient, sqlite_stores: Stores
) -> None:
    made = put_people(an_installation(tmp_path, workspace_process, sqlite_stores, seed=crowd()))
    made.changes |= {"SLACK_MODE": "http", "SLACK_APP_TOKEN": "unset"}
    with made.running() as bot:
        made.workspace.reset(crowd(request_url=f"{bot.url}/slack/events"))
        scholar = made.workspace.as_user("scholar0")
        fill_booking(scholar)
        outcome = scholar.submit()
        soon(lambda: told(scholar) == NEWS)
        ready = httpx.get(f"{bot.url}/readyz", trust_env=False).json()
        status = bot.stop()

    assert outcome["errors"] == {}
    assert ready == {"ok": True, "problems": {}}
    assert status == 0
    assert f"tzdata={tzdata_version()}" in bot.log()


def test_a_refreshed_socket_is_replaced_and_the_bot_goes_on(product: Product) -> None:
    assert product.sockets is not None
    client = product.sockets.client
    old = client.session_id()
    product.workspace.refresh_sockets()
    soon(lambda: client.session_id() != old)  # Slack's warning comes ten seconds before the end
    product.workspace.advance(11)

    soon(lambda: can_book(product))


@pytest.mark.soak
def test_a_socket_that_broke_off_is_opened_anew(product: Product) -> None:
    product.workspace.cut_sockets()
    soon(lambda: sockets_of(product) == 0)

    soon(lambda: can_book(product))

    assert sockets_of(product) == 1


def test_a_store_locked_by_another_process_is_busy_and_nothing_is_half_done(product: Product) -> None:
    fill_booking(product.scholar)
    with product.stores.open(StoreName.CONFIDENTIAL).write():
        busy = product.scholar.submit()
        while_locked = starts(product.stores)

    again = product.scholar.submit()
    product.deliver()

    assert list(busy["errors"].values()) == [StoreBusy().message]
    assert while_locked == []
    assert again["errors"] == {}
    assert told(product.scholar) == NEWS


def test_a_stopped_database_is_told_and_the_bot_recovers_when_it_is_back(
    tmp_path: Path, workspace_process: SandboxClient
) -> None:
    with own_postgresql() as (server, stores):
        made = put_people(an_installation(tmp_path, workspace_process, stores, seed=crowd()))
        scholar = made.workspace.as_user("scholar0")
        with made.running() as bot:
            fill_booking(scholar)
            server.halt()
            away = scholar.submit()
            readiness = httpx.get(f"{bot.url}/readyz", trust_env=False).json()
            server.resume()
            soon(lambda: httpx.get(f"{bot.url}/readyz", trust_env=False).is_success)
            again = scholar.submit()
            soon(lambda: told(scholar) == NEWS)
            assert bot.process.poll() is None

    assert list(away["errors"].values()) == [StoreAway().message]
    assert readiness == {"ok": False, "problems": dict.fromkeys(("program", "confidential"), "does not answer")}
    assert again["errors"] == {}


class OwnServer(PostgresqlTemplates):
    """A PostgreSQL that a test may stop without harm to others."""

    def __init__(self, folder: Path) -> None:
        super().__init__(folder)
        self.folder = folder

    def halt(self) -> None:
        """Stop it as a power cut does."""
        lines = (self.folder / "postmaster.pid").read_text().splitlines()
        os.kill(int(lines[0]), signal.SIGQUIT)
        soon(lambda: not (self.folder / "postmaster.pid").exists())

    def resume(self) -> None:
        """Start it again."""
        self._server.start()


@contextmanager
def own_postgresql() -> Iterator[tuple[OwnServer, Stores]]:
    folder = Path(tempfile.mkdtemp(prefix="pg-"))
    server = OwnServer(folder)
    stores = server.fresh()
    yield server, stores
    stores.close()
    server.stop()


def crowd(*, request_url: str | None = None) -> Seed:
    """The accounts of six scholars and two coaches."""
    seed = a_workspace(transport="http" if request_url else "socket", request_url=request_url)
    seed.users = [
        SeedUser(id=account_of(name), name=name, real_name=name.title(), email=address_of(name))
        for name in (*SCHOLARS, *COACHES)
    ]
    seed.channels[0].members = [*SCHOLARS, *COACHES]
    return seed


def put_people(made: Installation) -> Installation:
    """Put the crowd on the roster for good, the coaches with hours."""
    put_program(made.stores.program)
    for name in SCHOLARS:
        put_person(made.stores.program, name, first_day=FIRST_DAY, last_day=LAST_DAY)
    clock, ids, store = SystemClock(), RandomIds(), made.stores.confidential
    keys = open_key_ring("file", file=made.key_file, value="")
    people = People(made.stores.program, clock, team_id=TEAM)
    sealer = open_sealer(store, keys=keys, ids=ids, clock=clock)
    desk = SupportDesk(
        store=store,
        sealer=sealer,
        people=people,
        clock=clock,
        ids=ids,
        organizer="support@example.org",
        rules=RuleBook(made.stores.program),
    )
    for name in COACHES:
        put_person(made.stores.program, name, Role.COACH, first_day=FIRST_DAY, last_day=LAST_DAY)
        save_hours(desk, people.who(account_of(name), TEAM), hours_in("UTC", "0:00-24:00"))
    return made


def starts(stores: Stores) -> list[int]:
    """When the sessions that stand begin."""
    table = table_of(Booking)
    with stores.confidential.read() as connection:
        return list(connection.execute(select(table.c.starts_at)).scalars())


def booked_by(stores: Stores) -> set[str]:
    """The accounts of scholars who have a session."""
    table = table_of(Booking)
    with stores.confidential.read() as connection:
        return {account_of(id_) for id_ in connection.execute(select(table.c.scholar_id)).scalars()}


def can_book(product: Product) -> bool:
    """Whether the form opens for somebody who tries now."""
    return sockets_of(product) > 0 and product.scholar.slash("/support book") == CONFIRMED


def sockets_of(product: Product) -> int:
    return int(product.workspace.state()["apps"][0]["sockets"])


def soon(is_so: Callable[[], bool]) -> None:
    """Wait until it is so."""
    deadline = time.monotonic() + SOON_SECONDS
    while not is_so():
        if time.monotonic() > deadline:
            raise TimeoutError("it did not come about")
        time.sleep(LOOK_SECONDS)
