"""Which confidential store this is, and the proof that the keys at hand are the ones it was sealed with."""

import secrets

from sqlalchemy import BigInteger, CheckConstraint, Connection, LargeBinary, RowMapping, inspect, select
from sqlmodel import Field

from domain.ports import Clock, IdSource, KeyRing, WrappedKey
from domain.sealing import DATA_KEY_BYTES, KeyProblem, SealError
from domain.times import epoch_seconds
from storage.confidential.base import ConfidentialBase
from storage.confidential.canonical import canonical
from storage.confidential.data_keys import one_data_key_per_wrapping_key
from storage.confidential.first_wins import insert_unless_there
from storage.confidential.sealing import Sealer
from storage.engine import Store, table_of

_ONLY = 1


class StoreIdentity(ConfidentialBase, table=True):
    """The one row that says which store this is; every sealed text is bound to `store_id`.

    The key check value is random bytes under the key-encryption key of the day the store was made: what opens it is
    the right key. Whoever wraps data keys anew wraps it anew too. `created_at` is real time in epoch seconds.
    """

    __tablename__ = "store_identity"
    __table_args__ = (CheckConstraint(f"singleton = {_ONLY}", name="store_identity_once"),)
    singleton: int = Field(default=_ONLY, primary_key=True, sa_column_kwargs={"autoincrement": False})
    store_id: str
    key_id: str
    key_version: int
    check_value: bytes = Field(sa_type=LargeBinary)
    created_at: int = Field(sa_type=BigInteger)


table = table_of(StoreIdentity)


def open_sealer(store: Store, *, keys: KeyRing, ids: IdSource, clock: Clock) -> Sealer:
    """The sealer of a migrated confidential store, after proving that the keys open everything in it.

    The first call gives the store its identity. Raises `KeyProblem`, naming the key, for keys of another store or a
    key that is missing; then nothing has been changed.
    """
    with store.read() as connection:
        found = _identity(connection)
    if found is None:
        with store.write() as connection:
            found = _made(connection, keys, ids, clock)
    _check(keys, _wrapped(found), _context(found["store_id"]))
    with store.read() as connection:
        in_use = one_data_key_per_wrapping_key(connection)
    for stored in in_use:
        _check(keys, stored.wrapped, stored.context)
    return Sealer(keys=keys, store_id=found["store_id"], ids=ids, clock=clock)


def sealing_key(store: Store) -> str | None:
    """The id of the key without which this store does not open; None while nothing was sealed. Needs no key."""
    with store.read() as connection:
        if not inspect(connection).has_table(table.name):
            return None
        found = _identity(connection)
        if found is not None:
            return str(found["key_id"])
        return next((stored.wrapped.key_id for stored in one_data_key_per_wrapping_key(connection)), None)


def _identity(connection: Connection) -> RowMapping | None:
    return connection.execute(select(table)).mappings().one_or_none()


def _made(connection: Connection, keys: KeyRing, ids: IdSource, clock: Clock) -> RowMapping:
    # In this order: another process may be making the identity now, and its first data key comes only after that.
    has_data = bool(one_data_key_per_wrapping_key(connection))
    found = _identity(connection)
    if found is None and has_data:
        raise KeyProblem(
            "The confidential store holds sealed data but has lost its identity, so nothing in it can be opened. "
            "Restore it from a backup. Nothing was changed."
        )
    if found is None:
        insert_unless_there(connection, table, _new(keys, ids, clock))
        found = connection.execute(select(table)).mappings().one()
    return found


def _new(keys: KeyRing, ids: IdSource, clock: Clock) -> dict[str, object]:
    store_id = ids.new()
    wrapped = keys.wrap(secrets.token_bytes(DATA_KEY_BYTES), context=_context(store_id))
    return {
        "singleton": _ONLY,
        "store_id": store_id,
        "key_id": wrapped.key_id,
        "key_version": wrapped.version,
        "check_value": wrapped.blob,
        "created_at": epoch_seconds(clock.wall()),
    }


def _wrapped(row: RowMapping) -> WrappedKey:
    return WrappedKey(key_id=row["key_id"], version=row["key_version"], blob=bytes(row["check_value"]))


def _context(store_id: str) -> bytes:
    return canonical("store identity", store_id)


def _check(keys: KeyRing, wrapped: WrappedKey, context: bytes) -> None:
    try:
        keys.unwrap(wrapped, context=context)
    except SealError:
        raise KeyProblem(
            f"The confidential store was sealed with key {wrapped.key_id} version {wrapped.version}, and the key "
            f"provider cannot open it with that: the key is missing, retired or another one of the same name "
            f"(its primary key is {keys.primary_key_id()}). Bring back the right key, or name the right store. "
            "Nothing was changed."
        ) from None
