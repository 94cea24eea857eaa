"""What must be true of a roster as a whole, beyond each value."""

from collections import defaultdict
from collections.abc import Sequence

from domain.people import Role
from services.roster.problems import Findings
from services.roster.rows import RosterRow, address_in
from services.roster.sheet import Line


def check_roster(lines: Sequence[Line], rows: Sequence[RosterRow], findings: Findings) -> None:
    """Find contradictions between rows.

    `rows` are the lines in which every value can be used. Names and mentors are looked up in all lines, so that one
    wrong date does not bring a complaint about everybody who refers to that row.
    """
    _check_program(lines, findings)
    _check_names(lines, findings)
    _check_mentors(lines, findings)
    _check_repetition(rows, findings)


def _check_program(lines: Sequence[Line], findings: Findings) -> None:
    """Whoever is missing is deactivated, so a file is the whole roster of one program."""
    for line in lines:
        if line.cells["program"] != lines[0].cells["program"]:
            findings.expect(
                f"the same program as in row {lines[0].row}; each program has a file of its own",
                row=line.row,
                column="program",
            )


def _check_names(lines: Sequence[Line], findings: Findings) -> None:
    first: dict[str, Line] = {}
    for line in lines:
        other = first.setdefault(address_in(line, "email"), line)
        if line.cells["email"] and line.cells["name"] != other.cells["name"]:
            findings.expect(
                f"an address of their own; row {other.row} has it with another name", row=line.row, column="email"
            )


def _check_mentors(lines: Sequence[Line], findings: Findings) -> None:
    mentors = {address_in(line, "email") for line in lines if line.cells["role"].lower() == Role.MENTOR.value}
    for line in lines:
        mentor = address_in(line, "mentor")
        if mentor and mentor == address_in(line, "email"):
            findings.expect("somebody else", row=line.row, column="mentor")
        elif mentor and mentor not in mentors:
            findings.expect(
                "the e-mail address of somebody who has a row with the role mentor", row=line.row, column="mentor"
            )


def _check_repetition(rows: Sequence[RosterRow], findings: Findings) -> None:
    """Somebody may be in two streams at once, but not twice in one."""
    alike: defaultdict[tuple[str, ...], list[RosterRow]] = defaultdict(list)
    for row in rows:
        others = alike[row.email, row.cohort, row.role, row.stream, row.mentor, row.phase]
        if (other := next((other for other in others if other.overlaps(row)), None)) is not None:
            findings.expect(f"other days than row {other.row}, which says the same", row=row.row, column="from")
        others.append(row)
