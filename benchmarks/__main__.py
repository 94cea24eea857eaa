"""Measures everything, or the areas named: `python -m benchmarks [AREA ...]`. A whole run also updates the page."""

import argparse
import logging
import time
from collections.abc import Callable, Sequence

from rich.console import Console

from benchmarks.areas import booking, broadcast, command, dispatch, rivals, scheduling, slots, start
from benchmarks.lab import Lab, a_lab
from benchmarks.machine import described
from benchmarks.report import as_table, summary, write_json, write_page
from benchmarks.results import Result

AREAS: dict[str, Callable[[Lab], list[Result]]] = {
    "command": command.measure,
    "dispatch": dispatch.measure,
    "booking": booking.measure,
    "rivals": rivals.measure,
    "slots": slots.measure,
    "scheduling": scheduling.measure,
    "broadcast": broadcast.measure,
    "start": start.measure,
}


def main() -> None:
    """Measure, print the table, write the JSON and, after a whole run, the table in the documentation."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=__doc__)
    parser.add_argument("areas", nargs="*", metavar="AREA", help=f"some of {', '.join(AREAS)}; all without any")
    asked: Sequence[str] = parser.parse_args().areas
    if unknown := sorted(set(asked) - set(AREAS)):
        parser.error(f"there is no {', '.join(unknown)} among {', '.join(AREAS)}")
    logging.disable(logging.WARNING)  # what the product warns of is meant for programs, not for a run in a lab
    console = Console()
    began = time.monotonic()
    with a_lab(lambda what: console.print(f"[dim]{time.monotonic() - began:4.0f} s  {what}[/dim]")) as lab:
        results, took = measured(lab, [name for name in AREAS if name in (asked or AREAS)])
        write_json(results)
        if not asked:
            write_page(results, described(lab.server.version()))
    console.print(as_table(results))
    console.print(", ".join(f"{name} {seconds:.0f} s" for name, seconds in took.items()))
    console.print(f"{summary(results)} {time.monotonic() - began:.0f} s.")


def measured(lab: Lab, names: Sequence[str]) -> tuple[list[Result], dict[str, float]]:
    """The rows of these areas, and the seconds that each area took; what is furnished first is counted where it is."""
    results, took = [], {}
    for name in names:
        began = time.monotonic()
        results += AREAS[name](lab)
        took[name] = time.monotonic() - began
    return results, took


if __name__ == "__main__":
    main()
