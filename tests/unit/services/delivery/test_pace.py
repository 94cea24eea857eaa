"""The token bucket and the bar, as rows that all replicas share."""

from datetime import timedelta

import pytest

from storage.engine import Store
from storage.program import pace_queries
from storage.program.pace_queries import BAR_MAX_MS, Bucket
from tests.fixtures.engines import Stores
from tests.looking.queries import queries_of

BUCKET = Bucket("T1", "chat.postMessage", 250, 3)
NOW = 1_800_000_000_000
HOUR_MS = int(timedelta(hours=1).total_seconds() * 1000)


@pytest.fixture
def store(sqlite_stores: Stores) -> Store:
    return sqlite_stores.program


@pytest.fixture(params=["at once", "a closer look"], autouse=True)
def is_quick(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> bool:
    """What holds for tokens that are taken after a look at their row holds for those taken by one statement."""
    if request.param == "a closer look":
        monkeypatch.setattr(pace_queries, "take_all", lambda *_given, **_named: False)
    return bool(request.param == "at once")


def take(store: Store, at: int, bucket: Bucket = BUCKET, most: int = 1) -> int:
    """As `Pace.take` does."""
    with store.write() as connection:
        if pace_queries.take_all(connection, bucket, real=at, number=most):
            return most
    with store.write() as connection:
        return pace_queries.take_tokens(connection, bucket, real=at, most=most)


def at_hand(store: Store, at: int, bucket: Bucket = BUCKET, most: int = 10) -> int:
    with store.read() as connection:
        return pace_queries.at_hand(connection, bucket, real=at, most=most)


def comes_in(store: Store, at: int) -> int | None:
    with store.read() as connection:
        return pace_queries.comes_in_ms(connection, BUCKET, real=at)


def bar(store: Store, until: int, *, at: int = NOW) -> None:
    with store.write() as connection:
        pace_queries.bar(connection, BUCKET, real=at, wait_ms=until - at)


def test_burst_goes_at_once_and_then_one_each_interval(store: Store) -> None:
    taken = [take(store, NOW) for _ in range(4)]

    assert taken == [1, 1, 1, 0]
    times = [NOW + 249, NOW + 250, NOW + 250, NOW + 499, NOW + 500]
    assert [take(store, at) for at in times] == [0, 1, 0, 0, 1]


def test_several_are_taken_together_as_far_as_they_go(store: Store) -> None:
    taken = [take(store, NOW, most=2), take(store, NOW, most=2), take(store, NOW, most=2)]

    assert taken == [2, 1, 0]
    assert [take(store, NOW + 499, most=10), take(store, NOW + 750, most=10)] == [1, 2]


def test_all_that_are_asked_for_are_taken_by_one_statement_once_the_row_is_there(
    store: Store,
    is_quick: bool,  # noqa: FBT001  a fixture
) -> None:
    take(store, NOW - HOUR_MS)

    with queries_of(store) as asked:
        taken = [take(store, NOW, most=2), take(store, NOW + 250, most=2)]

    assert taken == [2, 2]
    assert len(asked) == (2 if is_quick else 4)


def test_after_a_quiet_spell_no_more_than_the_burst_goes(store: Store) -> None:
    take(store, NOW)

    assert take(store, NOW + HOUR_MS, most=10) == 3


def test_what_is_at_hand_is_told_without_taking(store: Store) -> None:
    before = [at_hand(store, NOW) for _ in range(5)]
    take(store, NOW, most=2)

    assert before == [3] * 5
    later = [at_hand(store, at) for at in (NOW, NOW + 249, NOW + 250, NOW + 500)]
    assert later == [1, 1, 2, 3]
    assert at_hand(store, NOW + 500, most=2) == 2


def test_when_the_next_one_comes_is_told_to_the_millisecond(store: Store) -> None:
    at_first = comes_in(store, NOW)
    take(store, NOW, most=2)
    with_one_left = comes_in(store, NOW)
    take(store, NOW)

    assert (at_first, with_one_left) == (0, 0)
    assert [comes_in(store, NOW + late) for late in (0, 1, 249, 250, HOUR_MS)] == [250, 249, 1, 0, 0]
    assert at_hand(store, NOW + 249) == 0
    assert at_hand(store, NOW + 250) == 1


def test_when_the_next_one_comes_is_not_told_while_slack_has_asked_us_to_wait(store: Store) -> None:
    bar(store, NOW + 30_000)

    assert [comes_in(store, NOW), comes_in(store, NOW + 29_999), comes_in(store, NOW + 30_000)] == [None, None, 0]


def test_without_a_pace_all_that_are_asked_for_are_there(store: Store) -> None:
    unhurried = BUCKET._replace(interval_ms=0)

    assert (at_hand(store, NOW, unhurried, most=25), take(store, NOW, unhurried, most=25)) == (25, 25)
    assert take(store, NOW, unhurried, most=25) == 25


def test_bar_holds_everybody_until_it_is_over(store: Store) -> None:
    bar(store, NOW + 30_000)

    assert [at_hand(store, NOW), at_hand(store, NOW + 29_999), at_hand(store, NOW + 30_000)] == [0, 0, 3]
    assert [take(store, NOW), take(store, NOW + 29_999), take(store, NOW + 30_000)] == [0, 0, 1]


def test_shorter_bar_changes_nothing(store: Store) -> None:
    bar(store, NOW + 30_000)
    bar(store, NOW + 5000)

    assert [take(store, NOW + 29_999), take(store, NOW + 30_000)] == [0, 1]


def test_other_method_and_workspace_have_buckets_of_their_own(store: Store) -> None:
    bar(store, NOW + 30_000)

    others = [BUCKET._replace(method="conversations.history"), BUCKET._replace(workspace="T2")]
    assert [take(store, NOW, other) for other in others] == [1, 1]


def test_clock_set_back_does_not_stop_sending(store: Store) -> None:
    take(store, NOW, most=3)

    taken = [take(store, NOW - HOUR_MS) for _ in range(4)]

    assert taken == [1, 1, 1, 0]


def test_bar_from_before_the_clock_was_set_back_is_void(store: Store) -> None:
    bar(store, NOW + 1000)

    earlier = [NOW - BAR_MAX_MS + passed for passed in (0, 1000, 60_000, BAR_MAX_MS - 10_000)]
    assert [at_hand(store, at) for at in earlier] == [3] * 4
    assert take(store, NOW - BAR_MAX_MS + 60_000) == 1


def test_bar_that_was_over_is_void_when_the_clock_is_set_back(store: Store) -> None:
    bar(store, NOW + 1000)
    take(store, NOW + 60_000)

    assert take(store, NOW + 60_000 - BAR_MAX_MS) == 1


def test_new_bar_holds_though_an_older_one_seems_longer_since_the_clock_was_set_back(store: Store) -> None:
    bar(store, NOW + 30_000)
    earlier = NOW - BAR_MAX_MS

    bar(store, earlier + 5000, at=earlier)

    assert [take(store, earlier), take(store, earlier + 4999), take(store, earlier + 5000)] == [0, 0, 1]
