"""Turns the cells of a roster into rows that mean something, one person in one role each."""

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import lru_cache

from domain.days import Term
from domain.people import Role, email_key
from domain.times import UnknownZone, UnreadableTime, parse_day, zone
from services.roster.problems import Findings
from services.roster.sheet import Line, is_plain

COLUMNS = ("name", "email", "program", "cohort", "role", "stream", "mentor", "phase", "site", "zone", "from", "to")
REQUIRED = ("name", "email", "program", "cohort", "role", "zone", "from", "to")
MENTORED = frozenset({Role.SCHOLAR, Role.ALUMNUS})
"""Roles whose rows may name a mentor."""
_TEXTS = ("name", "program", "cohort", "stream", "phase", "site", "zone")
_ADDRESS = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")
_ROLES = {role.value: role for role in Role}


@dataclass(frozen=True, slots=True, kw_only=True)
class RosterRow:
    """One person in one role, from one day to another, both included; `mentor` is an address or "".

    `row` is where it stands in the file; two rows that differ in nothing else say the same.
    """

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

    def overlaps(self, other: "RosterRow") -> bool:
        """Whether there is a day that both cover."""
        return self.starts <= other.ends and other.starts <= self.ends

    def meets(self, other: "RosterRow") -> bool:
        """Whether both are in force at some moment, or on a day of the same date.

        Each day is one in its row's own zone: at a border between zones two days in a row have hours in common.
        """
        (begin, end), (other_begin, other_end) = (row.term.instants for row in (self, other))
        return self.overlaps(other) or (begin < other_end and other_begin < end)

    @property
    def term(self) -> Term:
        """The same days and their zone."""
        return Term(self.starts.isoformat(), self.ends.isoformat(), self.zone)


def roster_rows(lines: Iterable[Line], findings: Findings) -> list[RosterRow]:
    """The rows in which every value can be used; what is wrong with the others goes to the findings."""
    return [row for line in lines if (row := _RowReader(line, findings).read()) is not None]


def address_in(line: Line, column: str) -> str:
    """The e-mail address in a cell, as addresses are compared."""
    return email_key(line.cells[column])


def check_values(line: Line, required: Sequence[str], addresses: Sequence[str], findings: Findings) -> None:
    """Find missing values, values that cannot be shown, and addresses that are none."""
    for column, value in line.cells.items():
        if not value and column in required:
            findings.expect("a value", row=line.row, column=column)
        elif not is_plain(value):
            findings.expect("at most 200 characters, all of them visible", row=line.row, column=column)
        elif value and column in addresses and not _ADDRESS.fullmatch(value):
            findings.expect("an e-mail address", row=line.row, column=column)


class _RowReader:
    """Reads one line; a value that cannot be used is noted and becomes None."""

    def __init__(self, line: Line, findings: Findings) -> None:
        self._line = line
        self._cells = line.cells
        self._findings = findings

    def read(self) -> RosterRow | None:
        before = len(self._findings)
        check_values(self._line, REQUIRED, ("email", "mentor"), self._findings)
        role = self._role()
        self._check_stream(role)
        self._check_zone()
        starts, ends = self._day("from"), self._day("to")
        if starts and ends and ends < starts:
            self._expect("to", "a date that is not before the one in from")
        if role is None or starts is None or ends is None or len(self._findings) > before:
            return None
        return RosterRow(
            row=self._line.row,
            email=address_in(self._line, "email"),
            mentor=address_in(self._line, "mentor"),
            role=role,
            starts=starts,
            ends=ends,
            **{column: self._cells[column] for column in _TEXTS},
        )

    def _role(self) -> Role | None:
        text = self._cells["role"]
        role = _ROLES.get(text.lower())
        if text and role is None:
            self._expect("role", f"one of {', '.join(_ROLES)}")
        return role

    def _check_stream(self, role: Role | None) -> None:
        """Who mentors whom decides who may not support whom: a scholar of a stream without a mentor would hide it."""
        stream, mentor = self._cells["stream"], self._cells["mentor"]
        if role and role not in MENTORED and mentor:
            self._expect("mentor", "nothing, because only a scholar has a mentor")
        if role is Role.SCHOLAR and stream and not mentor:
            self._expect("mentor", "the mentor of the stream")
        if role is Role.SCHOLAR and mentor and not stream:
            self._expect("stream", "the stream of the mentor")

    def _check_zone(self) -> None:
        name = self._cells["zone"]
        if name and (reason := _why_no_zone(name)):
            self._expect("zone", f"a time zone. {reason}")

    def _day(self, column: str) -> date | None:
        text = self._cells[column]
        try:
            return parse_day(text) if text else None
        except UnreadableTime as unreadable:
            self._expect(column, f"a date. {unreadable.message}")
            return None

    def _expect(self, column: str, expected: str) -> None:
        self._findings.expect(expected, row=self._line.row, column=column)


@lru_cache(maxsize=1024)
def _why_no_zone(name: str) -> str:
    """Why there is no such zone, or "". Remembered, because finding the nearest name takes a while."""
    try:
        zone(name)
    except UnknownZone as unknown:
        return unknown.message
    return ""
