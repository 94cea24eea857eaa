"""A store opens only with the keys it was sealed with; otherwise the start is refused and nothing is changed."""

import threading
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
from sqlalchemy import delete, select, update

from domain.ports import KeyRing
from domain.sealing import KeyProblem
from storage.confidential import data_keys, identity
from storage.confidential.keys import FileKeyRing, create_key_file
from storage.confidential.tables import metadata
from storage.engine import Store
from storage.migrations import StoreName
from tests.builders.keys import CREATED
from tests.builders.sealing import a_sealer, an_identity, opened_in, sealed_in
from tests.fakes.ids import FakeIds
from tests.fakes.keys import FakeKeyRing
from tests.fixtures.engines import Stores

WORDS = "a private word"
RIVALS = 6


def contents(store: Store) -> dict[str, list[tuple[object, ...]]]:
    """Every row of every table."""
    with store.read() as connection:
        return {
            name: sorted(tuple(row) for row in connection.execute(select(table)))
            for name, table in metadata.tables.items()
        }


def refusal(store: Store, keys: KeyRing) -> str:
    """Why the store does not open; whatever the reason, nothing in it may have changed."""
    before = contents(store)
    with pytest.raises(KeyProblem) as caught:
        a_sealer(store, keys=keys)
    assert contents(store) == before
    return str(caught.value)


def said_of(key_id: str, version: int, primary: str) -> str:
    return (
        f"The confidential store was sealed with key {key_id} version {version}, and the key provider cannot open it "
        f"with that: the key is missing, retired or another one of the same name (its primary key is {primary}). "
        "Bring back the right key, or name the right store. Nothing was changed."
    )


def test_sealing_key_is_known_without_it(stores: Stores) -> None:
    store = stores.confidential
    before = identity.sealing_key(store)
    sealer = a_sealer(store)
    first = FakeKeyRing().primary_key_id()
    sealed_in(store, sealer, WORDS)
    used = identity.sealing_key(store)
    with store.write() as connection:
        connection.execute(delete(identity.table))

    assert (before, used, identity.sealing_key(store)) == (None, first, first)


def test_store_without_tables_has_no_sealing_key(sqlite_stores: Stores, tmp_path: Path) -> None:
    assert identity.sealing_key(sqlite_stores.program) is None
    empty = Store(f"sqlite:///{tmp_path}/new.db")

    assert identity.sealing_key(empty) is None
    empty.dispose()


def test_store_keeps_its_identity_from_the_first_opening(stores: Stores) -> None:
    a_sealer(stores.confidential)
    first = contents(stores.confidential)

    a_sealer(stores.confidential, ids=FakeIds("later"))

    assert contents(stores.confidential) == first
    assert len(first["store_identity"]) == 1


def test_first_openings_at_the_same_time_agree_on_one_identity(stores: Stores) -> None:
    rivals = [stores.open(StoreName.CONFIDENTIAL, lock_wait_seconds=20) for _ in range(RIVALS)]
    ready = threading.Barrier(RIVALS)

    def first_use(number: int) -> bytes:
        ready.wait(20)
        sealer = a_sealer(rivals[number], ids=FakeIds(f"rival-{number}"))
        return sealed_in(rivals[number], sealer, WORDS)

    with ThreadPoolExecutor(RIVALS) as pool:
        sealed = list(pool.map(first_use, range(RIVALS)))

    sealer = a_sealer(stores.confidential)
    assert [opened_in(stores.confidential, sealer, blob) for blob in sealed] == [WORDS] * RIVALS


@pytest.mark.parametrize("has_text", [True, False], ids=["with text", "before any text"])
def test_store_does_not_open_with_another_key(stores: Stores, *, has_text: bool) -> None:
    sealer = a_sealer(stores.confidential)
    if has_text:
        sealed_in(stores.confidential, sealer, WORDS)

    assert refusal(stores.confidential, FakeKeyRing("other-key")) == said_of("fake-key", 1, "other-key")


def test_store_does_not_open_with_another_key_of_the_same_name(stores: Stores) -> None:
    sealed_in(stores.confidential, a_sealer(stores.confidential), WORDS)

    assert refusal(stores.confidential, FakeKeyRing(secret="another")) == said_of("fake-key", 1, "fake-key")


def test_store_does_not_open_with_another_key_file(stores: Stores, tmp_path: Path) -> None:
    paths = [tmp_path / "keys" / "right.json", tmp_path / "keys" / "wrong.json"]
    right, wrong = (create_key_file(path, now=CREATED) for path in paths)
    sealed = sealed_in(stores.confidential, a_sealer(stores.confidential, keys=FileKeyRing(paths[0])), WORDS)

    said = refusal(stores.confidential, FileKeyRing(paths[1]))

    assert said == said_of(right, 1, wrong)
    reopened = a_sealer(stores.confidential, keys=FileKeyRing(paths[0]))
    assert opened_in(stores.confidential, reopened, sealed) == WORDS


@pytest.mark.parametrize("lost", ["first", "second", "third"])
def test_store_does_not_open_when_a_key_that_some_data_needs_is_gone(stores: Stores, lost: str) -> None:
    keys, ids = FakeKeyRing("first"), FakeIds()
    for key_id in ("second", "third", "fourth"):
        sealer = a_sealer(stores.confidential, keys=keys, ids=ids)
        sealed_in(stores.confidential, sealer, WORDS, identity=an_identity(scholar_id=f"before {key_id}"))
        keys.rotate(key_id)
    a_sealer(stores.confidential, keys=keys)

    keys.lose(lost)

    assert refusal(stores.confidential, keys) == said_of(lost, 1, "fourth")


def test_store_that_lost_its_identity_does_not_open(stores: Stores) -> None:
    sealed_in(stores.confidential, a_sealer(stores.confidential), WORDS)
    with stores.confidential.write() as connection:
        connection.execute(delete(identity.table))

    assert refusal(stores.confidential, FakeKeyRing()) == (
        "The confidential store holds sealed data but has lost its identity, so nothing in it can be opened. "
        "Restore it from a backup. Nothing was changed."
    )


def test_store_with_the_identity_of_another_does_not_open(stores: Stores) -> None:
    a_sealer(stores.confidential)
    with stores.confidential.write() as connection:
        connection.execute(update(identity.table).values(store_id="another"))

    assert refusal(stores.confidential, FakeKeyRing()) == said_of("fake-key", 1, "fake-key")


def test_store_with_a_damaged_data_key_does_not_open(stores: Stores) -> None:
    sealed_in(stores.confidential, a_sealer(stores.confidential), WORDS)
    with stores.confidential.write() as connection:
        connection.execute(update(data_keys.table).values(blob=bytes(64)))

    assert refusal(stores.confidential, FakeKeyRing()) == said_of("fake-key", 1, "fake-key")
