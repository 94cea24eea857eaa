"""What was given up: how it is listed, what may go again, and what comes along."""

from datetime import timedelta

import pytest

from domain.delivery import DeliveryState, delivery_key
from domain.times import epoch_seconds
from services.delivery import HeldMessages, Ledger, held_messages, send_again
from storage.delivery import HeldRows
from storage.delivery.queue import LEADERLESS
from tests.builders.deliveries import a_delivery
from tests.fakes.clock import NOON, FakeClock
from tests.looking.dispatching import Office
from tests.looking.ledgers import LedgerBook

SECOND = timedelta(seconds=1)
HOUR = timedelta(hours=1)


def test_held_rows_are_counted_by_kind_and_reason(book: LedgerBook) -> None:
    first, second, third = book.put(
        a_delivery("ada", due=NOON - HOUR), a_delivery("bo"), a_delivery("cleo", kind="other")
    )
    book.put(a_delivery("dev"))
    book.give_up(first)
    book.give_up(second)
    book.give_up(third, "user_disabled")

    held = book.held()

    assert held == [
        HeldRows("news", "msg_too_long", 2, 2, epoch_seconds(NOON - HOUR)),
        HeldRows("other", "user_disabled", 1, 1, epoch_seconds(NOON)),
    ]


def test_held_rows_say_how_many_have_expired_meanwhile(book: LedgerBook, clock: FakeClock) -> None:
    for person, life in (("ada", SECOND), ("bo", HOUR)):
        (key,) = book.put(a_delivery(person, expires_at=NOON + life))
        book.give_up(key)
    clock.advance(SECOND)

    assert book.held() == [HeldRows("news", "msg_too_long", 2, 1, epoch_seconds(NOON))]


def test_requeue_gives_a_held_row_a_fresh_start(book: LedgerBook) -> None:
    (key,) = book.put(a_delivery())
    row = book.claimed(key)
    book.queue.note_file(row, "F1", owner="us")
    book.queue.put_back(row, owner="us", pause_ms=0, reason="later", failed=True)
    book.give_up(key)

    number = book.requeue_held()

    stored = book.row(key)
    assert (number, book.head()) == (1, key)
    assert (stored.state, stored.attempt, stored.last_error, stored.file_id) == ("pending", 0, None, None)


@pytest.mark.parametrize(
    ("kind", "reason", "again"),
    [
        (None, None, ["ada", "bo", "cleo"]),
        ("news", None, ["ada", "bo"]),
        (None, "user_disabled", ["bo", "cleo"]),
        ("news", "user_disabled", ["bo"]),
        ("other", "msg_too_long", []),
        ("", None, []),
        ("news' OR 1=1 --", None, []),
    ],
)
def test_requeue_takes_those_of_the_kind_and_the_reason(
    book: LedgerBook, kind: str | None, reason: str | None, again: list[str]
) -> None:
    rows = {
        "ada": (a_delivery("ada"), "msg_too_long"),
        "bo": (a_delivery("bo"), "user_disabled"),
        "cleo": (a_delivery("cleo", kind="other"), "user_disabled"),
    }
    for row, why in rows.values():
        (key,) = book.put(row)
        book.give_up(key, why)

    number = book.requeue_held(kind=kind, reason=reason)

    states = book.states()
    pending = [person for person, (row, _) in rows.items() if states[delivery_key(row)] == "pending"]
    assert (number, pending) == (len(again), again)


def test_requeue_leaves_what_has_expired(book: LedgerBook, clock: FakeClock) -> None:
    (expired,) = book.put(a_delivery("ada", expires_at=NOON + SECOND))
    (refused,) = book.put(a_delivery("bo", expires_at=NOON + SECOND))
    book.give_up(refused)
    clock.advance(SECOND)
    book.queue.tidy(clock.now())

    number = book.requeue_held()

    assert number == 0
    assert book.states() == {expired: "dead", refused: "dead"}


def test_requeue_touches_no_row_in_another_state(book: LedgerBook) -> None:
    others = [state for state in DeliveryState if state is not DeliveryState.DEAD]
    keys = book.put(*(a_delivery(state.value) for state in others))
    for key, state in zip(keys, others, strict=True):
        book.set_state(key, state)

    number = book.requeue_held()

    assert number == 0
    assert book.states() == {key: state.value for key, state in zip(keys, others, strict=True)}


def test_requeue_twice_at_once_takes_each_row_once(book: LedgerBook) -> None:
    for key in book.put(a_delivery("ada"), a_delivery("bo")):
        book.give_up(key)

    numbers = [book.requeue_held(), book.rival().requeue_held()]

    assert numbers == [2, 0]


def test_requeue_brings_the_file_that_was_left_behind(book: LedgerBook, clock: FakeClock) -> None:
    message = a_delivery("ada")
    other = a_delivery("bo")
    files = [a_delivery(row.person_id, kind="file", after=delivery_key(row)) for row in (message, other)]
    leader, _, *followers = book.put(message, other, *files)
    book.give_up(leader)
    book.give_up(delivery_key(other), "user_disabled")
    book.queue.tidy(clock.now())
    left_behind = [book.row(key).last_error for key in followers]

    number = book.requeue_held(reason="msg_too_long")

    assert left_behind == [LEADERLESS, LEADERLESS]
    assert number == 1
    assert [book.states()[key] for key in (leader, *followers)] == ["pending", "pending", "suppressed"]


def test_held_messages_of_both_stores_are_told_apart_and_go_again(office: Office) -> None:
    (ours,) = office.put(a_delivery("ada"))
    (theirs,) = office.put_support(a_delivery("bo", kind="other"))
    office.program.give_up(ours)
    office.support.give_up(theirs, "user_disabled")
    books = {"program": office.program, "confidential": office.support}
    ledgers = {name: Ledger(book.store, book.table) for name, book in books.items()}

    held = held_messages(ledgers, now=NOON)
    number = send_again(ledgers, kind=None, reason=None, now=NOON)
    office.run()

    assert held == [
        HeldMessages(store="program", kind="news", reason="msg_too_long", number=1, sendable=1, oldest=NOON),
        HeldMessages(store="confidential", kind="other", reason="user_disabled", number=1, sendable=1, oldest=NOON),
    ]
    assert number == 2
    assert sorted(office.texts()) == ["news once", "other once"]
