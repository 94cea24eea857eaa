"""Pairs who never meet in support, so that one may mentor or judge the other: a CSV file of its own."""

from collections.abc import Container, Sequence

from domain.people import SUPPORT_ROLES, Role, email_key
from services.roster.problems import Findings
from services.roster.rows import address_in, check_values
from services.roster.sheet import Line

COLUMNS = ("support_email", "scholar_email")

Pair = tuple[str, str]
"""Somebody in support and a scholar: addresses here, ids where it is stored."""


def recused_pairs(lines: Sequence[Line], roster: Sequence[Line], findings: Findings) -> frozenset[Pair]:
    """The pairs that can be used. Who is in one must be in the roster, as what the column says."""
    support = _with_role(roster, SUPPORT_ROLES)
    scholars = _with_role(roster, frozenset({Role.SCHOLAR}))
    pairs: dict[Pair, int] = {}
    for line in lines:
        before = len(findings)
        check_values(line, COLUMNS, COLUMNS, findings)
        pair = address_in(line, "support_email"), address_in(line, "scholar_email")
        _check(line, "support_email", support, "a coach or community manager of the roster", findings)
        _check(line, "scholar_email", scholars, "a scholar of the roster", findings)
        if pair in pairs:
            findings.expect(f"another pair than in row {pairs[pair]}", row=line.row, column="support_email")
        if len(findings) == before:
            pairs[pair] = line.row
    return frozenset(pairs)


def _with_role(roster: Sequence[Line], roles: frozenset[Role]) -> frozenset[str]:
    return frozenset(email_key(line.cells["email"]) for line in roster if line.cells["role"].lower() in roles)


def _check(line: Line, column: str, known: Container[str], expected: str, findings: Findings) -> None:
    if line.cells[column] and address_in(line, column) not in known:
        findings.expect(f"the e-mail address of {expected}", row=line.row, column=column)
