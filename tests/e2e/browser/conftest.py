"""A Chromium and a workspace with its page, for tests that look at the product as people do.

def test_something(seat: Seats, page_product: Product) -> None:
    ada = seat("ada")                                # a browser of her own, signed in
    ada.type("/support book")
"""

from collections.abc import Callable, Iterator

import pytest
from playwright.sync_api import Browser, expect, sync_playwright

from sandbox.client import SandboxClient
from sandbox.launch import running_sandbox
from sandbox.seed import Seed
from tests.builders.people import account_of
from tests.chromium import launch_options, obtain, this_machine
from tests.e2e.browser.seat import PATIENCE_MS, Seat
from tests.fixtures.engines import Stores
from tests.fixtures.products import Product, a_workspace, running_product

ZONES = {"ada": "Asia/Kolkata", "bo": "Europe/Berlin", "cleo": "America/New_York"}
ELSEWHERE = "Pacific/Auckland"
"""Where the browser is: nobody's zone, so that only the signed-in person's own can explain what is shown."""

Seats = Callable[[str], Seat]


@pytest.fixture(scope="session")
def chromium_path() -> str:
    """Found, never skipped: `make test` has installed one."""
    return obtain(this_machine())


@pytest.fixture(scope="module")
def chromium(chromium_path: str) -> Iterator[Browser]:
    """One for each file: Playwright keeps an event loop running, which other tests must not meet."""
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(**launch_options(chromium_path))
        expect.set_options(timeout=PATIENCE_MS)
        yield browser
        browser.close()


@pytest.fixture(scope="session")
def page_process() -> Iterator[SandboxClient]:
    """A workspace with its page, for all tests of a worker."""
    with running_sandbox(Seed(), page=True) as client:
        yield client
        client.close()


@pytest.fixture
def page_product(page_process: SandboxClient, sqlite_stores: Stores) -> Iterator[Product]:
    """The product in that workspace."""
    seed = a_workspace()
    for user in seed.users:
        user.tz = ZONES.get(user.name, user.tz)
    with running_product(page_process, sqlite_stores, seed=seed) as running:
        yield running


@pytest.fixture
def seat(chromium: Browser, page_product: Product) -> Iterator[Seats]:
    """Sits somebody down at a browser of their own, signed in."""
    contexts = []

    def sit(name: str) -> Seat:
        context = chromium.new_context(viewport={"width": 1280, "height": 800}, timezone_id=ELSEWHERE)
        context.set_default_timeout(PATIENCE_MS)
        contexts.append(context)
        return Seat(context.new_page(), f"{page_product.workspace.url}/as/{account_of(name)}")

    yield sit
    for context in contexts:
        context.close()
