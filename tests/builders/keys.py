"""Builders of keysets and key files for tests."""

import json
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from storage.confidential.keys.keyset import KeysetEntry, KeyStatus, write_keyset
from storage.confidential.keys.secret_key import key_text

CREATED = datetime(2027, 1, 11, 12, tzinfo=UTC)
_MULTIPLIER = 37  # odd, so that 32 steps in a ring of 256 give 32 bytes; squared, so that the steps differ too


def a_key(number: int = 1) -> bytes:
    """A key that passes for random, the same each time."""
    return bytes((_MULTIPLIER * place * place + 101 * place + 7 * number) % 256 for place in range(1, 33))


def an_entry(
    id: str = "first",  # noqa: A002
    *,
    version: int = 1,
    status: KeyStatus = KeyStatus.PRIMARY,
    created: datetime = CREATED,
    key: bytes | None = None,
) -> KeysetEntry:
    """One entry of a keyset."""
    return KeysetEntry(id=id, version=version, status=status, created=created, key=key or a_key())


def a_row(**changes: Any) -> dict[str, Any]:
    """One entry of a key file as JSON has it."""
    row = {"id": "first", "version": 1, "status": "primary", "created": CREATED.isoformat(), "key": key_text(a_key())}
    return row | changes


def keyset_text(*rows: dict[str, Any]) -> bytes:
    """A key file with these rows."""
    return json.dumps({"keys": list(rows)}).encode()


def write_key_file(path: Path, entries: Sequence[KeysetEntry] | bytes = (), *, mode: int = 0o600) -> Path:
    """Put a key file at the path, over one that is there; one primary key unless told."""
    content = entries if isinstance(entries, bytes) else write_keyset(entries or [an_entry()])
    path.write_bytes(content)
    path.chmod(mode)
    return path
