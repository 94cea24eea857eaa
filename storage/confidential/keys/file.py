"""The key provider "file": a key file that this process alone can read."""

import logging
import os
import secrets
from datetime import datetime
from pathlib import Path

from domain.ports import WrappedKey
from domain.sealing import KeyProblem, SealError
from storage.confidential.keys.keyset import KeysetEntry, KeyStatus, parse_keyset, write_keyset
from storage.confidential.keys.private_file import create_private, read_private
from storage.confidential.keys.ring import KeysetRing
from storage.confidential.keys.secret_key import KEY_BYTES

logger = logging.getLogger(__name__)


class FileKeyRing:
    """The KeyRing port over a key file, read when made. Raises `KeyProblem` then, with the reason and the cure.

    A key that the file did not have makes it look into the file again, so a key can be added without a restart.
    Thread-safe: a reading is taken over whole or not at all.
    """

    def __init__(self, path: Path) -> None:
        self._path = path
        self._ring = _read(path)

    def wrap(self, data_key: bytes, *, context: bytes) -> WrappedKey:
        """See `domain.ports.KeyRing`."""
        return self._ring.wrap(data_key, context=context)

    def unwrap(self, wrapped: WrappedKey, *, context: bytes) -> bytes:
        """See `domain.ports.KeyRing`."""
        if not self._ring.has(wrapped):
            self._look_again()
        return self._ring.unwrap(wrapped, context=context)

    def primary_key_id(self) -> str:
        """See `domain.ports.KeyRing`. Reads the file anew; raises `KeyProblem` when it cannot be used any more."""
        self._ring = _read(self._path)
        return self._ring.primary_key_id()

    def _look_again(self) -> None:
        try:
            self._ring = _read(self._path)
        except KeyProblem as problem:
            logger.error("key file unusable", extra={"reason": str(problem)})  # noqa: TRY400 the text says it all
            raise SealError from None


def create_key_file(path: Path, *, now: datetime) -> str:
    """Make a key file with one new random key and return the key's id; `now` is real time.

    Raises `KeyProblem` when anything is at the path already: a key file is never written over.
    """
    entry = KeysetEntry(
        id=f"key-{secrets.token_hex(8)}",
        version=1,
        status=KeyStatus.PRIMARY,
        created=now,
        key=secrets.token_bytes(KEY_BYTES),
    )
    create_private(path, write_keyset([entry]))
    return entry.id


def _read(path: Path) -> KeysetRing:
    content = read_private(path, owner=os.geteuid())
    return KeysetRing(parse_keyset(content, where=f"The key file {path}"))
