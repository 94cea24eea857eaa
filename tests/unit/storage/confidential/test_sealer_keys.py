"""The data keys behind sealing: when one is made, which one opens, and how long it is remembered."""

import contextlib
from datetime import timedelta
from typing import cast

import pytest
from sqlalchemy import RowMapping, delete, func, select, update

from domain.sealing import RecordClass, SealError
from domain.times import epoch_seconds
from storage.confidential import data_keys
from storage.engine import Store
from tests.builders.sealing import OtherClass, a_sealer, an_identity, opened_in, sealed_in
from tests.fakes.clock import NOON, FakeClock
from tests.fakes.keys import FakeKeyRing
from tests.fixtures.engines import Stores

WORDS = "Nobody needs to know why."
TABLE = data_keys.table


class RollbackError(Exception):
    """Something went wrong after sealing."""


@pytest.fixture
def store(sqlite_stores: Stores) -> Store:
    return sqlite_stores.confidential


def rows_of(store: Store) -> list[RowMapping]:
    with store.read() as connection:
        return list(connection.execute(select(TABLE).order_by(TABLE.c.scholar_id, TABLE.c.id)).mappings())


def change_rows(store: Store, **values: object) -> None:
    with store.write() as connection:
        connection.execute(update(TABLE).values(**values))


def test_first_seal_makes_the_scholars_data_key(store: Store) -> None:
    clock = FakeClock()
    clock.shift(timedelta(days=9))

    sealed_in(store, a_sealer(store, clock=clock), WORDS)

    (row,) = rows_of(store)
    assert {name: row[name] for name in row if name not in ("id", "blob")} == {
        "program_id": "program-1",
        "scholar_id": "scholar-1",
        "record_class": "booking",
        "key_id": "fake-key",
        "key_version": 1,
        "created_at": epoch_seconds(NOON),
        "retired_at": None,
    }


def test_later_seals_share_the_scholars_data_key_and_another_scholar_has_another(store: Store) -> None:
    sealer = a_sealer(store)

    for scholar, record in (("scholar-1", "booking-1"), ("scholar-1", "booking-2"), ("scholar-2", "booking-3")):
        sealed_in(store, sealer, WORDS, identity=an_identity(scholar_id=scholar, record_id=record))

    assert [row["scholar_id"] for row in rows_of(store)] == ["scholar-1", "scholar-2"]


def test_another_class_of_record_has_another_data_key(store: Store) -> None:
    sealer = a_sealer(store)
    note = an_identity(record_class=cast("RecordClass", OtherClass.NOTE))

    for identity in (an_identity(), note, an_identity(), note):
        sealed_in(store, sealer, WORDS, identity=identity)

    assert sorted(row["record_class"] for row in rows_of(store)) == ["booking", "note"]


def test_open_makes_no_data_key(store: Store) -> None:
    sealer = a_sealer(store)
    sealed = sealed_in(store, sealer, WORDS)
    with store.write() as connection:
        connection.execute(delete(TABLE))

    with pytest.raises(SealError):
        opened_in(store, sealer, sealed)

    assert rows_of(store) == []


def test_seal_after_the_first_one_was_rolled_back_makes_a_key_that_stays(store: Store) -> None:
    """A data key that the cache remembered across the rollback would seal text that nothing can open any more."""
    sealer = a_sealer(store)
    with contextlib.suppress(RollbackError), store.write() as connection:
        sealer.seal(connection, WORDS, identity=an_identity())
        raise RollbackError
    assert rows_of(store) == []

    sealed = sealed_in(store, sealer, WORDS)

    assert len(rows_of(store)) == 1
    assert opened_in(store, a_sealer(store), sealed) == WORDS


def test_open_after_the_data_key_was_deleted_is_refused_at_once(store: Store) -> None:
    sealer = a_sealer(store)
    sealed = sealed_in(store, sealer, WORDS)
    assert opened_in(store, sealer, sealed) == WORDS  # so that the cache has it

    with store.write() as connection:
        connection.execute(delete(TABLE))

    with pytest.raises(SealError):
        opened_in(store, sealer, sealed)


@pytest.mark.parametrize(
    "change",
    [
        {"id": "another"},
        {"scholar_id": "scholar-2"},
        {"key_id": "another"},
        {"key_version": 2},
        {"blob": b""},
        {"blob": bytes(64)},
    ],
)
def test_data_key_row_that_was_altered_opens_nothing(store: Store, change: dict[str, object]) -> None:
    keys = FakeKeyRing()
    sealer = a_sealer(store, keys=keys)
    sealed = sealed_in(store, sealer, WORDS)
    keys.rotate()

    change_rows(store, **change)

    for scholar in ("scholar-1", "scholar-2"):
        with pytest.raises(SealError):
            opened_in(store, sealer, sealed, identity=an_identity(scholar_id=scholar))


def test_wraps_swapped_between_scholars_open_nothing(store: Store) -> None:
    sealer = a_sealer(store)
    identities = {scholar: an_identity(scholar_id=scholar, record_id=scholar) for scholar in ("scholar-1", "scholar-2")}
    sealed = {who: sealed_in(store, sealer, WORDS, identity=identity) for who, identity in identities.items()}
    first, second = rows_of(store)

    with store.write() as connection:
        for row, blob in ((first, second["blob"]), (second, first["blob"])):
            connection.execute(update(TABLE).where(TABLE.c.id == row["id"]).values(blob=blob))

    for who, identity in identities.items():
        with pytest.raises(SealError):
            opened_in(store, sealer, sealed[who], identity=identity)


class SameId:
    """An IdSource gone wrong."""

    def new(self) -> str:
        """See `domain.ports.IdSource`."""
        return "always-this"


def test_seal_that_cannot_make_its_own_data_key_is_refused(store: Store) -> None:
    sealer = a_sealer(store, ids=SameId())
    sealed_in(store, sealer, WORDS)

    with pytest.raises(SealError):
        sealed_in(store, sealer, WORDS, identity=an_identity(scholar_id="scholar-2"))

    assert [row["scholar_id"] for row in rows_of(store)] == ["scholar-1"]


def test_retired_data_key_still_opens_and_new_text_gets_a_new_one(store: Store) -> None:
    sealer = a_sealer(store)
    old = sealed_in(store, sealer, "old words")
    change_rows(store, retired_at=1)
    older = rows_of(store)[0]["id"]

    new = sealed_in(store, sealer, "new words")

    assert [opened_in(store, sealer, blob) for blob in (old, new)] == ["old words", "new words"]
    with store.write() as connection:
        connection.execute(delete(TABLE).where(TABLE.c.id == older))
    assert opened_in(store, sealer, new) == "new words"
    with pytest.raises(SealError):
        opened_in(store, sealer, old)


def test_data_keys_wrapped_before_a_rotation_still_open(store: Store) -> None:
    keys = FakeKeyRing()
    sealer = a_sealer(store, keys=keys)
    old = sealed_in(store, sealer, WORDS)

    keys.rotate()
    other = an_identity(scholar_id="scholar-2")
    new = sealed_in(store, sealer, WORDS, identity=other)

    fresh = a_sealer(store, keys=keys)
    assert [opened_in(store, fresh, old), opened_in(store, fresh, new, identity=other)] == [WORDS, WORDS]
    assert [row["key_version"] for row in rows_of(store)] == [1, 2]


def test_provider_is_asked_once_in_five_minutes(store: Store) -> None:
    keys, clock = FakeKeyRing(), FakeClock()
    sealer = a_sealer(store, keys=keys, clock=clock)
    sealed = sealed_in(store, sealer, WORDS)
    before = keys.unwraps

    for _ in range(10):
        opened_in(store, sealer, sealed)
    clock.advance(timedelta(minutes=5))
    opened_in(store, sealer, sealed)

    assert keys.unwraps - before == 1


def test_drop_expired_keys_lets_go_without_any_use(store: Store) -> None:
    keys, clock = FakeKeyRing(), FakeClock()
    sealer = a_sealer(store, keys=keys, clock=clock)
    sealed = sealed_in(store, sealer, WORDS)

    clock.advance(timedelta(minutes=5))
    sealer.drop_expired_keys()
    clock.advance(timedelta(minutes=-1))  # in time again, so that only a key that is gone is asked for
    keys.lose("fake-key")

    with pytest.raises(SealError):
        opened_in(store, sealer, sealed)


def test_live_data_keys_of_a_scholar_and_class_are_unique(store: Store) -> None:
    sealer = a_sealer(store)
    for _ in range(3):
        sealed_in(store, sealer, WORDS)
        change_rows(store, retired_at=1)
    sealed_in(store, sealer, WORDS)

    with store.read() as connection:
        live = connection.execute(select(func.count()).where(TABLE.c.retired_at.is_(None))).scalar_one()
    assert (live, len(rows_of(store))) == (1, 4)
