"""Key-encryption keys in memory, with no cryptography to speak of: a keyed hash as the seal."""

import hashlib
import hmac

from domain.ports import WrappedKey
from domain.sealing import DATA_KEY_BYTES, SealError

_TAG_BYTES = 32


class FakeKeyRing:
    """The KeyRing port over made-up keys; counts unwraps, and can rotate, lose its keys or pass for another ring."""

    def __init__(self, key_id: str = "fake-key", *, secret: str = "a fake one") -> None:  # noqa: S107 no secret at all
        self.unwraps = 0
        self._primary = (key_id, 1)
        self._secrets = {self._primary: secret.encode()}

    def rotate(self, key_id: str | None = None) -> None:
        """Make a new primary key: of a new name, or else the next version of the present one. Old ones still open."""
        name, version = self._primary
        self._primary = (name, version + 1) if key_id is None else (key_id, 1)
        self._secrets[self._primary] = repr(self._primary).encode()

    def lose(self, key_id: str) -> None:
        """Forget every version of a key, as if it were retired or its file gone."""
        self._secrets = {name: secret for name, secret in self._secrets.items() if name[0] != key_id}

    def wrap(self, data_key: bytes, *, context: bytes) -> WrappedKey:
        """See `domain.ports.KeyRing`."""
        if len(data_key) != DATA_KEY_BYTES:
            raise ValueError("a data key has 32 bytes")
        key_id, version = self._primary
        bare = WrappedKey(key_id=key_id, version=version, blob=b"")
        masked = bytes(a ^ b for a, b in zip(data_key, self._hash(bare, b"mask", context), strict=True))
        return WrappedKey(key_id=key_id, version=version, blob=self._hash(bare, b"tag" + masked, context) + masked)

    def unwrap(self, wrapped: WrappedKey, *, context: bytes) -> bytes:
        """See `domain.ports.KeyRing`."""
        self.unwraps += 1
        tag, masked = wrapped.blob[:_TAG_BYTES], wrapped.blob[_TAG_BYTES:]
        if (wrapped.key_id, wrapped.version) not in self._secrets or len(masked) != DATA_KEY_BYTES:
            raise SealError
        if not hmac.compare_digest(tag, self._hash(wrapped, b"tag" + masked, context)):
            raise SealError
        return bytes(a ^ b for a, b in zip(masked, self._hash(wrapped, b"mask", context), strict=True))

    def primary_key_id(self) -> str:
        """See `domain.ports.KeyRing`."""
        return self._primary[0]

    def _hash(self, wrapped: WrappedKey, what: bytes, context: bytes) -> bytes:
        name = f"{wrapped.key_id}/{wrapped.version}".encode()
        secret = self._secrets[wrapped.key_id, wrapped.version]
        return hmac.digest(secret, name + b"\0" + what + b"\0" + context, hashlib.sha256)
