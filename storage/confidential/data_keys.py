"""Data keys: one live key per scholar and class of record, kept wrapped; deleting it shreds what it sealed."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import BigInteger, Connection, Index, LargeBinary, bindparam, func, select, text
from sqlmodel import Field

from domain.ports import WrappedKey
from domain.sealing import RecordClass
from domain.times import epoch_seconds
from storage.confidential.base import ConfidentialBase
from storage.confidential.canonical import canonical
from storage.confidential.first_wins import insert_unless_there
from storage.engine import table_of
from storage.prepared import Prepared

LIVE = text("retired_at IS NULL")


class DataKey(ConfidentialBase, table=True):
    """A wrapped data key and the key-encryption key that opens it.

    `retired_at` is set when another key takes over: nothing new is sealed with it, and what it sealed still opens.
    Both instants are real time in epoch seconds.
    """

    __tablename__ = "data_key"
    __table_args__ = (
        Index("data_key_live", "scholar_id", "record_class", unique=True, sqlite_where=LIVE),
        Index("data_key_of_scholar", "scholar_id", "record_class"),
        Index("data_key_by_key", "key_id", "key_version"),
    )
    id: str = Field(primary_key=True)
    program_id: str
    scholar_id: str
    record_class: str
    key_id: str
    key_version: int
    blob: bytes = Field(sa_type=LargeBinary)
    created_at: int = Field(sa_type=BigInteger)
    retired_at: int | None = Field(default=None, sa_type=BigInteger)


table = table_of(DataKey)
_COLUMNS = (
    table.c.id,
    table.c.scholar_id,
    table.c.record_class,
    table.c.key_id,
    table.c.key_version,
    table.c.blob,
    table.c.retired_at,
)
_of_scholar = Prepared(
    select(*_COLUMNS)
    .where(table.c.scholar_id == bindparam("scholar_id"), table.c.record_class == bindparam("record_class"))
    .order_by(table.c.retired_at.is_not(None), table.c.retired_at.desc())
)
_among = table.c.scholar_id.in_(bindparam("scholar_ids", expanding=True))
_of_scholars = Prepared(
    select(*_COLUMNS)
    .where(_among, table.c.record_class == bindparam("record_class"))
    .order_by(table.c.retired_at.is_not(None), table.c.retired_at.desc())
)


@dataclass(frozen=True, slots=True, kw_only=True)
class StoredDataKey:
    """A data key as it lies in the store; equal only when every part is, so an altered row is another key."""

    id: str
    scholar_id: str
    record_class: str
    wrapped: WrappedKey
    is_live: bool

    @property
    def context(self) -> bytes:
        """What the wrap is bound to besides the key-encryption key, which the key ring adds itself."""
        return wrap_context(self.id, self.scholar_id, self.record_class)


def wrap_context(data_key_id: str, scholar_id: str, record_class: str) -> bytes:
    """The AAD of a data key's wrap."""
    return canonical("data key", data_key_id, scholar_id, record_class)


def data_keys_of(connection: Connection, scholar_id: str, record_class: RecordClass) -> list[StoredDataKey]:
    """A scholar's data keys of one class: the live one first, then the retired ones, the latest first."""
    found = _of_scholar.rows(connection, {"scholar_id": scholar_id, "record_class": record_class.value})
    return [_stored(row) for row in found]


def data_keys_of_each(
    connection: Connection, scholar_ids: Collection[str], record_class: RecordClass
) -> dict[str, list[StoredDataKey]]:
    """The same for several scholars, by scholar id. One query."""
    by_scholar: dict[str, list[StoredDataKey]] = {scholar_id: [] for scholar_id in scholar_ids}
    asked = {"scholar_ids": sorted(by_scholar), "record_class": record_class.value}
    for row in _of_scholars.rows(connection, asked):
        stored = _stored(row)
        by_scholar[stored.scholar_id].append(stored)
    return by_scholar


def one_data_key_per_wrapping_key(connection: Connection) -> list[StoredDataKey]:
    """For every version of a key-encryption key in use, one data key under it; in the order of key ids."""
    chosen = select(func.min(table.c.id)).group_by(table.c.key_id, table.c.key_version)
    statement = select(*_COLUMNS).where(table.c.id.in_(chosen)).order_by(table.c.key_id, table.c.key_version)
    return [_stored(row) for row in connection.execute(statement)]


def add_data_key(connection: Connection, data_key: StoredDataKey, *, program_id: str, created_at: datetime) -> bool:
    """Add a live data key, unless the scholar has one of that class: then the first one stays. Returns if it is ours.

    On PostgreSQL this waits for a rival's transaction that is just adding one.
    """
    values = {
        "id": data_key.id,
        "program_id": program_id,
        "scholar_id": data_key.scholar_id,
        "record_class": data_key.record_class,
        "key_id": data_key.wrapped.key_id,
        "key_version": data_key.wrapped.version,
        "blob": data_key.wrapped.blob,
        "created_at": epoch_seconds(created_at),
    }
    return insert_unless_there(connection, table, values)


def _stored(row: Iterable[Any]) -> StoredDataKey:
    id_, scholar_id, record_class, key_id, key_version, blob, retired_at = row
    return StoredDataKey(
        id=id_,
        scholar_id=scholar_id,
        record_class=record_class,
        wrapped=WrappedKey(key_id=key_id, version=key_version, blob=blob),
        is_live=retired_at is None,
    )
