"""Finds people who would both support and judge the same scholar.

A mentor judges the scholars whose rows name them, and those of the stream in their own row, for good: what a scholar
told a coach last year must not decide this year. A grader judges the cohort in their row, or only the stream where they
name one. Somebody in support may meet every scholar whose days meet theirs. These conflicts are of pairs, so recusals
settle them.

Staff, ops and evaluators judge the whole program (decision 0018). A recusal of every scholar would leave nobody to
support, so on the same days nobody holds both.
"""

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from domain.people import SUPPORT_ROLES, Role
from services.roster.problems import Findings
from services.roster.recusals import Pair
from services.roster.rows import RosterRow

JUDGES_OF_ALL = frozenset({Role.STAFF, Role.OPS, Role.EVALUATOR})


@dataclass(frozen=True, slots=True, kw_only=True)
class _Judged:
    """A scholar's row, judged by this address according to the row and column `said_in`."""

    by: str
    scholar: RosterRow
    said_in: RosterRow
    column: str


def check_conflicts(rows: Sequence[RosterRow], recused: frozenset[Pair], findings: Findings) -> None:
    """Find every pair that no recusal names, and everybody in support who judges the whole program."""
    support = _by_person([row for row in rows if row.role in SUPPORT_ROLES])
    _check_judges_of_all(rows, support, findings)
    scholars = _by_person([row for row in rows if row.role is Role.SCHOLAR])
    found: defaultdict[tuple[int, str], list[int]] = defaultdict(list)
    for judged in _judged(rows, set(support)):
        pair = judged.by, judged.scholar.email
        may_meet = any(one.meets(other) for one in support[judged.by] for other in scholars[judged.scholar.email])
        if may_meet and pair not in recused:
            found[judged.said_in.row, judged.column].append(judged.scholar.row)
    for (row, column), scholar_rows in found.items():
        findings.expect(_expected(column, scholar_rows), row=row, column=column)


def _check_judges_of_all(
    rows: Sequence[RosterRow], support: Mapping[str, Sequence[RosterRow]], findings: Findings
) -> None:
    for judge in rows:
        if judge.role not in JUDGES_OF_ALL:
            continue
        supporting = next((row for row in support.get(judge.email, ()) if row.meets(judge)), None)
        if supporting is not None:
            findings.expect(
                f"another person than in row {supporting.row}, or days that do not meet those of that row, in either "
                "zone; staff, ops and evaluators judge every scholar, so nobody in support is one of them, and no "
                "recusal helps",
                row=judge.row,
                column="role",
            )


def _expected(column: str, scholar_rows: Sequence[int]) -> str:
    if column == "mentor":
        return "a mentor who is not this scholar's coach or community manager as well, or a recusal of this pair"
    listed = ", ".join(map(str, scholar_rows))
    return f"nobody who supports those they judge, or recusals for the scholars of these rows: {listed}"


def _by_person(rows: Sequence[RosterRow]) -> dict[str, list[RosterRow]]:
    found: defaultdict[str, list[RosterRow]] = defaultdict(list)
    for row in rows:
        found[row.email].append(row)
    return dict(found)


def _judged(rows: Sequence[RosterRow], supporters: set[str]) -> Iterator[_Judged]:
    """Who judges whom, for those only who are in support."""
    scholars = [row for row in rows if row.role is Role.SCHOLAR]
    for scholar in scholars:
        if scholar.mentor in supporters:
            yield _Judged(by=scholar.mentor, scholar=scholar, said_in=scholar, column="mentor")
    for judge in rows:
        if judge.role in (Role.GRADER, Role.MENTOR) and judge.email in supporters:
            for scholar in scholars:
                if _judges(judge, scholar):
                    yield _Judged(by=judge.email, scholar=scholar, said_in=judge, column="role")


def _judges(judge: RosterRow, scholar: RosterRow) -> bool:
    if judge.email in {scholar.email, scholar.mentor}:
        return False  # nobody judges themselves, and whom a row names as mentor has been found by that row
    # However they are spelled: a capital must not hide a judge.
    stream = scholar.stream.casefold()
    streams = {stream} - {""} if judge.role is Role.MENTOR else {"", stream}
    return judge.cohort.casefold() == scholar.cohort.casefold() and judge.stream.casefold() in streams
