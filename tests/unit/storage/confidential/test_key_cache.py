"""Opened data keys are kept for a few minutes and no longer."""

from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta

import pytest

from domain.ports import WrappedKey
from domain.sealing import SealError
from storage.confidential.data_keys import StoredDataKey
from storage.confidential.key_cache import KEPT_AT_MOST, KeyCache
from tests.fakes.clock import FakeClock

ALMOST = timedelta(minutes=5, seconds=-1)
SECOND = timedelta(seconds=1)


class Unwrapping:
    """Opens every key, and remembers for whom."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def __call__(self, stored: StoredDataKey) -> bytes:
        """The key's own id in bytes."""
        self.asked.append(stored.id)
        return stored.id.encode()


def a_stored_key(id: str = "key", *, blob: bytes = b"blob") -> StoredDataKey:  # noqa: A002
    wrapped = WrappedKey(key_id="kek", version=1, blob=blob)
    return StoredDataKey(id=id, scholar_id="scholar", record_class="booking", wrapped=wrapped, is_live=True)


def test_opened_key_is_kept_for_under_five_minutes() -> None:
    clock, unwrap = FakeClock(), Unwrapping()
    cache = KeyCache(clock)

    cache.opened(a_stored_key(), unwrap)
    clock.advance(ALMOST)

    assert (cache.opened(a_stored_key(), unwrap), unwrap.asked) == (b"key", ["key"])


def test_opened_key_after_five_minutes_is_asked_for_again_however_often_it_was_used() -> None:
    clock, unwrap = FakeClock(), Unwrapping()
    cache = KeyCache(clock)

    for _ in range(5):
        cache.opened(a_stored_key(), unwrap)
        clock.advance(timedelta(minutes=1))
    cache.opened(a_stored_key(), unwrap)

    assert unwrap.asked == ["key", "key"]


def test_opened_key_ages_by_monotonic_time_alone() -> None:
    clock, unwrap = FakeClock(), Unwrapping()
    cache = KeyCache(clock)

    cache.opened(a_stored_key(), unwrap)
    clock.shift(timedelta(days=1))
    clock.step(timedelta(days=-2))
    cache.opened(a_stored_key(), unwrap)

    assert unwrap.asked == ["key"]


def test_expired_keys_are_dropped_whoever_is_asked_for() -> None:
    clock, unwrap = FakeClock(), Unwrapping()
    cache = KeyCache(clock)

    cache.opened(a_stored_key("old"), unwrap)
    clock.advance(ALMOST)
    cache.opened(a_stored_key("new"), unwrap)
    clock.advance(SECOND)
    cache.drop_expired()

    assert len(cache) == 1


def test_key_number_65_takes_the_place_of_the_one_used_longest_ago() -> None:
    unwrap = Unwrapping()
    cache = KeyCache(FakeClock())
    for number in range(KEPT_AT_MOST):
        cache.opened(a_stored_key(str(number)), unwrap)

    cache.opened(a_stored_key("0"), unwrap)
    cache.opened(a_stored_key("one more"), unwrap)
    unwrap.asked.clear()
    cache.opened(a_stored_key("0"), unwrap)
    cache.opened(a_stored_key("1"), unwrap)

    assert (len(cache), unwrap.asked) == (64, ["1"])


def test_altered_row_is_not_taken_for_the_one_kept() -> None:
    unwrap = Unwrapping()
    cache = KeyCache(FakeClock())

    cache.opened(a_stored_key(), unwrap)
    cache.opened(a_stored_key(blob=b"another"), unwrap)

    assert unwrap.asked == ["key", "key"]


def test_failure_is_not_kept() -> None:
    unwrap = Unwrapping()
    cache = KeyCache(FakeClock())

    def fail(_stored: StoredDataKey) -> bytes:
        raise SealError

    with pytest.raises(SealError):
        cache.opened(a_stored_key(), fail)

    assert cache.opened(a_stored_key(), unwrap) == b"key"


def test_clear_forgets_every_key() -> None:
    cache = KeyCache(FakeClock())
    cache.opened(a_stored_key(), Unwrapping())

    cache.clear()

    assert len(cache) == 0


def test_threads_get_the_right_keys_and_keep_no_more_than_64() -> None:
    cache = KeyCache(FakeClock())

    def ask(seed: int) -> list[bytes]:
        return [cache.opened(a_stored_key(str(seed * place % 101)), Unwrapping()) for place in range(300)]

    with ThreadPoolExecutor(8) as pool:
        found = list(pool.map(ask, range(1, 9)))

    assert found == [[str(seed * place % 101).encode() for place in range(300)] for seed in range(1, 9)]
    assert len(cache) == KEPT_AT_MOST
