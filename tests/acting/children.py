"""Processes that stand ready to play a part of `tests.children`, and begin together."""

import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from pathlib import Path

from storage.migrations import StoreName
from tests.fixtures.desks import House

ROOT = Path(__file__).parents[2]
Child = subprocess.Popen[str]


@contextmanager
def children(house: House, module: str, *parts: tuple[str, ...]) -> Iterator[list[Child]]:
    """A process for each part; all of them are ready. They are killed where they have not ended by themselves."""
    urls = [house.stores.url(which) for which in (StoreName.PROGRAM, StoreName.CONFIDENTIAL)]
    with ExitStack() as stack:
        started = []
        for number, part in enumerate(parts):
            command = [sys.executable, "-m", module, *urls, f"run-{number}", *part]
            child = stack.enter_context(
                subprocess.Popen(command, cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True)
            )
            stack.callback(child.kill)
            started.append(child)
        assert [said(child) for child in started] == ["ready"] * len(started)
        yield started


def said(child: Child) -> str:
    """The next thing it says."""
    assert child.stdout is not None
    return child.stdout.readline().strip()


def go(child: Child) -> None:
    """Let it begin."""
    assert child.stdin is not None
    child.stdin.write("go\n")
    child.stdin.flush()


def all_said(child: Child) -> list[str]:
    """Everything that it says until it is done."""
    assert child.stdout is not None
    lines = [line.strip() for line in child.stdout]
    assert lines[-1:] == ["done"]
    return lines[:-1]
