"""The KeyRing port over keys at hand: AES-256-GCM, bound to the context and to the key's own name."""

import secrets
from collections.abc import Iterable

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM

from domain.ports import WrappedKey
from domain.sealing import DATA_KEY_BYTES, SealError
from storage.confidential.canonical import canonical
from storage.confidential.keys.keyset import KeysetEntry, KeyStatus

_FORMAT = b"\x01"
_NONCE_BYTES = 12
_BLOB_BYTES = len(_FORMAT) + _NONCE_BYTES + DATA_KEY_BYTES + 16
"""`format 1 | nonce 12 | sealed data key 32 | tag 16`."""


class KeysetRing:
    """Wraps under the primary key of a keyset and unwraps under any key that is not retired. Immutable."""

    def __init__(self, entries: Iterable[KeysetEntry]) -> None:
        usable = [entry for entry in entries if entry.status is not KeyStatus.RETIRED]
        primary = next(entry for entry in usable if entry.status is KeyStatus.PRIMARY)
        self._primary = (primary.id, primary.version)
        self._ciphers = {(entry.id, entry.version): AESGCM(entry.key) for entry in usable}

    def has(self, wrapped: WrappedKey) -> bool:
        """Whether the key that it names is at hand and not retired."""
        return (wrapped.key_id, wrapped.version) in self._ciphers

    def wrap(self, data_key: bytes, *, context: bytes) -> WrappedKey:
        """See `domain.ports.KeyRing`. Raises `ValueError` for a data key that has not 32 bytes."""
        if len(data_key) != DATA_KEY_BYTES:
            raise ValueError(f"a data key has {DATA_KEY_BYTES} bytes")
        key_id, version = self._primary
        nonce = secrets.token_bytes(_NONCE_BYTES)
        sealed = self._ciphers[self._primary].encrypt(nonce, data_key, _bound_to(key_id, version, context))
        return WrappedKey(key_id=key_id, version=version, blob=_FORMAT + nonce + sealed)

    def unwrap(self, wrapped: WrappedKey, *, context: bytes) -> bytes:
        """See `domain.ports.KeyRing`."""
        cipher = self._ciphers.get((wrapped.key_id, wrapped.version))
        if cipher is None or len(wrapped.blob) != _BLOB_BYTES or not wrapped.blob.startswith(_FORMAT):
            raise SealError
        nonce, sealed = wrapped.blob[len(_FORMAT) :][:_NONCE_BYTES], wrapped.blob[len(_FORMAT) + _NONCE_BYTES :]
        try:
            return cipher.decrypt(nonce, sealed, _bound_to(wrapped.key_id, wrapped.version, context))
        except InvalidTag:
            raise SealError from None

    def primary_key_id(self) -> str:
        """See `domain.ports.KeyRing`."""
        return self._primary[0]


def _bound_to(key_id: str, version: int, context: bytes) -> bytes:
    return _FORMAT + canonical("wrap", key_id, version, context)
