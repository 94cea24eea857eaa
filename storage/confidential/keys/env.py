"""The key provider "env": one key in an environment value, for development."""

import logging
from datetime import UTC, datetime

from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from domain.sealing import KeyProblem
from storage.confidential.keys.keyset import KeysetEntry, KeyStatus
from storage.confidential.keys.ring import KeysetRing
from storage.confidential.keys.secret_key import parse_key

logger = logging.getLogger(__name__)
_NAME_BYTES = 8
_MAKE_ONE = (
    "Put a random one there: python3 -c "
    "'import base64, secrets; print(base64.urlsafe_b64encode(secrets.token_bytes(32)).decode())'"
)
_UNKNOWN = datetime.fromtimestamp(0, UTC)


class EnvKeyRing(KeysetRing):
    """The KeyRing port over one key given as text: 32 bytes in URL-safe base64. Raises `KeyProblem` for another text.

    The key's id is derived from it one way, so that a wrong key is known by its name. Warns in the log: an environment
    is seen by child processes and lands in dumps, so this is no place for the key of a real program.
    """

    def __init__(self, value: str) -> None:
        if not value:
            raise KeyProblem(
                f"SCHOLARBOT_KEY is empty. Use SCHOLARBOT_KEY_PROVIDER=file. For development only: {_MAKE_ONE}"
            )
        key = parse_key(value, where="The key in SCHOLARBOT_KEY", cure=_MAKE_ONE)
        super().__init__([KeysetEntry(id=_name(key), version=1, status=KeyStatus.PRIMARY, created=_UNKNOWN, key=key)])
        logger.warning("key taken from the environment", extra={"cure": "use SCHOLARBOT_KEY_PROVIDER=file"})


def _name(key: bytes) -> str:
    derived = HKDFExpand(algorithm=SHA256(), length=_NAME_BYTES, info=b"ssb/key name/v1").derive(key)
    return f"env-{derived.hex()}"
