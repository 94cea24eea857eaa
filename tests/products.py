"""The whole product in this process, connected to a local workspace by Socket Mode, with a clock that stands still.

    def test_something(product: Product) -> None:
        product.scholar.slash("/support book")
        product.deliver()                            # what the ledgers hold for now
        product.advance(timedelta(hours=24))

Everything is real but the clock, the ids and the keys: slack_bolt, sockets, stores. `http_product` is reached by signed
HTTP instead, `postgresql_product` keeps its stores in PostgreSQL, `each_product` is all three in turn. The people are
those of `put_small_program` with the hours of `tests.desks`.
"""

import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import timedelta
from typing import Any

import pytest
from slack_sdk import WebClient
from sqlalchemy import update

from bot.manifest import manifest
from bot.messenger import TIMEOUT_SECONDS, SlackMessenger
from bot.sockets import socket_handler
from bot.web import Site, WebServer
from bot.wiring import Confidential, Options, Outside, Runtime, build
from bot.workspace import identify
from sandbox.client import Actor, Payload, SandboxClient
from sandbox.seed import Seed, SeedApp, SeedChannel, SeedUser
from storage.confidential.delivery import ConfidentialDelivery
from storage.delivery import DeliveryQueue, real_time
from storage.engine import table_of
from storage.program.delivery import ProgramDelivery
from tests.builders.people import TEAM, account_of, address_of
from tests.builders.sealing import a_sealer
from tests.desks import a_house
from tests.engines import Stores
from tests.fakes.clock import FakeClock
from tests.fakes.ids import FakeIds
from tests.ports import free_port

BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "xoxb-test", "xapp-test", "a test's signing secret"
PEOPLE = ("max", "ada", "bo", "cleo", "dev", "eli", "sam")
POSTS_PER_MINUTE = 6000
ENOUGH_CYCLES = 50
ENOUGH_SECONDS = 20
MOMENT_SECONDS = 0.01
SECOND_MS = 1000


@dataclass(slots=True, kw_only=True)
class Product:
    """The running product and the workspace it is in."""

    runtime: Runtime
    workspace: SandboxClient
    stores: Stores
    clock: FakeClock
    web: WebServer

    @property
    def url(self) -> str:
        """Where health and metrics are, and in HTTP mode Slack's requests go."""
        return f"http://127.0.0.1:{self.web.port}"

    @property
    def scholar(self) -> Actor:
        """Ada, whose mentor is Max."""
        return self.actor("ada")

    @property
    def coach(self) -> Actor:
        """Cleo."""
        return self.actor("cleo")

    def actor(self, id: str) -> Actor:  # noqa: A002
        """Somebody in the workspace."""
        return self.workspace.as_user(id)

    def deliver(self) -> None:
        """Send everything that is due now, each person's messages a second apart."""
        for _ in range(ENOUGH_CYCLES):
            self.runtime.dispatcher.dispatch()
            if not any(self._is_waiting(queue) for queue in self._queues()):
                return
            self._let_a_second_pass()
        raise AssertionError("the ledgers do not become empty")

    def _let_a_second_pass(self) -> None:
        self.clock.advance(timedelta(seconds=1))
        if not self.stores.program.is_sqlite:
            # Gaps and pauses are measured by the database's own clock there; so its marks move back instead.
            self._move_marks_back()

    def _move_marks_back(self) -> None:
        pairs = (
            (self.stores.program, table_of(ProgramDelivery)),
            (self.stores.confidential, table_of(ConfidentialDelivery)),
        )
        for store, table in pairs:
            earlier = {table.c[name]: table.c[name] - SECOND_MS for name in ("intent_at", "not_before")}
            with store.write() as connection:
                connection.execute(update(table).values(earlier))

    def _queues(self) -> tuple[DeliveryQueue, DeliveryQueue]:
        real = real_time(self.clock)
        return (
            DeliveryQueue(self.stores.program, table_of(ProgramDelivery), real),
            DeliveryQueue(self.stores.confidential, table_of(ConfidentialDelivery), real),
        )

    def _is_waiting(self, queue: DeliveryQueue) -> bool:
        return queue.oldest_due(self.clock.now()) is not None

    def advance(self, by: timedelta) -> None:
        """Let time pass, do what comes with it in the background, and send what is due."""
        self.clock.advance(by)
        self.tick("members", "sweep", "plan", "beat")
        self.deliver()

    def change_account(self, id: str, **changes: Any) -> None:  # noqa: A002
        """Change somebody's Slack account, and see the product take it in."""
        before = len(self.workspace.deliveries("event"))
        self.workspace.change_user(account_of(id), **changes)
        _soon(lambda: len(self.workspace.deliveries("event")) > before)

    def calls_after(self, before: int, number: int) -> list[Payload]:
        """The calls after so many, once there are this many: screens are shown after the acknowledgement."""
        _soon(lambda: len(self.workspace.calls()) >= before + number)
        return self.workspace.calls()[before:]

    def tick(self, *names: str) -> None:
        """Do what the process does again and again, now."""
        for tick in self.runtime.ticks:
            if tick.name in names:
                tick.run()


def _soon(is_there: Callable[[], bool]) -> None:
    deadline = time.monotonic() + ENOUGH_SECONDS
    while not is_there():
        if time.monotonic() > deadline:
            raise TimeoutError("it did not come about")
        time.sleep(MOMENT_SECONDS)


def a_workspace(*, transport: str = "socket", request_url: str | None = None, scopes: list[str] | None = None) -> Seed:
    """The small program's accounts, a channel, and the bot installed."""
    users = [SeedUser(id=account_of(id_), name=id_, real_name=id_.title(), email=address_of(id_)) for id_ in PEOPLE]
    app = SeedApp(
        manifest=manifest(),
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
        signing_secret=SIGNING_SECRET,
        transport="http" if transport == "http" else "socket",
        request_url=request_url,
        granted_scopes=scopes,
    )
    return Seed(team_id=TEAM, users=users, channels=[SeedChannel(name="general", members=list(PEOPLE))], apps=[app])


@contextmanager
def running_product(
    workspace: SandboxClient,
    stores: Stores,
    *,
    is_empty: bool = False,
    seed: Seed | None = None,
    is_http: bool = False,
    has_support: bool = True,
) -> Iterator[Product]:
    """The product, connected. With `is_empty` nobody is on the roster yet; `has_support` is the confidential store."""
    port = free_port()
    url = f"http://127.0.0.1:{port}"
    transport = "http" if is_http else "socket"
    workspace.clear_faults()
    workspace.reset(seed or a_workspace(transport=transport, request_url=f"{url}/slack/events" if is_http else None))
    clock = FakeClock()
    if not is_empty:
        a_house(stores, clock=clock)
    runtime = _built(workspace, stores, clock, has_support=has_support)
    with ExitStack() as stack:
        stack.callback(runtime.close)
        runtime.members.refresh()
        web = _served(runtime, port, is_http=is_http)
        stack.callback(web.stop)
        if not is_http:
            stack.callback(_connect(runtime, workspace))
        yield Product(runtime=runtime, workspace=workspace, stores=stores, clock=clock, web=web)


def _built(workspace: SandboxClient, stores: Stores, clock: FakeClock, *, has_support: bool) -> Runtime:
    client = WebClient(token=BOT_TOKEN, base_url=workspace.api_url, timeout=TIMEOUT_SECONDS, retry_handlers=[])
    ids = FakeIds("product")
    sealer = a_sealer(stores.confidential, ids=ids, clock=clock)
    outside = Outside(
        clock=clock,
        ids=ids,
        messenger=SlackMessenger(client),
        client=client,
        workspace=identify(client),
        program=stores.program,
        confidential=Confidential(store=stores.confidential, sealer=sealer) if has_support else None,
    )
    options = Options(organizer="support@example.org", signing_secret=SIGNING_SECRET, posts_per_minute=POSTS_PER_MINUTE)
    return build(outside, options)


def _served(runtime: Runtime, port: int, *, is_http: bool) -> WebServer:
    site = Site(
        runtime.app if is_http else None,
        signing_secret=SIGNING_SECRET,
        health=runtime.health,
        readiness=runtime.readiness,
        metrics=runtime.metrics,
    )
    web = WebServer(site, host="127.0.0.1", port=port, threads=4)
    web.start()
    return web


def _connect(runtime: Runtime, workspace: SandboxClient) -> Callable[[], None]:
    handler = socket_handler(runtime.app, APP_TOKEN)
    handler.connect()  # type: ignore[no-untyped-call]  # slack_bolt leaves it without annotations

    def disconnect() -> None:
        # Left alone its threads look up every one and three seconds only; so each gets something to look at.
        client = handler.client
        client.auto_reconnect_enabled = False
        workspace.cut_sockets()
        client.closed = True
        client.message_processor.event.set()
        client.enqueue_message("{}")
        handler.close()  # type: ignore[no-untyped-call]  # slack_bolt leaves it without annotations

    return disconnect


@pytest.fixture
def product(workspace_process: SandboxClient, sqlite_stores: Stores) -> Iterator[Product]:
    """The product on SQLite."""
    with running_product(workspace_process, sqlite_stores) as running:
        yield running


@pytest.fixture
def http_product(workspace_process: SandboxClient, sqlite_stores: Stores) -> Iterator[Product]:
    """The product on SQLite, reached by signed HTTP."""
    with running_product(workspace_process, sqlite_stores, is_http=True) as running:
        yield running


@pytest.fixture
def postgresql_product(workspace_process: SandboxClient, postgresql_stores: Stores) -> Iterator[Product]:
    """The product on PostgreSQL."""
    with running_product(workspace_process, postgresql_stores) as running:
        yield running


@pytest.fixture(params=["product", "http_product", "postgresql_product"])
def each_product(request: pytest.FixtureRequest) -> Product:
    """The product in each of its shapes in turn: on SQLite, reached by HTTP, on PostgreSQL."""
    found: Product = request.getfixturevalue(request.param)
    return found
