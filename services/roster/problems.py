"""What is wrong with a file that somebody wants to import: every place named, all of them at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from domain.errors import DomainError


@dataclass(frozen=True, slots=True, kw_only=True)
class Problem:
    """One thing to put right. The row counts as a spreadsheet does, the header being 1; values are not repeated."""

    file: str
    row: int
    column: str | None
    expected: str

    def __str__(self) -> str:
        """For instance "roster.csv, row 7, column zone: expected a time zone"."""
        column = f", column {self.column}" if self.column else ""
        return f"{self.file}, row {self.row}{column}: {self.expected}"


class RosterProblems(DomainError):
    """The roster was not imported. The message lists every problem, file by file and row by row."""

    def __init__(self, problems: Iterable[Problem]) -> None:
        self.problems = tuple(problems)
        listed = "\n".join(str(problem) for problem in self.problems)
        super().__init__(f"Nothing was imported. Please put right:\n{listed}")


class Findings:
    """Collects what is wrong with one file."""

    def __init__(self, file: str) -> None:
        self.file = file
        self._problems: dict[Problem, None] = {}

    def __len__(self) -> int:
        """How many there are so far."""
        return len(self._problems)

    def expect(self, expected: str, *, row: int, column: str | None = None) -> None:
        """Note what was expected at a place and not found there."""
        self._problems[Problem(file=self.file, row=row, column=column, expected=f"expected {expected}")] = None

    def say(self, what: str, *, row: int) -> None:
        """Note what is wrong with a file as a whole, in words of its own, at the row where it shows."""
        self._problems[Problem(file=self.file, row=row, column=None, expected=what)] = None

    def problems(self) -> list[Problem]:
        """All of them, by row."""
        return sorted(self._problems, key=lambda problem: problem.row)
