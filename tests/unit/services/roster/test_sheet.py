"""The form of a CSV file: encoding, header, rows."""

import pytest

from services.roster.problems import Findings
from services.roster.sheet import Line, is_plain, read_sheet

COLUMNS = ("name", "site")


def read(content: bytes, *, may_be_empty: bool = False) -> tuple[list[Line], list[str]]:
    findings = Findings("f.csv")
    lines = read_sheet(content, COLUMNS, findings, may_be_empty=may_be_empty)
    return lines, [str(problem) for problem in findings.problems()]


def a_line(row: int, name: str, site: str = "") -> Line:
    return Line(row=row, cells={"name": name, "site": site})


@pytest.mark.parametrize(
    "content",
    [
        pytest.param(b"name,site\nAda,London\n", id="plain"),
        pytest.param(b"\xef\xbb\xbfname,site\nAda,London\n", id="with BOM"),
        pytest.param(b"name,site\r\nAda,London\r\n", id="from Windows"),
        pytest.param(b"name,site\nAda,London", id="last line not ended"),
        pytest.param(b' NAME ,"Site"\n" Ada ",\tLondon', id="spaces and capitals"),
        pytest.param(b"site,name\nLondon,Ada\n", id="another order"),
        pytest.param(b"name,site,,\nAda,London,,\n", id="empty columns after the last"),
    ],
)
def test_sheet_in_any_usual_form_reads_the_same(content: bytes) -> None:
    assert read(content) == ([a_line(2, "Ada", "London")], [])


def test_sheet_keeps_every_letter_in_one_form() -> None:
    lines, _ = read("name,site\nA\u030asa \u00a0 \u0644\u200c\u0645,\n".encode())

    assert lines == [a_line(2, "\u00c5sa \u0644\u200c\u0645")]


def test_sheet_counts_rows_as_a_spreadsheet_does() -> None:
    lines, _ = read(b'name,site\n\n"Ada\nOkafor",\n,\nBo,\n')

    assert lines == [a_line(3, "Ada Okafor"), a_line(5, "Bo")]


@pytest.mark.parametrize(
    ("content", "problems"),
    [
        (b"", ["f.csv, row 1: the first line must be the header: name,site"]),
        (b"Ada,London\nBo,Paris\n", ["f.csv, row 1: the first line must be the header: name,site"]),
        (b"name\nAda\n", ["f.csv, row 1, column site: expected this column in the header"]),
        (
            b"name,site,zone\nAda,London,UTC\n",
            ["f.csv, row 1, column zone: expected only the columns name,site, with commas"],
        ),
        (b"name,site,name\nAda,London,Ada\n", ["f.csv, row 1, column name: expected this column once"]),
        (b"name;site\nAda;London\n", ["f.csv, row 1: this file is separated by semicolons; save it with commas"]),
        (b"name\tsite\nAda\tLondon\n", ["f.csv, row 1: this file is separated by tabs; save it with commas"]),
        (
            b"name,site,\x1b[31m\nAda,London,\n",
            ["f.csv, row 1: expected only the columns name,site, with commas"],
        ),
        (b"name,site\n", ["f.csv, row 2: expected at least one row below the header"]),
        (b"name,site\n,\n", ["f.csv, row 2: expected at least one row below the header"]),
        (b"name,site\nAda\n", ["f.csv, row 2, column site: expected 2 values, found 1"]),
        (
            b"name,site\nOkafor, Ada,London\n",
            ["f.csv, row 2: expected 2 values; a value with a comma in it needs quotes around it"],
        ),
        (
            b"name,site\nAda,London\nB\xf6,London\n",
            ["f.csv, row 3: expected UTF-8. Please save the file as CSV UTF-8"],
        ),
        (
            "name,site\nAda,London\n".encode("utf-16"),
            ["f.csv, row 1: expected UTF-8. Please save the file as CSV UTF-8"],
        ),
        (
            b'name,site\nAda,London\n"Bo,London\n',
            ["f.csv, row 3: expected values with commas between them, and quotes that are closed"],
        ),
        (
            b'name,site\nAda,London\n"Bo"b,London\n',
            ["f.csv, row 3: expected values with commas between them, and quotes that are closed"],
        ),
        (
            b"name,site\n" + b"x" * 200_000 + b",London\n",
            ["f.csv, row 2: expected values with commas between them, and quotes that are closed"],
        ),
    ],
)
def test_sheet_of_the_wrong_form_is_named_by_row_and_column(content: bytes, problems: list[str]) -> None:
    assert read(content)[1] == problems


def test_sheet_names_every_row_of_the_wrong_form() -> None:
    lines, problems = read(b"name,site\nAda\nBo,London\nEli\n")

    assert (lines, len(problems)) == ([a_line(3, "Bo", "London")], 2)


def test_sheet_without_rows_is_right_where_it_may_be_empty() -> None:
    assert read(b"name,site\n", may_be_empty=True) == ([], [])


@pytest.mark.parametrize(
    ("value", "plain"),
    [
        ("", True),
        ("x" * 200, True),
        ("x" * 201, False),
        ("\u0644\u200c\u0645", True),
        ("a\x00b", False),
        ("a\x1b[2Jb", False),
        ("a\u202eb", False),
    ],
)
def test_value_is_plain_when_it_can_be_shown_as_it_is(value: str, *, plain: bool) -> None:
    assert is_plain(value) is plain
