"""What a week of support leaves where others may look: nothing about anybody, in the program store or the metrics."""

import re
from collections import Counter

import httpx
from prometheus_client.parser import text_string_to_metric_families
from prometheus_client.samples import Sample
from sqlalchemy import MetaData, select

from domain.delivery import DeliveryState
from handlers import texts
from handlers.ids import Shortcut
from handlers.reply import OpenView
from handlers.request import Kind
from handlers.screens import TRIGGER_LIFE_SECONDS
from services.late import TOO_SLOW
from storage.confidential.delivery import ConfidentialDelivery
from storage.engine import Store, table_of
from tests.acting.steps import told
from tests.acting.weeks import play_a_week
from tests.builders.payloads import a_shortcut, an_envelope
from tests.fixtures.products import PEOPLE, Product

LABELS: dict[str, set[str]] = {
    "kind": set(Kind),
    "outcome": {"answered", "refused", "failed", "dropped"},
    "state": {*DeliveryState, "read", "new", "failing"},  # of messages, and of calendars
    "store": {"program", "confidential"},
    "which": {"all", "oldest"},
}

OF_PROGRAM = (
    "audit",
    *("announcement", "announcement_reader", "announcement_unreached", "digest_item"),
    *("deadline", "deadline_person", "extension_request"),
    *("event", "event_guest", "event_talk"),
)
TOLD_BY_PROGRAM = ("announcement.", "deadline.", "digest", "event.")


def test_a_week_of_support_leaves_nothing_about_anybody_in_program_store_and_metrics(product: Product) -> None:
    before = {id_: rows_about(product.stores.program, id_) for id_ in PEOPLE}

    play_a_week(product)
    before["cleo"]["membership"] += 1  # the week makes a community manager of Cleo, too
    before["sue"].update(["membership", "person"])  # and somebody on staff of Sue
    press_too_late(product)
    product.deliver()
    product.tick("beat")

    assert {id_: rows_about(product.stores.program, id_) for id_ in PEOPLE} == before
    assert before["ada"] == {"member": 1, "membership": 1, "person": 1}
    assert readers_of(product.stores.confidential, TOO_SLOW) == ["ada"]
    assert told(product.scholar)[-1] == texts.trouble.TOO_SLOW
    samples = scraped(product)
    said = {(label, value) for sample in samples for label, value in sample.labels.items()}
    assert {(label, value) for label, value in said if value not in LABELS[label]} == set()
    assert {label for label, _ in said} == set(LABELS)
    assert sum(sample.value for sample in samples if sample.labels.get("outcome") == "answered") > len(PEOPLE)


def scraped(product: Product) -> list[Sample]:
    """What an operator's monitoring reads."""
    page = httpx.get(f"{product.url}/metrics", trust_env=False).text
    return [sample for family in text_string_to_metric_families(page) for sample in family.samples]


def press_too_late(product: Product) -> None:
    """A shortcut of Ada's that reaches its screen when Slack would not open it any more."""
    received = product.clock.monotonic() - TRIGGER_LIFE_SECONDS - 1
    press = an_envelope(Kind.SHORTCUT, Shortcut.BOOK, body=a_shortcut(Shortcut.BOOK), received=received)
    product.runtime.screens.show(press, (OpenView({"type": "modal"}),))
    product.runtime.close()


def rows_about(store: Store, person_id: str) -> Counter[str]:
    """How many rows of each table name somebody, by any id or address; but for what the program tells everybody."""
    tables = MetaData()
    with store.read() as connection:
        tables.reflect(connection)
        return Counter(
            table.name
            for table in tables.sorted_tables
            for row in connection.execute(table.select()).mappings()
            if not _is_of_program(table.name, row.get("kind"))
            and any(re.search(rf"\b{person_id}\b", str(value), re.IGNORECASE) for value in row.values())
        )


def _is_of_program(table: str, kind: object) -> bool:
    """What the program tells its people is there whether anybody has support or not."""
    return table in OF_PROGRAM or (table == "delivery" and str(kind).startswith(TOLD_BY_PROGRAM))


def readers_of(store: Store, kind: str) -> list[str]:
    table = table_of(ConfidentialDelivery)
    with store.read() as connection:
        return list(connection.execute(select(table.c.person_id).where(table.c.kind == kind)).scalars())
