"""How somebody's part in a group session is read from its row, for every module of statements about parts."""

from collections.abc import Sequence
from typing import Any

from domain.groups import GroupPart
from storage.confidential.group_sessions import GroupPart as PartRow
from storage.engine import table_of

part = table_of(PartRow)
FIELDS = tuple(GroupPart.__dataclass_fields__)
_IS_HOST = FIELDS.index("is_host")
columns = [part.c[name] for name in FIELDS]


def part_of_row(row: Sequence[Any]) -> GroupPart:
    """The part of a row that has `columns`; SQLite's driver says yes and no as 1 and 0."""
    return GroupPart(**dict(zip(FIELDS, row, strict=True)) | {"is_host": bool(row[_IS_HOST])})
