"""The format of sealed bytes: `magic 3 | fmt 1 | alg 1 | salt 32 | commitment 32 | nonce 12 | ciphertext | tag 16`.

Each record has a key of its own, derived from the data key and the salt, so random nonces never wear out. AES-GCM
alone lets one ciphertext open under two crafted keys; the commitment, derived together with the key, rules that out.
"""

import hmac
import secrets
from dataclasses import dataclass

from cryptography.exceptions import InvalidTag
from cryptography.hazmat.primitives.ciphers.aead import AESGCM
from cryptography.hazmat.primitives.hashes import SHA256
from cryptography.hazmat.primitives.kdf.hkdf import HKDFExpand

from domain.sealing import DATA_KEY_BYTES, SealError
from storage.confidential.padding import BUCKET_BYTES, pad, unpad

HEADER = b"SSB" + bytes([1, 1])
"""Magic, format 1, algorithm 1: HKDF-SHA256 and AES-256-GCM with a commitment."""
_SALT_BYTES = 32
_KEY_BYTES = 32
_COMMITMENT_BYTES = 32
_NONCE_BYTES = 12
_TAG_BYTES = 16
_COMMITMENT_AT = len(HEADER) + _SALT_BYTES
_NONCE_AT = _COMMITMENT_AT + _COMMITMENT_BYTES
_CIPHERTEXT_AT = _NONCE_AT + _NONCE_BYTES
OVERHEAD_BYTES = _CIPHERTEXT_AT + _TAG_BYTES


@dataclass(frozen=True, slots=True, kw_only=True)
class Envelope:
    """The parts of sealed bytes whose header and size are right; nothing else is proved yet."""

    salt: bytes
    commitment: bytes
    nonce: bytes
    ciphertext: bytes
    """With the tag at its end."""


def parse(sealed: bytes) -> Envelope:
    """Take sealed bytes apart. Raises `SealError` for an unknown header or an impossible size."""
    padded_bytes = len(sealed) - OVERHEAD_BYTES
    if not sealed.startswith(HEADER) or padded_bytes < BUCKET_BYTES or padded_bytes % BUCKET_BYTES:
        raise SealError
    return Envelope(
        salt=sealed[len(HEADER) : _COMMITMENT_AT],
        commitment=sealed[_COMMITMENT_AT:_NONCE_AT],
        nonce=sealed[_NONCE_AT:_CIPHERTEXT_AT],
        ciphertext=sealed[_CIPHERTEXT_AT:],
    )


def seal(content: bytes, *, data_key: bytes, domain: str, context: bytes) -> bytes:
    """Seal content under a fresh record key; header and context are authenticated with it (AAD)."""
    salt = secrets.token_bytes(_SALT_BYTES)
    nonce = secrets.token_bytes(_NONCE_BYTES)
    record_key, commitment = _derive(data_key, domain, salt)
    ciphertext = AESGCM(record_key).encrypt(nonce, pad(content), HEADER + context)
    return HEADER + salt + commitment + nonce + ciphertext


def open_with(envelope: Envelope, *, data_key: bytes, domain: str, context: bytes) -> bytes | None:
    """The content, or None when another data key sealed it.

    Raises `SealError` when the key is right and anything else is not: the context or any of the bytes.
    """
    record_key, commitment = _derive(data_key, domain, envelope.salt)
    if not hmac.compare_digest(commitment, envelope.commitment):
        return None
    try:
        padded = AESGCM(record_key).decrypt(envelope.nonce, envelope.ciphertext, HEADER + context)
    except InvalidTag:
        raise SealError from None
    return unpad(padded)


def _derive(data_key: bytes, domain: str, salt: bytes) -> tuple[bytes, bytes]:
    if len(data_key) != DATA_KEY_BYTES:  # shorter keys would work, weakly and silently
        raise SealError
    # The salt's length is fixed, so the label before it reads one way only.
    info = f"ssb/{domain}/v1".encode() + salt
    derived = HKDFExpand(algorithm=SHA256(), length=_KEY_BYTES + _COMMITMENT_BYTES, info=info).derive(data_key)
    return derived[:_KEY_BYTES], derived[_KEY_BYTES:]
