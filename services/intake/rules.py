"""What must be true of a roster as a whole: one name per address, known mentors, nobody judging those they support."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import product

from domain.people import SUPPORT_ROLES, Role
from services.intake.lines import Line
from services.intake.problems import Problem

JUDGES = frozenset({Role.MENTOR, Role.GRADER, Role.EVALUATOR})
"""Roles that decide about scholars. Coach or community manager and judge of the same scholar: never, unless recused."""
Pair = tuple[str, str]


@dataclass(frozen=True, slots=True)
class Recusals:
    """Pairs (support address, scholar address) who never meet in support."""

    pairs: frozenset[Pair]

    def keeps_apart(self, support: str, scholar: str) -> bool:
        """Whether the pair is named."""
        return (support, scholar) in self.pairs


def check(lines: Sequence[Line], recusals: Recusals, problems: list[Problem]) -> None:
    """Add what is wrong with the roster as a whole to `problems`."""
    _check_programs(lines, problems)
    _check_names(lines, problems)
    _check_repeats(lines, problems)
    _check_mentors(lines, problems)
    _check_conflicts(lines, recusals, problems)


def _check_programs(lines: Sequence[Line], problems: list[Problem]) -> None:
    # One file is one program: who is missing from it is deactivated, and a mix would hide whose absence is meant.
    programs = {line.program for line in lines}
    for line in lines:
        if len(programs) > 1 and line.program != lines[0].program:
            expected = f"the same program in every row; the first row has {lines[0].program}."
            problems.append(Problem(row=line.row, column="program", expected=expected))


def _check_names(lines: Sequence[Line], problems: list[Problem]) -> None:
    first: dict[str, Line] = {}
    for line in lines:
        known = first.setdefault(line.email, line)
        if known.name != line.name:
            expected = f"one name for each address: row {known.row} has this address with another name."
            problems.append(Problem(row=line.row, column="email", expected=expected))


def _check_repeats(lines: Sequence[Line], problems: list[Problem]) -> None:
    first: dict[tuple[object, ...], Line] = {}
    for line in lines:
        what = (line.email, line.cohort, line.role, line.stream, line.phase)
        known = first.setdefault(what, line)
        if known is not line and line.starts <= known.ends and known.starts <= line.ends:
            expected = f"each person once for a role, stream and phase; row {known.row} has the same at the same time."
            problems.append(Problem(row=line.row, column="email", expected=expected))


def _check_mentors(lines: Sequence[Line], problems: list[Problem]) -> None:
    mentors = {line.email for line in lines if line.role is Role.MENTOR}
    for line in lines:
        if line.mentor and line.mentor not in mentors:
            expected = "the address of somebody who has a row with the role mentor."
            problems.append(Problem(row=line.row, column="mentor", expected=expected))
        if line.mentor == line.email:
            problems.append(
                Problem(row=line.row, column="mentor", expected="somebody else; nobody mentors themselves.")
            )


def _check_conflicts(lines: Sequence[Line], recusals: Recusals, problems: list[Problem]) -> None:
    scholars = [line for line in lines if line.role is Role.SCHOLAR]
    support = [line for line in lines if line.role in SUPPORT_ROLES]
    judging = {(line.email, line.role) for line in lines if line.role in JUDGES}
    for helper, scholar in product(support, scholars):
        if not _overlap(helper, scholar) or recusals.keeps_apart(helper.email, scholar.email):
            continue
        if _judges(helper, scholar, judging):
            expected = (
                f"nobody may both support and judge the same scholar. They could meet the scholar of row {scholar.row} "
                "in support: take one of the roles away, or name the pair in a recusals file."
            )
            problems.append(Problem(row=helper.row, column="role", expected=expected))


def _judges(helper: Line, scholar: Line, judging: Iterable[tuple[str, Role]]) -> bool:
    if scholar.mentor == helper.email:
        return True
    # Graders and evaluators look at the whole cohort, so every scholar is one they judge.
    return any(email == helper.email and role is not Role.MENTOR for email, role in judging)


def _overlap(one: Line, other: Line) -> bool:
    return one.starts <= other.ends and other.starts <= one.ends
