"""Every case of the table of scheduling cases is tested, and a reader finds it by its number."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.looking.documents import ROOT, files, text

CASES = (1, 2, 3, 4, 6, 7, 9, 10, 12, 13, 14, 15, 17, 18, 25, 26, 27, 28, 31, 32, 33, 37, 38, 39, 40, 47, 52, 54)
"""The numbers of the plan, with the gaps that it has."""
TABLE = ROOT / "tests" / "builders" / "scheduling_cases.py"
"""What the tests of the domain and those through the service both go through."""
_IN_A_NAME = re.compile(r"def test_((?:t[0-9]+_)+)")
_IN_A_TABLE = re.compile(r'^    "T([0-9]+) [^"]+": Case', re.MULTILINE)
_IN_WORDS = re.compile(r"\bcases? ([0-9]+(?:(?:, | and )[0-9]+)*)", re.IGNORECASE)
_NUMBER = re.compile(r"[0-9]+")


def numbers_in(page: str) -> Iterator[int]:
    """The cases that a file of tests names: `test_t6_...`, `"T6 ...": Case`, and "Case 6" or "cases 32 and 33"."""
    for pattern in (_IN_A_NAME, _IN_A_TABLE, _IN_WORDS):
        for found in pattern.findall(page):
            yield from map(int, _NUMBER.findall(found))


def found_in_tests() -> dict[int, list[Path]]:
    """In which files of tests each case is named."""
    found: dict[int, list[Path]] = {}
    for path in files():
        is_test = path.is_relative_to(ROOT / "tests") and path.name.startswith("test_") and path != Path(__file__)
        if is_test or path == TABLE:
            for number in set(numbers_in(text(path))):
                found.setdefault(number, []).append(path)
    return found


def test_every_case_is_named_by_a_test_and_no_other_number_is() -> None:
    assert sorted(found_in_tests()) == list(CASES)


@pytest.mark.parametrize(
    ("page", "numbers"),
    [
        ("def test_t14_t15_a_monday() -> None:", [14, 15]),
        ('    "T31 end to end": Case(', [31]),
        ('    """Cases 32 and 33."""', [32, 33]),
        ("(case 47).", [47]),
        ("Case 9: twenty-three hours", [9]),
        ("at 2027-03-14T09:00Z, in any case", []),
    ],
)
def test_case_is_found_however_it_is_named(page: str, numbers: list[int]) -> None:
    assert list(numbers_in(page)) == numbers
