"""Contradictions between the rows of a roster."""

import pytest

from services.roster.conflicts import check_conflicts
from services.roster.problems import Findings
from services.roster.recusals import Pair
from services.roster.rows import COLUMNS, roster_rows
from services.roster.rules import check_roster
from services.roster.sheet import read_sheet
from tests.builders.people import address_of
from tests.builders.rosters import Row, a_file, a_row, a_scholar_of


def problems_of(*rows: Row, recused: tuple[Pair, ...] = ()) -> list[str]:
    findings = Findings("f.csv")
    lines = read_sheet(a_file(*rows), COLUMNS, findings)
    found = roster_rows(lines, findings)
    check_roster(lines, found, findings)
    pairs = frozenset((address_of(support), address_of(scholar)) for support, scholar in recused)
    check_conflicts(found, pairs, findings)
    return [str(problem).removeprefix("f.csv, ") for problem in findings.problems()]


MENTOR = a_row("max", role="mentor")


@pytest.mark.parametrize(
    "rows",
    [
        pytest.param([a_row(), a_row(role="staff")], id="two roles at once"),
        pytest.param([a_row(ends="2027-03-31"), a_row(starts="2027-04-01")], id="one after the other"),
        pytest.param([MENTOR, a_scholar_of("max"), a_row()], id="two streams at once"),
        pytest.param([a_row(phase="Training"), a_row()], id="two phases at once"),
        pytest.param([a_row("max", role="mentor"), a_scholar_of("max", mentor="MAX@example.org")], id="capitals"),
    ],
)
def test_roster_without_contradictions_has_no_problems(rows: list[Row]) -> None:
    assert problems_of(*rows) == []


@pytest.mark.parametrize(
    ("rows", "problem"),
    [
        pytest.param(
            [a_row(), a_row(role="staff", name="Ada O.")],
            "row 3, column email: expected an address of their own; row 2 has it with another name",
            id="two names",
        ),
        pytest.param(
            [a_row(), a_row("bo", role="staff", email="ADA@example.org")],
            "row 3, column email: expected an address of their own; row 2 has it with another name",
            id="two people",
        ),
        pytest.param(
            [a_row(), a_row()], "row 3, column from: expected other days than row 2, which says the same", id="twice"
        ),
        pytest.param(
            [a_row(), a_row(starts="2027-12-31", ends="2028-01-31", zone="Asia/Tokyo")],
            "row 3, column from: expected other days than row 2, which says the same",
            id="two zones on one day",
        ),
        pytest.param(
            [a_row(), a_row("bo", program="Another")],
            "row 3, column program: expected the same program as in row 2; each program has a file of its own",
            id="two programs",
        ),
        pytest.param(
            [a_row("max"), a_scholar_of("max")],
            "row 3, column mentor: expected the e-mail address of somebody who has a row with the role mentor",
            id="mentor is none",
        ),
        pytest.param(
            [a_row(role="mentor"), a_scholar_of("ada")], "row 3, column mentor: expected somebody else", id="own mentor"
        ),
    ],
)
def test_roster_with_a_contradiction_names_it(rows: list[Row], problem: str) -> None:
    assert problems_of(*rows) == [problem]


def test_wrong_date_of_a_mentor_brings_no_complaint_about_the_scholars() -> None:
    problems = problems_of(a_row("max", role="mentor", starts="soon"), a_scholar_of("max"), a_scholar_of("max", "bo"))

    assert [problem.partition(":")[0] for problem in problems] == ["row 2, column from"]


MENTOR_CONFLICT = (
    "column mentor: expected a mentor who is not this scholar's coach or community manager as well, or a recusal of "
    "this pair"
)


@pytest.mark.parametrize("role", ["coach", "community_manager"])
def test_mentor_who_may_support_the_scholar_is_refused(role: str) -> None:
    rows = [MENTOR, a_row("max", role=role), a_scholar_of("max"), a_row("bo")]

    assert problems_of(*rows) == [f"row 4, {MENTOR_CONFLICT}"]


CO_MENTOR_CONFLICT = (
    "column role: expected nobody who supports those they judge, or recusals for the scholars of these rows: 4"
)


@pytest.mark.parametrize(
    ("stream", "is_refused"),
    [("Stream max", True), ("Stream other", False), ("", False)],
    ids=["same", "other", "none"],
)
def test_second_mentor_of_a_stream_who_may_support_its_scholars_is_refused(stream: str, *, is_refused: bool) -> None:
    rows = [a_row("eli", role="coach"), a_row("max", role="mentor", stream="Stream max"), a_scholar_of("max")]

    problems = problems_of(*rows, a_row("eli", role="mentor", stream=stream))

    assert problems == ([f"row 5, {CO_MENTOR_CONFLICT}"] if is_refused else [])
    assert problems_of(*rows, a_row("eli", role="mentor", stream=stream), recused=(("eli", "ada"),)) == []


def test_mentor_who_supports_after_mentoring_is_refused() -> None:
    was_mentor = a_row("max", role="mentor", ends="2027-03-31")
    was_theirs = a_scholar_of("max", ends="2027-03-31")
    is_coach = a_row("max", role="coach", starts="2027-04-01")

    assert problems_of(was_mentor, was_theirs, is_coach, a_row(starts="2027-04-01")) == [f"row 3, {MENTOR_CONFLICT}"]


def test_mentor_who_supports_when_the_scholar_has_gone_is_accepted() -> None:
    was_theirs = a_scholar_of("max", ends="2027-03-31")
    is_coach = a_row("max", role="coach", starts="2027-04-01")

    assert problems_of(MENTOR, was_theirs, is_coach) == []


def test_mentor_conflict_with_a_recusal_of_the_pair_is_accepted() -> None:
    rows = [MENTOR, a_row("max", role="coach"), a_scholar_of("max"), a_scholar_of("max", "bo")]

    assert problems_of(*rows, recused=(("max", "ada"), ("max", "bo"))) == []


def test_mentor_conflict_with_a_recusal_of_another_pair_is_refused() -> None:
    rows = [MENTOR, a_row("max", role="coach"), a_scholar_of("max"), a_row("eli", role="coach")]

    assert problems_of(*rows, recused=(("max", "bo"), ("eli", "ada"))) == [f"row 4, {MENTOR_CONFLICT}"]


def test_grader_of_a_cohort_who_may_support_it_is_refused() -> None:
    judge = a_row("eli", role="grader")

    problems = problems_of(a_row("eli", role="coach"), judge, a_row(), a_row("bo"), a_row("old", cohort="2026"))

    expected = "expected nobody who supports those they judge, or recusals for the scholars of these rows: 4, 5"
    assert problems == [f"row 3, column role: {expected}"]


def test_grader_of_a_stream_conflicts_with_its_scholars_only() -> None:
    stream = [MENTOR, a_scholar_of("max"), a_row("bo")]
    judge = [a_row("eli", role="coach"), a_row("eli", role="grader", stream="Stream max")]

    assert problems_of(*stream, *judge, recused=(("eli", "ada"),)) == []
    assert len(problems_of(*stream, *judge, recused=(("eli", "bo"),))) == 1


@pytest.mark.parametrize("support", ["coach", "community_manager"])
@pytest.mark.parametrize("role", ["staff", "ops", "evaluator"])
def test_judge_of_the_whole_program_who_is_in_support_is_refused_whatever_is_recused(role: str, support: str) -> None:
    rows = [a_row(), a_row("eli", role=support), a_row("eli", role=role, cohort="2026", stream="Other")]

    problems = problems_of(*rows, recused=(("eli", "ada"),))

    expected = (
        "expected another person than in row 3, or days that do not meet those of that row, in either zone; staff, ops "
        "and evaluators judge every scholar, so nobody in support is one of them, and no recusal helps"
    )
    assert problems == [f"row 4, column role: {expected}"]


@pytest.mark.parametrize(
    ("starts", "ends", "is_refused"),
    [
        ("2027-04-01", "2027-12-31", False),
        ("2027-03-31", "2027-12-31", True),
        ("2026-06-01", "2026-12-31", False),
        ("2026-06-01", "2027-01-01", True),
    ],
    ids=["the day after", "the last day", "the day before", "the first day"],
)
def test_judge_of_the_whole_program_on_other_days_is_accepted(starts: str, ends: str, *, is_refused: bool) -> None:
    rows = [a_row("eli", role="coach", ends="2027-03-31"), a_row("eli", role="staff", starts=starts, ends=ends)]

    assert bool(problems_of(*rows)) is is_refused


@pytest.mark.parametrize(
    ("coach", "staff", "is_refused"),
    [
        (("Pacific/Honolulu", "2027-01-10"), ("Pacific/Auckland", "2027-01-11"), True),
        (("Pacific/Honolulu", "2027-01-10"), ("Pacific/Auckland", "2027-01-12"), False),
        (("Pacific/Auckland", "2027-01-10"), ("Pacific/Honolulu", "2027-01-11"), False),
        (("Pacific/Kiritimati", "2027-01-10"), ("Pacific/Pago_Pago", "2027-01-10"), True),
    ],
    ids=["hours in common", "a day between", "hours between", "one date, no hour in common"],
)
def test_judge_of_the_whole_program_in_another_zone_is_accepted_when_the_other_day_is_over(
    coach: tuple[str, str], staff: tuple[str, str], *, is_refused: bool
) -> None:
    rows = [
        a_row("eli", role="coach", zone=coach[0], ends=coach[1]),
        a_row("eli", role="staff", zone=staff[0], starts=staff[1]),
    ]

    assert bool(problems_of(*rows)) is is_refused


@pytest.mark.parametrize("judge", [a_row("eli", role="grader"), a_row("eli", role="mentor")])
@pytest.mark.parametrize(
    ("cohort", "stream", "is_refused"),
    [("spring 2027", "Stream max", True), ("Spring 2027", "STREAM Max", True), ("Spring 2026", "Stream max", False)],
)
def test_capitals_hide_no_judge(judge: Row, cohort: str, stream: str, *, is_refused: bool) -> None:
    scholar = a_scholar_of("max", cohort="Spring 2027")
    coach = a_row("eli", role="coach", cohort="Spring 2027")

    problems = problems_of(MENTOR, scholar, coach, dict(judge) | {"cohort": cohort, "stream": stream})

    assert bool(problems) is is_refused


def test_scholar_in_another_zone_who_may_be_met_for_hours_conflicts() -> None:
    coach = a_row("max", role="coach", zone="Pacific/Honolulu", ends="2027-01-10")
    scholar = a_scholar_of("max", zone="Pacific/Auckland", starts="2027-01-11")

    assert len(problems_of(MENTOR, coach, scholar)) == 1


@pytest.mark.parametrize("judge", [a_row("eli", role="staff", starts="2027-07-01"), a_row("eli", role="grader")])
def test_every_row_in_support_is_looked_at(judge: Row) -> None:
    support = [a_row("eli", role="coach", ends="2027-01-31"), a_row("eli", role="coach", starts="2027-07-01")]

    assert len(problems_of(*support, judge, a_row(starts="2027-07-01"))) == 1


def test_days_at_the_ends_of_the_calendar_are_compared_too() -> None:
    rows = [a_row("eli", role="coach", ends="9999-12-31"), a_row("eli", role="staff", starts="2027-12-31")]

    assert len(problems_of(*rows)) == 1


def test_each_row_of_a_judge_of_the_whole_program_is_named_once() -> None:
    support = [a_row("eli", role="coach"), a_row("eli", role="community_manager")]
    judges = [a_row("eli", role="staff"), a_row("eli", role="ops"), a_row("sam", role="staff")]

    problems = problems_of(*support, *judges)

    assert [problem.partition(":")[0] for problem in problems] == ["row 4, column role", "row 5, column role"]


def test_judge_who_supports_nobody_is_accepted() -> None:
    assert problems_of(a_row("eli", role="grader"), a_row("sam", role="evaluator"), a_row()) == []


def test_judge_who_is_a_scholar_too_does_not_judge_themselves() -> None:
    assert problems_of(a_row("eli", role="grader"), a_row("eli", role="coach"), a_row("eli")) == []
