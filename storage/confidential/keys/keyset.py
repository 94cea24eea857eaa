"""The content of a key file: several keys, one of them primary, since changing keys is never done in one instant."""

import json
import re
from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum

from domain.sealing import KeyProblem
from storage.confidential.keys.secret_key import key_text, parse_key

_FIELDS = {"id", "version", "status", "created", "key"}
_ID = re.compile(r"[A-Za-z0-9._-]{1,64}")
_VERSION_MAX = 2**31 - 1
_ENDINGS = (b"}", b"}\n", b"}\r\n")
"""Many editors end a file with a line break, and it changes no key; more than that nobody meant."""
_RESTORE = "Restore the file from where you keep it; never make a new one for a store that holds data."


class KeyStatus(StrEnum):
    """What a key is for: sealing and opening, opening only, or nothing any more."""

    PRIMARY = "primary"
    ENABLED = "enabled"
    RETIRED = "retired"


@dataclass(frozen=True, slots=True, kw_only=True)
class KeysetEntry:
    """One version of a key; `created` is a real instant with its zone. The key never shows in a representation."""

    id: str
    version: int
    status: KeyStatus
    created: datetime
    key: bytes = field(repr=False)


def write_keyset(entries: Iterable[KeysetEntry]) -> bytes:
    """The text of a key file with these entries."""
    rows = [
        {
            "id": entry.id,
            "version": entry.version,
            "status": entry.status.value,
            "created": entry.created.isoformat(),
            "key": key_text(entry.key),
        }
        for entry in entries
    ]
    return json.dumps({"keys": rows}, indent=2).encode()


def parse_keyset(content: bytes, *, where: str) -> tuple[KeysetEntry, ...]:
    """The entries of a key file. Raises `KeyProblem`, in words that name `where`, for anything but a whole one."""
    keyset = _json(content)
    if keyset is None:
        raise KeyProblem(f"{where} is not a whole JSON object. {_RESTORE}")
    if not content.endswith(_ENDINGS):
        raise KeyProblem(f"{where} has blanks behind its end. One line break may follow the last }}; remove the rest.")
    if set(keyset) != {"keys"} or not isinstance(keyset["keys"], list):
        raise KeyProblem(f'{where} must be an object with one field, "keys", a list. {_RESTORE}')
    entries = tuple(
        _entry(row, where=f"Key number {number} in {where[0].lower()}{where[1:]}")
        for number, row in enumerate(keyset["keys"], start=1)
    )
    _check_together(entries, where)
    return entries


def _json(content: bytes) -> dict[str, object] | None:
    try:
        value = json.loads(content.decode(), object_pairs_hook=_without_duplicates)
    except (ValueError, RecursionError):
        return None  # the parser's own error holds the whole text, keys included, so it goes no further
    return value if isinstance(value, dict) else None


def _without_duplicates(pairs: list[tuple[str, object]]) -> dict[str, object]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a field occurs twice")
    return found


def _entry(row: object, *, where: str) -> KeysetEntry:
    if not isinstance(row, dict) or set(row) != _FIELDS:
        raise KeyProblem(f"{where} must have exactly the fields {', '.join(sorted(_FIELDS))}. {_RESTORE}")
    return KeysetEntry(
        id=_key_id(row["id"], where),
        version=_version(row["version"], where),
        status=_status(row["status"], where),
        created=_created(row["created"], where),
        key=parse_key(row["key"] if isinstance(row["key"], str) else "", where=where, cure=_RESTORE),
    )


def _key_id(value: object, where: str) -> str:
    if not isinstance(value, str) or not _ID.fullmatch(value):
        raise KeyProblem(f"{where} needs an id of 1 to 64 letters, digits, dots, dashes or underscores. {_RESTORE}")
    return value


def _version(value: object, where: str) -> int:
    if type(value) is not int or not 1 <= value <= _VERSION_MAX:
        raise KeyProblem(f"{where} needs a version that is a whole number from 1. {_RESTORE}")
    return value


def _status(value: object, where: str) -> KeyStatus:
    if not isinstance(value, str) or value not in list(KeyStatus):
        raise KeyProblem(f"{where} needs a status that is one of {', '.join(KeyStatus)}. {_RESTORE}")
    return KeyStatus(value)


def _created(value: object, where: str) -> datetime:
    try:
        created = datetime.fromisoformat(str(value))
    except ValueError:
        created = None
    if created is None or created.tzinfo is None:
        raise KeyProblem(
            f"{where} needs an instant with its zone as created, like 2027-01-11T12:00:00+00:00. {_RESTORE}"
        )
    return created


def _check_together(entries: tuple[KeysetEntry, ...], where: str) -> None:
    primaries = sum(entry.status is KeyStatus.PRIMARY for entry in entries)
    if primaries != 1:
        raise KeyProblem(f'{where} has {primaries} keys with the status "primary". Give it to exactly one key.')
    (name, uses), *_ = Counter((entry.id, entry.version) for entry in entries).most_common(1)
    if uses > 1:
        raise KeyProblem(f"{where} has key {name[0]} version {name[1]} more than once. Keep the right one only.")
    if len({entry.key for entry in entries}) != len(entries):
        raise KeyProblem(f"{where} has the same key under two names. A new key must be a new one.")
