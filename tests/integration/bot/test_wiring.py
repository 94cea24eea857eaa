"""What `build` puts together that no other test would miss."""

from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.calendars import WebCalendarReader
from bot.calendars.fetching import Fetcher
from handlers import texts
from sandbox.client import SandboxClient
from services.feeds.own import add_feed, own_feeds
from storage.migrations import StoreName
from tests.builders.calendars import ADDRESS
from tests.builders.people import TEAM
from tests.fixtures.engines import Stores
from tests.fixtures.products import Product, running_product


@pytest.fixture
def bare_product(workspace_process: SandboxClient, sqlite_stores: Stores) -> Iterator[Product]:
    """The product without the confidential store."""
    with running_product(workspace_process, sqlite_stores, has_support=False) as running:
        yield running


def test_opened_data_keys_are_let_go_every_minute(product: Product) -> None:
    sealer = product.runtime.desk.support.sealer

    ticks = {tick.name: (tick.seconds, tick.run) for tick in product.runtime.ticks}

    assert ticks["keys"] == (60, sealer.drop_expired_keys)


def test_without_the_confidential_store_there_are_no_keys_to_let_go(bare_product: Product) -> None:
    assert "keys" not in {tick.name for tick in bare_product.runtime.ticks}


def test_reader_of_the_product_reaches_no_machine_of_ours() -> None:
    assert WebCalendarReader().fetcher == Fetcher(may_be_local=False)


def test_calendars_that_are_not_to_be_read_are_forgotten_and_not_offered(
    workspace_process: SandboxClient, sqlite_stores: Stores
) -> None:
    with running_product(workspace_process, sqlite_stores) as running:
        cleo, support = running.runtime.desk.people.who("UCLEO", TEAM), running.runtime.desk.support
        add_feed(support, cleo, ADDRESS, request_key="add")

    with running_product(workspace_process, sqlite_stores, is_empty=True, reads_calendars=False) as running:
        running.tick("calendars")
        running.coach.open("/hours", texts.hours.TITLE)
        shown = str(running.coach.modal())

    assert own_feeds(support, cleo) == ()
    assert texts.hours.WHY_NOTHING in shown
    assert texts.calendars.OPEN not in shown


@pytest.mark.parametrize("away", StoreName)
def test_metrics_tell_which_store_answers_and_leave_out_what_they_cannot_read(
    product: Product, away: StoreName
) -> None:
    break_off(product, away)

    answer = httpx.get(f"{product.url}/metrics", trust_env=False)

    up = {line for line in answer.text.splitlines() if line.startswith("scholarbot_store_up{")}
    assert answer.status_code == httpx.codes.OK
    assert up == {f'scholarbot_store_up{{store="{which}"}} {float(which is not away)}' for which in StoreName}
    assert ("scholarbot_members_age_seconds{" in answer.text) == (away is not StoreName.PROGRAM)
    assert 'scholarbot_screens{outcome="dropped"} 0.0' in answer.text


def break_off(product: Product, which: StoreName) -> None:
    """Let a database be gone: where its file was is a folder."""
    store = {StoreName.PROGRAM: product.stores.program, StoreName.CONFIDENTIAL: product.stores.confidential}[which]
    store.dispose()
    file = Path(str(store.engine.url.database))
    file.rename(file.with_suffix(".away"))
    file.mkdir()
