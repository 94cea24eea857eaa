"""A key-encryption key as text: 32 random bytes in URL-safe base64."""

import base64
from itertools import pairwise

from domain.sealing import KeyProblem

KEY_BYTES = 32
_VARIETY_LEAST = 16
"""Of 32 random bytes about 30 differ; under 16 happens less than once in 10^20 keys."""


def key_text(key: bytes) -> str:
    """The key as it is written down."""
    return base64.urlsafe_b64encode(key).decode()


def parse_key(text: str, *, where: str, cure: str) -> bytes:
    """The key. Raises `KeyProblem`, in words that begin with `where`, end with `cure` and hold no part of the text."""
    key = _decoded(text)
    if key is None:
        raise KeyProblem(
            f"{where} is not a key in URL-safe base64: it must be exactly 44 characters, without blanks or line "
            f"breaks around them. {cure}"
        )
    if len(key) != KEY_BYTES:
        raise KeyProblem(f"{where} has {len(key)} bytes, not {KEY_BYTES}. {cure}")
    if _is_made_up(key):
        raise KeyProblem(f"{where} looks typed or taken from an example, not random, so it can be guessed. {cure}")
    return key


def _decoded(text: str) -> bytes | None:
    try:
        key = base64.urlsafe_b64decode(text.encode("ascii"))
    except ValueError:
        return None
    return key if key and key_text(key) == text else None  # the decoder lets strange characters and spare bits pass


def _is_made_up(key: bytes) -> bool:
    steps = {(after - before) % 256 for before, after in pairwise(key)}
    is_printable = all(0x20 <= byte < 0x7F for byte in key)  # noqa: PLR2004 the printable characters of ASCII
    return is_printable or len(set(key)) < _VARIETY_LEAST or len(steps) < _VARIETY_LEAST
