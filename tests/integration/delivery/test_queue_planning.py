"""The DeliveryQueue's conformance suite, first part: what is planned, once, and what is taken back."""

from datetime import timedelta

import pytest

from domain.delivery import DeliveryState, NewDelivery, Tier
from storage.confidential.delivery import ConfidentialDelivery
from storage.delivery import advance_watermark, cancel, watermark
from storage.engine import table_of
from storage.program.delivery import ProgramDelivery, ProgramWatermark
from tests.builders.deliveries import a_delivery
from tests.fakes.clock import NOON, FakeClock
from tests.fixtures.engines import Stores
from tests.looking.ledgers import LedgerBook

HOUR = timedelta(hours=1)
planned = table_of(ProgramWatermark)


def test_enqueue_of_the_same_message_again_changes_nothing(book: LedgerBook) -> None:
    (key,) = book.put(a_delivery(object_version=1))
    before = book.row(key)

    added = book.enqueue(a_delivery(object_version=2, send_at=NOON + HOUR, tier=Tier.CRITICAL))

    assert added == 0
    assert book.row(key) == before


def test_enqueue_counts_only_what_is_new(book: LedgerBook) -> None:
    book.put(a_delivery("ada"))

    added = book.enqueue(a_delivery("ada"), a_delivery("bo"), a_delivery("cleo"))

    assert added == 2
    assert sorted(book.states().values()) == ["pending"] * 3


def test_enqueue_of_a_key_that_was_ever_used_leaves_the_row_as_it_is(book: LedgerBook) -> None:
    rows = [a_delivery(f"person-{state}") for state in DeliveryState]
    keys = book.put(*rows)
    for key, state in zip(keys, DeliveryState, strict=True):
        book.set_state(key, state)

    added = book.enqueue(*rows)

    assert added == 0
    assert book.states() == dict(zip(keys, [state.value for state in DeliveryState], strict=True))


@pytest.mark.parametrize(
    "other",
    [
        a_delivery("bo"),
        a_delivery(kind="other"),
        a_delivery(object_id="other"),
        a_delivery(rung="other"),
        a_delivery(due=NOON + HOUR),
    ],
    ids=["person", "kind", "object", "rung", "effective due"],
)
def test_enqueue_of_another_message_adds_a_row(book: LedgerBook, other: NewDelivery) -> None:
    book.put(a_delivery())

    assert book.enqueue(other) == 1


def test_rows_have_markers_of_their_own_that_tell_nothing(book: LedgerBook) -> None:
    keys = book.put(a_delivery("ada"), a_delivery("bo"))

    assert [book.row(key).marker for key in keys] == ["marker-1", "marker-2"]


def test_rows_of_rivals_who_plan_the_same_are_there_once(book: LedgerBook) -> None:
    rival = book.rival()
    rows = [a_delivery(person) for person in ("ada", "bo", "cleo")]

    added = book.enqueue(*rows[:2]) + rival.enqueue(*rows) + book.enqueue(*rows)

    assert added == 3
    assert len(book.states()) == 3


def test_ledgers_of_both_stores_have_the_same_shape() -> None:
    program, confidential = table_of(ProgramDelivery), table_of(ConfidentialDelivery)

    shapes = [
        [(column.name, str(column.type), column.nullable) for column in table.c] for table in (program, confidential)
    ]

    assert shapes[0] == shapes[1]
    assert {index.name for index in program.indexes} == {index.name for index in confidential.indexes}


def test_confidential_ledger_does_what_the_program_ledger_does(ledgers: Stores, clock: FakeClock) -> None:
    book = LedgerBook(ledgers, clock, store=ledgers.confidential, table=table_of(ConfidentialDelivery))
    (key,) = book.put(a_delivery())

    row = book.sending(key)

    assert book.states() == {key: "sending"}
    assert row.person_id == "ada"


def test_cancel_takes_back_what_was_not_sent(book: LedgerBook) -> None:
    keys = book.put(*(a_delivery(f"person-{state}", object_id="talk") for state in DeliveryState))
    for key, state in zip(keys, DeliveryState, strict=True):
        book.set_state(key, state)

    with book.store.write() as connection:
        canceled = cancel(connection, book.table, object_id="talk", kinds=["news"], reason="moved")

    unsent = (DeliveryState.PENDING, DeliveryState.CLAIMED)
    assert canceled == 2
    assert [book.states()[key] for key in keys] == [
        "canceled" if state in unsent else state.value for state in DeliveryState
    ]


def test_cancel_leaves_other_objects_and_kinds(book: LedgerBook) -> None:
    keys = book.put(
        a_delivery(object_id="talk"), a_delivery(object_id="walk"), a_delivery(object_id="talk", kind="file")
    )

    with book.store.write() as connection:
        cancel(connection, book.table, object_id="talk", kinds=["news"], reason="moved")

    assert [book.states()[key] for key in keys] == ["canceled", "pending", "pending"]
    assert book.row(keys[0]).last_error == "moved"


def test_cancel_of_a_claimed_row_closes_the_fence(book: LedgerBook) -> None:
    (key,) = book.put(a_delivery())
    row = book.claimed(key)
    with book.store.write() as connection:
        cancel(connection, book.table, object_id="thing", kinds=["news"], reason="moved")

    is_passed = book.fence(row)

    assert not is_passed
    assert book.states() == {key: "canceled"}


def test_watermark_of_a_new_source_is_the_beginning_of_time(book: LedgerBook) -> None:
    with book.store.read() as connection:
        assert watermark(connection, planned, "reminders") == 0


def test_watermark_never_moves_back(book: LedgerBook) -> None:
    with book.store.write() as connection:
        for until in (100, 300, 200):
            advance_watermark(connection, planned, "reminders", until)
        advance_watermark(connection, planned, "another source", 50)

    with book.store.read() as connection:
        found = [watermark(connection, planned, source) for source in ("reminders", "another source")]

    assert found == [300, 50]
