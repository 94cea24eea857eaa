"""The token bucket and the bar, as rows that all replicas share."""

from datetime import timedelta

import pytest

from storage.engine import Store
from storage.program import pace_queries
from storage.program.pace_queries import BAR_MAX_MS, Bucket
from tests.fixtures.engines import Stores

BUCKET = Bucket("T1", "chat.postMessage", 250, 3)
NOW = 1_800_000_000_000
HOUR_MS = int(timedelta(hours=1).total_seconds() * 1000)


@pytest.fixture
def store(sqlite_stores: Stores) -> Store:
    return sqlite_stores.program


def take(store: Store, at: int, bucket: Bucket = BUCKET) -> int:
    with store.write() as connection:
        return pace_queries.take_token(connection, bucket, real=at)


def wait(store: Store, at: int) -> int:
    with store.read() as connection:
        return pace_queries.wait_ms(connection, BUCKET, real=at)


def bar(store: Store, until: int, *, at: int = NOW) -> None:
    with store.write() as connection:
        pace_queries.bar(connection, BUCKET, real=at, wait_ms=until - at)


def test_burst_goes_at_once_and_then_one_each_interval(store: Store) -> None:
    waits = [take(store, NOW) for _ in range(4)]

    assert waits == [0, 0, 0, 250]
    assert [take(store, NOW + 250), take(store, NOW + 250), take(store, NOW + 500)] == [0, 250, 0]


def test_wait_is_told_without_taking(store: Store) -> None:
    before = [wait(store, NOW) for _ in range(5)]
    for _ in range(3):
        take(store, NOW)

    assert before == [0] * 5
    assert wait(store, NOW) == 250


def test_bar_holds_everybody_until_it_is_over(store: Store) -> None:
    bar(store, NOW + 30_000)

    assert [take(store, NOW), take(store, NOW + 29_999), take(store, NOW + 30_000)] == [30_000, 1, 0]


def test_shorter_bar_changes_nothing(store: Store) -> None:
    bar(store, NOW + 30_000)
    bar(store, NOW + 5000)

    assert take(store, NOW) == 30_000


def test_other_method_and_workspace_have_buckets_of_their_own(store: Store) -> None:
    bar(store, NOW + 30_000)

    others = [BUCKET._replace(method="conversations.history"), BUCKET._replace(workspace="T2")]
    assert [take(store, NOW, other) for other in others] == [0, 0]


def test_clock_set_back_does_not_stop_sending(store: Store) -> None:
    for _ in range(3):
        take(store, NOW)

    waits = [take(store, NOW - HOUR_MS) for _ in range(4)]

    assert waits == [0, 0, 0, 250]


def test_bar_from_before_the_clock_was_set_back_is_void(store: Store) -> None:
    bar(store, NOW + 1000)

    assert [wait(store, NOW - BAR_MAX_MS + passed) for passed in (0, 1000, 60_000, BAR_MAX_MS - 10_000)] == [0] * 4
    assert take(store, NOW - BAR_MAX_MS + 60_000) == 0


def test_bar_that_was_over_is_void_when_the_clock_is_set_back(store: Store) -> None:
    bar(store, NOW + 1000)
    take(store, NOW + 60_000)

    assert take(store, NOW + 60_000 - BAR_MAX_MS) == 0


def test_new_bar_holds_though_an_older_one_seems_longer_since_the_clock_was_set_back(store: Store) -> None:
    bar(store, NOW + 30_000)
    earlier = NOW - BAR_MAX_MS

    bar(store, earlier + 5000, at=earlier)

    assert [wait(store, earlier), wait(store, earlier + 5000)] == [5000, 0]
