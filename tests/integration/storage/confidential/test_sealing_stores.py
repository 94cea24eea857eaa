"""Sealing on both engines: who wins a race, what another process can open, and what survives a rollback."""

import threading
from concurrent.futures import ThreadPoolExecutor

import pytest
from sqlalchemy import select

from storage.confidential import data_keys
from storage.confidential.sealing import Sealer
from storage.engine import Store
from storage.migrations import StoreName
from tests.acting.waiting import wait_until_blocked
from tests.builders.sealing import a_sealer, an_identity, opened_in, sealed_in
from tests.fakes.ids import FakeIds
from tests.fixtures.engines import Stores

RIVALS = 6
WORDS = "a private word"
WAIT_SECONDS = 20


def rival_sealers(stores: Stores) -> list[tuple[Store, Sealer]]:
    """As many processes would have: each a store of its own, a cache of its own."""
    opened = [stores.open(StoreName.CONFIDENTIAL, lock_wait_seconds=WAIT_SECONDS) for _ in range(RIVALS)]
    return [(store, a_sealer(store, ids=FakeIds(f"rival-{number}"))) for number, store in enumerate(opened)]


def data_key_ids(store: Store) -> list[str]:
    with store.read() as connection:
        return list(connection.execute(select(data_keys.table.c.id)).scalars())


def test_text_sealed_by_one_process_is_opened_by_another(stores: Stores) -> None:
    sealed = sealed_in(stores.confidential, a_sealer(stores.confidential), WORDS)

    rival = stores.open(StoreName.CONFIDENTIAL)

    assert opened_in(rival, a_sealer(rival), sealed) == WORDS


def test_first_seals_at_the_same_time_share_one_data_key(stores: Stores) -> None:
    rivals = rival_sealers(stores)
    ready = threading.Barrier(RIVALS)

    def first_seal(number: int) -> bytes:
        store, sealer = rivals[number]
        ready.wait(WAIT_SECONDS)
        return sealed_in(store, sealer, f"words {number}", identity=an_identity(record_id=f"booking-{number}"))

    with ThreadPoolExecutor(RIVALS) as pool:
        sealed = list(pool.map(first_seal, range(RIVALS)))

    assert len(data_key_ids(stores.confidential)) == 1
    for store, sealer in rivals:
        for number, blob in enumerate(sealed):
            identity = an_identity(record_id=f"booking-{number}")
            assert opened_in(store, sealer, blob, identity=identity) == f"words {number}"


@pytest.mark.parametrize("is_kept", [True, False], ids=["committed", "rolled back"])
def test_second_first_seal_waits_for_the_first_and_takes_what_stands(
    postgresql_stores: Stores, *, is_kept: bool
) -> None:
    """Only PostgreSQL lets two write at once; the later one must end with a data key that is really there."""
    (one, sealer), (other, other_sealer), *_ = rival_sealers(postgresql_stores)

    with ThreadPoolExecutor(1) as pool:
        with one.engine.connect() as connection, connection.begin() as transaction:
            first = sealer.seal(connection, "first words", identity=an_identity())
            late = pool.submit(sealed_in, other, other_sealer, WORDS)
            wait_until_blocked(postgresql_stores.confidential)
            transaction.commit() if is_kept else transaction.rollback()
        second = late.result(WAIT_SECONDS)

    fresh = a_sealer(postgresql_stores.confidential, ids=FakeIds("fresh"))
    assert opened_in(postgresql_stores.confidential, fresh, second) == WORDS
    assert len(data_key_ids(postgresql_stores.confidential)) == 1
    if is_kept:
        assert opened_in(postgresql_stores.confidential, fresh, first) == "first words"
