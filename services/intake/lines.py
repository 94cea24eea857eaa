"""From the bytes of a CSV file to rows: every cell checked by itself, every problem kept."""

import csv
import io
import re
from dataclasses import dataclass
from datetime import date

from domain.errors import DomainError
from domain.people import Role
from domain.times import zone
from services.intake.problems import Problem

COLUMNS = ("name", "email", "program", "cohort", "role", "stream", "mentor", "phase", "site", "zone", "from", "to")
RECUSAL_COLUMNS = ("support_email", "scholar_email")
NEEDED = ("name", "email", "program", "cohort", "role", "phase", "zone", "from", "to")
CELL_MAX = 200
FIRST_ROW = 2
_EMAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ISO_DATE = re.compile(r"\d{4}-\d{2}-\d{2}")

Cells = dict[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One row that is right by itself; addresses are lower-case, `mentor` is an address or ""."""

    row: int
    name: str
    email: str
    program: str
    cohort: str
    role: Role
    stream: str
    mentor: str
    phase: str
    site: str
    zone: str
    starts: date
    ends: date


def read_lines(content: bytes, problems: list[Problem]) -> list[Line]:
    """The rows of a roster file; what cannot be used is added to `problems`."""
    found = []
    for row, cells in _table(content, COLUMNS, problems):
        own: list[Problem] = []
        line = _line(row, cells, own)
        problems += own
        if line is not None and not own:
            found.append(line)
    return found


def read_recusals(content: bytes, problems: list[Problem]) -> list[tuple[int, str, str]]:
    """Row, support address and scholar address of each pair."""
    pairs = []
    for row, cells in _table(content, RECUSAL_COLUMNS, problems):
        for column in RECUSAL_COLUMNS:
            _check_email(row, column, cells[column].lower(), problems)
        pairs.append((row, cells["support_email"].lower(), cells["scholar_email"].lower()))
    return pairs


def _table(content: bytes, columns: tuple[str, ...], problems: list[Problem]) -> list[tuple[int, Cells]]:
    try:
        text = content.decode("utf-8-sig")
    except UnicodeDecodeError:
        problems.append(_whole("please save the file as CSV in UTF-8; it is in another encoding."))
        return []
    if "\x00" in text:
        problems.append(_whole("please save the file as CSV in UTF-8; this is not a text file."))
        return []
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    try:
        rows = list(reader)
    except csv.Error as error:
        problems.append(Problem(row=reader.line_num, column="", expected=f"please mend the quoting here ({error})."))
        return []
    header = tuple(cell.strip().lower() for cell in rows[0]) if rows else ()
    if header != columns:
        problems.append(Problem(row=1, column="", expected=f"the header must be exactly: {','.join(columns)}"))
        return []
    return [
        (number, cells)
        for number, values in enumerate(rows[1:], FIRST_ROW)
        if (cells := _cells(number, values, columns, problems)) is not None
    ]


def _cells(number: int, values: list[str], columns: tuple[str, ...], problems: list[Problem]) -> Cells | None:
    if not any(value.strip() for value in values):
        return None
    if len(values) != len(columns):
        expected = f"{len(columns)} columns are needed, here are {len(values)}."
        problems.append(Problem(row=number, column="", expected=expected))
        return None
    return {column: value.strip() for column, value in zip(columns, values, strict=True)}


def _line(row: int, cells: Cells, problems: list[Problem]) -> Line | None:
    for column in NEEDED:
        if not cells[column]:
            problems.append(Problem(row=row, column=column, expected="a value is needed here."))
    for column, value in cells.items():
        if len(value) > CELL_MAX or not value.isprintable():
            expected = f"at most {CELL_MAX} ordinary characters are possible."
            problems.append(Problem(row=row, column=column, expected=expected))
    _check_email(row, "email", cells["email"].lower(), problems)
    if cells["mentor"]:
        _check_email(row, "mentor", cells["mentor"].lower(), problems)
    role = _role(row, cells["role"], problems)
    zone_name = _zone(row, cells["zone"], problems)
    starts, ends = _date(row, "from", cells["from"], problems), _date(row, "to", cells["to"], problems)
    if starts and ends and ends < starts:
        problems.append(Problem(row=row, column="to", expected="a date on or after the one in from."))
    if role is None or zone_name is None or starts is None or ends is None:
        return None
    return Line(
        row=row,
        name=cells["name"],
        email=cells["email"].lower(),
        program=cells["program"],
        cohort=cells["cohort"],
        role=role,
        stream=cells["stream"],
        mentor=cells["mentor"].lower(),
        phase=cells["phase"],
        site=cells["site"],
        zone=zone_name,
        starts=starts,
        ends=ends,
    )


def _check_email(row: int, column: str, value: str, problems: list[Problem]) -> None:
    if value and not _EMAIL.fullmatch(value):
        problems.append(Problem(row=row, column=column, expected="an e-mail address like ada@example.org."))


def _role(row: int, value: str, problems: list[Problem]) -> Role | None:
    key = value.lower().replace(" ", "_").replace("-", "_")
    if key in {role.value for role in Role}:
        return Role(key)
    if value:
        problems.append(Problem(row=row, column="role", expected=f"one of {', '.join(role.value for role in Role)}."))
    return None


def _zone(row: int, value: str, problems: list[Problem]) -> str | None:
    if not value:
        return None
    try:
        zone(value)
    except DomainError:
        problems.append(Problem(row=row, column="zone", expected="a time zone like Europe/London."))
        return None
    return value


def _date(row: int, column: str, value: str, problems: list[Problem]) -> date | None:
    if not value:
        return None
    try:
        # Only this one form: fromisoformat alone would take 20270111 and week dates too.
        return date.fromisoformat(value) if _ISO_DATE.fullmatch(value) else _raise(value)
    except ValueError:
        problems.append(Problem(row=row, column=column, expected="a date like 2027-01-31."))
        return None


def _raise(value: str) -> date:
    raise ValueError(value)


def _whole(expected: str) -> Problem:
    return Problem(row=0, column="", expected=expected)
