"""Reads a CSV file into cleaned cells by column, and finds what is wrong with its form."""

import csv
import io
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from services.roster.problems import Findings

HEADER_ROW = 1
LONGEST_VALUE = 200
_JOINERS = frozenset("\u200c\u200d")
"""They print nothing, but some names are not written right without them."""

_SEPARATORS = {";": "semicolons", " ": "tabs"}
"""What spreadsheets write instead of commas; a tab has become a space when cells are cleaned, and no column has one."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row of the file; every column has a value, "" where the cell is empty."""

    row: int
    cells: Mapping[str, str]


def read_sheet(content: bytes, columns: Sequence[str], findings: Findings, *, may_be_empty: bool = False) -> list[Line]:
    """The rows below the header that have the right form; empty rows are passed over.

    UTF-8 with or without BOM, commas, columns in any order. What is wrong goes to the findings.
    """
    records = _records(_decoded(content, findings), findings)
    header = _header(next(records, (HEADER_ROW, []))[1], columns, findings)
    if header is None:
        return []
    lines = [line for row, cells in records if any(cells) and (line := _line(row, cells, header, findings))]
    if not lines and not findings and not may_be_empty:
        findings.expect("at least one row below the header", row=HEADER_ROW + 1)
    return lines


def _decoded(content: bytes, findings: Findings) -> str:
    try:
        return content.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        # `object` and `start` leave the BOM out, which holds no line break.
        row = error.object.count(b"\n", 0, error.start) + 1
        findings.expect("UTF-8. Please save the file as CSV UTF-8", row=row)
        return ""


def _records(text: str, findings: Findings) -> Iterator[tuple[int, list[str]]]:
    """Cleaned cells by row number; a row may hold line breaks inside quotes, so that lines would count wrong."""
    row = 0
    try:
        for row, cells in enumerate(csv.reader(io.StringIO(text, newline=""), strict=True), start=1):
            yield row, [_cleaned(cell) for cell in cells]
    except csv.Error:
        findings.expect("values with commas between them, and quotes that are closed", row=row + 1)


def _cleaned(cell: str) -> str:
    """The text as it is stored: one form of every letter, single spaces."""
    return " ".join(unicodedata.normalize("NFC", cell).split())


def _header(found: Sequence[str], columns: Sequence[str], findings: Findings) -> list[str] | None:
    """The names of the columns as they stand in the file, or None when they cannot be told."""
    if findings:
        return None
    names = [name.lower() for name in found]
    while names and not names[-1]:
        names.pop()
    if (wrong := _why_no_header(names, columns)) is not None:
        findings.say(wrong, row=HEADER_ROW)
        return None
    for name in dict.fromkeys(names):
        if name not in columns:
            shown = name if is_plain(name) else None
            findings.expect(f"only the columns {','.join(columns)}, with commas", row=HEADER_ROW, column=shown)
        elif names.count(name) > 1:
            findings.expect("this column once", row=HEADER_ROW, column=name)
    for name in columns:
        if name not in names:
            findings.expect("this column in the header", row=HEADER_ROW, column=name)
    return None if findings else names


def _why_no_header(names: Sequence[str], columns: Sequence[str]) -> str | None:
    """What is wrong with a first line that names less than half of the columns, in one sentence; None for a header."""
    if _is_header(names, columns):
        return None
    for separator, separators in _SEPARATORS.items():
        if _is_header(",".join(names).split(separator), columns):
            return f"this file is separated by {separators}; save it with commas"
    return f"the first line must be the header: {','.join(columns)}"


def _is_header(names: Sequence[str], columns: Sequence[str]) -> bool:
    return 2 * len(set(columns).intersection(names)) >= len(columns)


def _line(row: int, cells: Sequence[str], header: Sequence[str], findings: Findings) -> Line | None:
    if len(cells) < len(header):
        findings.expect(f"{len(header)} values, found {len(cells)}", row=row, column=header[len(cells)])
        return None
    if any(cells[len(header) :]):
        findings.expect(f"{len(header)} values; a value with a comma in it needs quotes around it", row=row)
        return None
    return Line(row=row, cells=dict(zip(header, cells, strict=False)))


def is_plain(value: str) -> bool:
    """Whether a value is short enough and can be shown as it is, without characters that control or turn text."""
    return len(value) <= LONGEST_VALUE and all(letter.isprintable() or letter in _JOINERS for letter in value)
