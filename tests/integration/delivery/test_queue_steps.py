"""The DeliveryQueue's conformance suite, third part: every step of a row, who may make it, and what it leaves."""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta

import pytest
from sqlalchemy import select

from domain.delivery import Delivery, DeliveryState, Tier
from domain.ports import Posted
from storage.delivery.doubts import ENDED_WHILE_SENDING
from storage.engine import Store
from tests.builders.deliveries import a_delivery
from tests.fakes.clock import NOON, FakeClock
from tests.fixtures.engines import Stores
from tests.looking.ledgers import LEASE_MS, LedgerBook

SECOND = timedelta(seconds=1)
LEASE = timedelta(milliseconds=LEASE_MS)
PLACE = Posted(channel="D1", ts="1.2")

Step = Callable[[LedgerBook, Delivery], bool]
STEPS: dict[str, Step] = {
    "fence": lambda book, row: book.fence(row),
    "note file": lambda book, row: book.queue.note_file(row, "F1", owner=book.owner),
    "forget file": lambda book, row: book.queue.forget_file(row, owner=book.owner),
    "dispel": lambda book, row: book.queue.doubts.dispel(row, owner=book.owner, reason="it had not arrived"),
    "finish": lambda book, row: book.queue.finish([(row, PLACE)], owner=book.owner) == 1,
    "suppress": lambda book, row: book.queue.settle(row, DeliveryState.SUPPRESSED, "done", owner=book.owner),
    "put back": lambda book, row: book.queue.put_back(row, owner=book.owner, pause_ms=0, reason="later"),
    "doubt": lambda book, row: book.queue.doubt(row, owner=book.owner, pause_ms=0, reason="reset"),
}
ALLOWED = {
    "fence": {"claimed"},
    "note file": {"claimed"},
    "forget file": {"sending"},
    "dispel": {"ambiguous"},
    "finish": {"sending", "ambiguous"},
    "suppress": {"claimed", "sending", "ambiguous"},
    "put back": {"claimed", "sending", "ambiguous"},
    "doubt": {"sending", "ambiguous"},
}
"""In which states a row may make a step; a settled row makes none."""


@pytest.fixture
def key(book: LedgerBook) -> str:
    return book.put(a_delivery())[0]


def claimed_then_set(book: LedgerBook, states: Iterable[DeliveryState]) -> dict[DeliveryState, Delivery]:
    """One row of our own for each state, each to another person."""
    states = list(states)
    keys = book.put(*(a_delivery(f"person-{state}") for state in states))
    rows = dict(zip(states, [book.claimed(key) for key in keys], strict=True))
    for state, row in rows.items():
        book.set_state(row.key, state)
    return rows


@pytest.mark.parametrize("step", STEPS)
def test_step_is_made_in_the_states_it_belongs_to_and_in_no_other(book: LedgerBook, step: str) -> None:
    rows = claimed_then_set(book, DeliveryState)

    made = {state.value for state, row in rows.items() if STEPS[step](book, row)}

    assert made == ALLOWED[step]
    unmade = {rows[state].key: state.value for state in DeliveryState if state.value not in made}
    assert unmade.items() <= book.states().items()


@pytest.mark.parametrize("step", STEPS)
def test_step_of_an_older_claim_changes_nothing(book: LedgerBook, clock: FakeClock, step: str) -> None:
    rows = claimed_then_set(book, [DeliveryState.CLAIMED, DeliveryState.SENDING, DeliveryState.AMBIGUOUS])
    for state, row in rows.items():
        book.queue.put_back(row, owner="us", pause_ms=0, reason="later")
        book.claimed(row.key)
        book.set_state(row.key, state)
    clock.advance(SECOND)
    before = [book.row(row.key) for row in rows.values()]

    made = [STEPS[step](book, row) for row in rows.values()]

    assert made == [False] * 3
    assert [book.row(row.key) for row in rows.values()] == before


def test_steps_are_made_by_several_rows_together(book: LedgerBook) -> None:
    keys = book.put(a_delivery("ada"), a_delivery("bo"), a_delivery("cy"))
    theirs = book.rival().claimed(keys[1])

    rows = book.queue.claim([keys[2], keys[1], keys[0]], owner="us", now=book.clock.now())
    passed = book.queue.fence([*rows, theirs], owner="us", lease_ms=LEASE_MS, now=book.clock.now())
    arrived = [(row, Posted(channel=f"D{row.person_id}", ts=f"{number}.0")) for number, row in enumerate(rows)]
    written = book.queue.finish([*arrived, (theirs, PLACE)], owner="us")

    assert [row.key for row in rows] == [keys[2], keys[0]]
    assert (passed, written) == ({keys[0], keys[2]}, 2)
    assert book.states() == {keys[0]: "sent", keys[1]: "claimed", keys[2]: "sent"}
    assert [book.queue.reading.place_of(key) for key in keys] == [arrived[1][1], None, arrived[0][1]]


def test_of_several_rows_each_older_claim_stays_before_the_fence(book: LedgerBook, clock: FakeClock) -> None:
    keys = book.put(a_delivery("ada"), a_delivery("bo"))
    older = [book.claimed(key) for key in keys]
    book.queue.put_back(older[0], owner="us", pause_ms=0, reason="later")
    newer = book.claimed(keys[0])

    passed = book.queue.fence(older, owner="us", lease_ms=LEASE_MS, now=clock.now())

    assert (passed, newer.claim) == ({keys[1]}, 2)
    assert book.states() == {keys[0]: "claimed", keys[1]: "sending"}


def test_claim_gives_a_lease_and_a_number(book: LedgerBook, key: str, clock: FakeClock) -> None:
    row = book.claimed(key)

    stored = book.row(key)
    real = int(clock.wall().timestamp() * 1000)
    assert (stored.state, stored.owner, stored.claim, stored.lease_until) == ("claimed", "us", 1, real + LEASE_MS)
    assert (row.key, row.claim, row.attempt, row.person_id) == (key, 1, 0, "ada")


def test_claim_by_a_rival_of_a_claimed_row_gets_nothing(book: LedgerBook, key: str) -> None:
    book.claimed(key)

    assert book.rival().claim(key) is None


def test_claim_by_a_rival_after_the_lease_closes_the_fence_to_the_first(
    book: LedgerBook, key: str, clock: FakeClock
) -> None:
    slow = book.claimed(key)
    rival = book.rival()
    clock.advance(LEASE)
    rival.queue.doubts.recover()
    taken = rival.claimed(key)

    assert not book.fence(slow)
    assert rival.fence(taken)
    assert book.row(key).owner == "them"


def test_finish_keeps_where_the_message_is(book: LedgerBook, key: str) -> None:
    row = book.sending(key)

    assert book.queue.finish([(row, PLACE)], owner="us") == 1

    assert book.states() == {key: "sent"}
    assert book.queue.reading.place_of(key) == PLACE


def test_place_of_a_row_that_was_not_sent_is_nowhere(book: LedgerBook, key: str) -> None:
    assert book.queue.reading.place_of(key) is None
    assert book.queue.reading.place_of("no such key") is None


def test_put_back_with_an_instant_waits_for_program_time(book: LedgerBook, key: str, clock: FakeClock) -> None:
    until = NOON + timedelta(hours=8)
    book.queue.put_back(book.claimed(key), owner="us", pause_ms=0, reason="quiet hours", until=until)

    at_once = book.head()
    clock.shift(timedelta(hours=8))

    assert (at_once, book.head()) == (None, key)
    assert book.queue.reading.oldest_due(clock.now()) == 0


def test_put_back_counts_an_attempt_only_when_told(book: LedgerBook) -> None:
    keys = book.put(a_delivery("ada"), a_delivery("bo"))

    for key, failed in zip(keys, (True, False), strict=True):
        book.queue.put_back(book.claimed(key), owner="us", pause_ms=0, reason="later", failed=failed)

    assert [(book.row(key).attempt, book.row(key).last_error) for key in keys] == [(1, "later"), (0, "later")]


def test_doubt_without_a_reason_keeps_the_one_there_is(book: LedgerBook, key: str) -> None:
    book.doubtful(key)
    row, _ = book.claim_doubtful() or pytest.fail("nothing in doubt")

    book.queue.doubt(row, owner="us", pause_ms=30_000)

    assert book.queue.doubts.reason(row) == "reset"


def test_recover_leaves_rows_whose_lease_runs(book: LedgerBook, clock: FakeClock) -> None:
    keys = book.put(a_delivery("ada"), a_delivery("bo"))
    book.claimed(keys[0])
    book.sending(keys[1])
    clock.advance(LEASE - SECOND)

    recovered = book.queue.doubts.recover()

    assert recovered == 0
    assert [book.states()[key] for key in keys] == ["claimed", "sending"]


def test_recover_takes_a_claimed_row_back_and_doubts_a_sending_one(book: LedgerBook, clock: FakeClock) -> None:
    keys = book.put(a_delivery("ada"), a_delivery("bo"))
    book.claimed(keys[0])
    book.sending(keys[1])
    clock.advance(LEASE)

    recovered = book.rival().queue.doubts.recover()

    assert recovered == 2
    assert [book.states()[key] for key in keys] == ["pending", "ambiguous"]
    assert book.row(keys[1]).last_error == ENDED_WHILE_SENDING
    assert [book.row(key).attempt for key in keys] == [0, 1]


def test_claim_doubtful_gives_the_age_of_the_intent(book: LedgerBook, key: str, clock: FakeClock) -> None:
    book.doubtful(key)
    clock.advance(90 * SECOND)

    taken = book.claim_doubtful()

    assert taken is not None
    assert (taken[0].key, taken[1]) == (key, 90_000)


def test_claim_doubtful_is_for_one_replica_until_its_lease_is_over(
    book: LedgerBook, key: str, clock: FakeClock
) -> None:
    book.doubtful(key)
    rival = book.rival()
    first, _ = book.claim_doubtful() or pytest.fail("nothing in doubt")

    meanwhile = rival.claim_doubtful()
    clock.advance(LEASE)
    second = rival.claim_doubtful()

    assert meanwhile is None
    assert second is not None
    assert not book.queue.finish([(first, PLACE)], owner="us")
    assert rival.queue.finish([(second[0], PLACE)], owner="them")


def test_dispelled_row_is_as_if_slack_had_never_been_asked(book: LedgerBook, key: str, clock: FakeClock) -> None:
    book.doubtful(key)
    clock.advance(90 * SECOND)
    taken = book.claim_doubtful()
    assert taken is not None

    assert book.queue.doubts.dispel(taken[0], owner=book.owner, reason="it had not arrived")

    row = book.row(key)
    assert (row.state, row.last_error, row.owner, row.intent_at) == ("pending", "it had not arrived", None, None)
    assert book.claimed(key).was_asked is False


def test_claim_doubtful_waits_for_the_pause(book: LedgerBook, key: str, clock: FakeClock) -> None:
    row = book.sending(key)
    book.queue.doubt(row, owner="us", pause_ms=5000, reason="reset")

    at_once = book.claim_doubtful()
    clock.advance(5 * SECOND)

    assert at_once is None
    assert book.claim_doubtful() is not None


def test_finish_holds_for_a_row_that_was_doubted_meanwhile(book: LedgerBook, key: str, clock: FakeClock) -> None:
    row = book.sending(key)
    clock.advance(LEASE)
    book.rival().queue.doubts.recover()

    is_written = book.queue.finish([(row, PLACE)], owner="us") == 1

    assert is_written
    assert book.states() == {key: "sent"}


@pytest.mark.parametrize(("after_ms", "gap_ms"), [(0, 1000), (400, 600), (1000, 0), (60_000, 0)])
def test_gap_is_what_is_left_of_a_second(
    book: LedgerBook, key: str, clock: FakeClock, after_ms: int, gap_ms: int
) -> None:
    book.sending(key)
    clock.advance(timedelta(milliseconds=after_ms))

    assert book.queue.reading.gaps_ms(["ada", "bo"]) == ({"ada": gap_ms} if gap_ms else {})


def test_gap_to_somebody_never_written_to_is_nothing(book: LedgerBook, key: str) -> None:
    book.claimed(key)

    assert book.queue.reading.gaps_ms(["ada"]) == {}


def test_gap_is_nothing_when_the_clock_was_set_back(book: LedgerBook, key: str, clock: FakeClock) -> None:
    book.sending(key)

    clock.step(timedelta(hours=-1))

    assert book.queue.reading.gaps_ms(["ada"]) == {}


def test_claim_passes_over_a_row_that_a_rival_is_just_taking(postgresql_stores: Stores, clock: FakeClock) -> None:
    """Over two connections: the rival's transaction is open, and nobody waits for it."""
    book = LedgerBook(postgresql_stores, clock)
    (key,) = book.put(a_delivery())

    with locked(book.rival().store, book, key):
        taken = book.claim(key)

    assert taken is None
    assert book.claim(key) is not None


def test_claim_doubtful_passes_over_a_row_that_a_rival_is_just_taking(
    postgresql_stores: Stores, clock: FakeClock
) -> None:
    book = LedgerBook(postgresql_stores, clock)
    keys = book.put(a_delivery("ada", tier=Tier.CRITICAL), a_delivery("bo"))
    for key in keys:
        book.doubtful(key)

    with locked(book.rival().store, book, keys[0]):
        taken = book.claim_doubtful()

    assert taken is not None
    assert taken[0].key == keys[1]


@contextmanager
def locked(store: Store, book: LedgerBook, key: str) -> Iterator[None]:
    """Another connection's open transaction that has the row's lock."""
    with store.engine.connect() as connection:
        connection.execute(select(book.table.c.key).where(book.table.c.key == key).with_for_update())
        yield
        connection.rollback()
