"""What is wrong with a roster file, said all at once: file, row, column and what was expected."""

from collections.abc import Sequence
from dataclasses import dataclass

from domain.errors import DomainError

SHOWN = 30
"""More than that is one mistake made often."""


@dataclass(frozen=True, slots=True, order=True, kw_only=True)
class Problem:
    """One thing to mend. `row` counts as a spreadsheet does: the header is row 1; 0 is the file as a whole."""

    row: int
    column: str
    expected: str


class RosterProblems(DomainError):
    """The roster was not imported; nothing was changed."""

    def __init__(self, file: str, problems: Sequence[Problem]) -> None:
        self.problems = tuple(sorted(set(problems)))
        lines = [_line(file, problem) for problem in self.problems[:SHOWN]]
        more = len(self.problems) - SHOWN
        if more > 0:
            lines.append(f"... and {more} more.")
        super().__init__("\n".join(["The roster was not imported; nothing was changed.", *lines]))


def _line(file: str, problem: Problem) -> str:
    places = [file]
    if problem.row:
        places.append(f"row {problem.row}")
    if problem.column:
        places.append(f"column {problem.column}")
    return f"{', '.join(places)}: {problem.expected}"
