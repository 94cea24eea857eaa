"""What is sealed is found nowhere in the database, not in its journal, and not in what PostgreSQL hands out."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from sqlalchemy import insert, make_url, select, update

from storage.confidential.bookings import BookingChange
from storage.confidential.keys import FileKeyRing, create_key_file
from storage.confidential.sealing import Sealer
from storage.confidential.tables import metadata
from storage.engine import Store, table_of
from storage.migrations import StoreName
from tests.builders.keys import CREATED
from tests.builders.sealing import a_sealer, an_identity, opened_in
from tests.fixtures.engines import Stores

CANARY = "canary-7f3a-cannot-sleep-before-the-review"
PLAIN = "plain-and-easy-to-find"
changes = table_of(BookingChange)


@pytest.fixture
def key_path(tmp_path: Path) -> Path:
    path = tmp_path / "keys" / "keys.json"
    create_key_file(path, now=CREATED)
    return path


def keep(store: Store, sealer: Sealer, text: str) -> None:
    """Seal the text in a row, beside a word that is not sealed."""
    with store.write() as connection:
        row = {
            "booking_id": "booking-1",
            "version": 1,
            "program_id": "program-1",
            "what": PLAIN,
            "by_id": "scholar-1",
            "at": 1,
            "starts_at": 1,
            "reason": sealer.seal(connection, text, identity=an_identity()),
        }
        connection.execute(insert(changes), row)


def edit(store: Store, sealer: Sealer, text: str) -> None:
    """Put another text in its place."""
    with store.write() as connection:
        sealed = sealer.seal(connection, text, identity=an_identity(version=2))
        connection.execute(update(changes).values(reason=sealed))


def files_of(stores: Stores) -> dict[str, bytes]:
    """What SQLite has on disk, its journals included."""
    path = Path(str(make_url(stores.url(StoreName.CONFIDENTIAL)).database))
    return {found.name: found.read_bytes() for found in path.parent.glob(f"{path.name}*")}


def values_of(store: Store) -> Iterator[bytes]:
    """Every value of every row, as bytes."""
    with store.read() as connection:
        for table in metadata.tables.values():
            for row in connection.execute(select(table)):
                yield from (value if isinstance(value, bytes) else str(value).encode() for value in row)


def spellings(text: str) -> list[bytes]:
    """How a careless layer might have written it."""
    return [text.encode(), text.encode("utf-16-le"), text.encode().hex().encode(), text[:12].encode()]


def test_sealed_text_is_not_in_the_files_nor_in_the_journal(sqlite_stores: Stores, key_path: Path) -> None:
    store = sqlite_stores.confidential
    sealer = a_sealer(store, keys=FileKeyRing(key_path))
    keep(store, sealer, CANARY)
    edit(store, sealer, CANARY.swapcase())

    files = files_of(sqlite_stores)

    assert set(files) == {"confidential.db", "confidential.db-wal", "confidential.db-shm"}
    assert PLAIN.encode() in files["confidential.db-wal"]  # or the search would prove nothing
    for spelling in spellings(CANARY) + spellings(CANARY.swapcase()):
        assert [name for name, content in files.items() if spelling in content] == []


def test_sealed_text_is_in_no_value_of_the_store(stores: Stores, key_path: Path) -> None:
    keep(stores.confidential, a_sealer(stores.confidential, keys=FileKeyRing(key_path)), CANARY)

    values = list(values_of(stores.confidential))

    assert PLAIN.encode() in values
    for spelling in spellings(CANARY):
        assert not any(spelling in value for value in values)
    with stores.confidential.read() as connection:
        sealed = connection.execute(select(changes.c.reason)).scalar_one()
    reopened = a_sealer(stores.confidential, keys=FileKeyRing(key_path))
    assert sealed is not None
    assert opened_in(stores.confidential, reopened, sealed) == CANARY


def test_no_key_of_the_key_file_is_in_the_store(stores: Stores, key_path: Path) -> None:
    keep(stores.confidential, a_sealer(stores.confidential, keys=FileKeyRing(key_path)), CANARY)

    secret = key_path.read_bytes().partition(b'"key": "')[2][:44]

    assert len(secret) == 44
    assert not any(secret in value for value in values_of(stores.confidential))
