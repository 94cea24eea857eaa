"""The results as a table for the terminal, as JSON for machines, and as a table in the documentation."""

import json
from collections.abc import Iterable, Sequence
from pathlib import Path

from rich.table import Table

from benchmarks.results import Result

JSON = Path("var/bench/results.json")
PAGE = Path("docs/benchmarks.md")
BEGIN, END = "<!-- last run: begin -->", "<!-- last run: end -->"
HEADS = ("What", "Engine", "Measured", "Rounds", "Floor", "Ratio", "Goal", "Met")
_MET = {True: "yes", False: "no", None: ""}


class NoPlace(Exception):
    """The page has lost the two lines between which the table stands."""


def write_json(results: Iterable[Result], path: Path = JSON) -> None:
    """The list that `make bench` leaves behind."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps([result.as_json() for result in results], indent=2) + "\n", encoding="utf-8")


def as_table(results: Iterable[Result]) -> Table:
    """For the terminal, a section for each area."""
    table = Table(*HEADS, title="Measured beside the bare thing, in one run")
    area = None
    for result in results:
        if result.area != area:
            area = result.area
            table.add_section()
            table.add_row(f"[bold]{area}[/bold]")
        table.add_row(*cells(result), style="red" if result.met is False else None)
    return table


def cells(result: Result) -> tuple[str, ...]:
    """One row, in the order of `HEADS`."""
    return (
        result.name,
        result.engine or "",
        _measured(result.value, result.unit, result.windows),
        str(result.times or ""),
        "" if result.floor is None else _measured(result.floor, result.unit, result.floor_windows),
        "" if result.ratio is None else f"{result.ratio:.2f}",
        "" if result.goal is None else str(result.goal),
        _MET[result.met],
    )


def _measured(value: float, unit: str, windows: Sequence[float]) -> str:
    """The number with its unit and, where windows are told, the lowest and the highest."""
    middle = f"{number(value)} {unit}"
    return f"{middle} ({number(min(windows))} to {number(max(windows))})" if windows else middle


def number(value: float) -> str:
    """Three figures that mean something; counts and thousands whole."""
    return f"{value:.0f}" if value == int(value) or abs(value) >= 100 else f"{value:.3g}"


def with_table(page: str, results: Sequence[Result], machine: str) -> str:
    """The page with its last run replaced by this one. Raises `NoPlace`."""
    before, begin, rest = page.partition(BEGIN)
    _, end, after = rest.partition(END)
    if not (begin and end):
        raise NoPlace(f"{BEGIN} and {END} must both stand in the page, in this order")
    return f"{before}{BEGIN}\n\n{machine}\n\n{_markdown(results)}\n\n{END}{after}"


def write_page(results: Sequence[Result], machine: str, path: Path = PAGE) -> None:
    """Bring the page up to date."""
    path.write_text(with_table(path.read_text(encoding="utf-8"), results, machine), encoding="utf-8")


def summary(results: Sequence[Result]) -> str:
    """How many goals are met."""
    judged = [result.met for result in results if result.met is not None]
    return f"{sum(judged)} of {len(judged)} goals met."


def _markdown(results: Iterable[Result]) -> str:
    rows = [("Area", *HEADS), ("---",) * (len(HEADS) + 1), *((each.area, *cells(each)) for each in results)]
    return "\n".join(f"| {' | '.join(row)} |" for row in rows)
