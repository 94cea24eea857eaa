"""Each value of a roster by itself."""

from datetime import date

import pytest

from domain.people import Role
from services.roster.problems import Findings
from services.roster.rows import COLUMNS, RosterRow, roster_rows
from services.roster.sheet import read_sheet
from tests.builders.rosters import NAME, Row, a_file, a_row, a_scholar_of


def read(*rows: Row) -> tuple[list[RosterRow], list[str]]:
    findings = Findings("f.csv")
    found = roster_rows(read_sheet(a_file(*rows), COLUMNS, findings), findings)
    return found, [str(problem).removeprefix("f.csv, ") for problem in findings.problems()]


def test_row_with_every_value_right_is_read() -> None:
    row = a_scholar_of("max", "ada", email="ADA@Example.org", mentor="Max@example.org", role="Scholar", ends="2027-2-5")

    found, problems = read(row)

    expected = RosterRow(
        row=2,
        name="Ada",
        email="ada@example.org",
        program=NAME,
        cohort="2027",
        role=Role.SCHOLAR,
        stream="Stream max",
        mentor="max@example.org",
        phase="Research",
        site="London",
        zone="Europe/London",
        starts=date(2027, 1, 1),
        ends=date(2027, 2, 5),
    )
    assert (found, problems) == ([expected], [])


@pytest.mark.parametrize("column", ["name", "email", "program", "cohort", "role", "zone", "from", "to"])
def test_row_without_a_needed_value_is_named(column: str) -> None:
    assert read(dict(a_row()) | {column: ""}) == ([], [f"row 2, column {column}: expected a value"])


@pytest.mark.parametrize("column", ["stream", "mentor", "phase", "site"])
def test_row_without_a_value_that_not_everybody_has_is_read(column: str) -> None:
    assert read(dict(a_row()) | {column: ""})[1] == []


@pytest.mark.parametrize("role", Role)
def test_row_of_every_role_is_read(role: Role) -> None:
    found, problems = read(a_row(role=role.value))

    assert ([row.role for row in found], problems) == ([role], [])


ROLES = "scholar, coach, community_manager, mentor, staff, ops, evaluator, grader, alumnus"


@pytest.mark.parametrize(
    ("column", "value", "expected"),
    [
        ("email", "ada", "an e-mail address"),
        ("email", "ada@example", "an e-mail address"),
        ("email", "ada@@example.org", "an e-mail address"),
        ("email", "ada okafor@example.org", "an e-mail address"),
        ("name", "x" * 201, "at most 200 characters, all of them visible"),
        ("name", "Ada\x00", "at most 200 characters, all of them visible"),
        ("site", "Lon\x1b[2Jdon", "at most 200 characters, all of them visible"),
        ("role", "tutor", f"one of {ROLES}"),
        ("zone", "Berlin", "a time zone. I do not know that time zone. Did you mean Europe/Berlin?"),
        ("zone", "../../etc/passwd", "a time zone. I do not know that time zone."),
        ("from", "01/02/2027", "a date. I could not read that date. Please write it like 2027-03-15."),
        ("to", "2027-02-30", "a date. There is no such date. Please check the month and the day."),
        ("to", "1999-12-31", "a date. I could not read that date. Please write it like 2027-03-15."),
        ("to", "2026-12-31", "a date that is not before the one in from"),
    ],
)
def test_row_with_a_wrong_value_says_what_was_expected(column: str, value: str, expected: str) -> None:
    found, problems = read(dict(a_row()) | {column: value})

    assert (found, len(problems)) == ([], 1)
    assert problems[0].startswith(f"row 2, column {column}: expected {expected}")


@pytest.mark.parametrize(
    ("row", "problem"),
    [
        (a_row(stream="Stream 1"), "column mentor: expected the mentor of the stream"),
        (a_row(mentor="max@example.org"), "column stream: expected the stream of the mentor"),
        (
            a_row(role="coach", mentor="max@example.org"),
            "column mentor: expected nothing, because only a scholar has a mentor",
        ),
    ],
)
def test_row_with_half_a_stream_is_named(row: Row, problem: str) -> None:
    assert read(row) == ([], [f"row 2, {problem}"])


def test_row_with_several_wrong_values_names_them_all() -> None:
    row = a_row(name="", role="tutor", zone="", starts="soon", ends="later")

    _, problems = read(row, a_row("bo"), a_row("eli", email="eli"))

    assert [problem.partition(":")[0] for problem in problems] == [
        "row 2, column name",
        "row 2, column zone",
        "row 2, column role",
        "row 2, column from",
        "row 2, column to",
        "row 4, column email",
    ]


def test_wrong_value_is_not_repeated_in_the_message() -> None:
    _, problems = read(a_row(email="secret", role="secret", zone="secret", starts="secret", ends="secret"))

    assert [problem for problem in problems if "secret" in problem] == []
