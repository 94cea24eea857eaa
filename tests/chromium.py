"""Finds a Chromium for the browser tests, and installs one on a machine that has none.

python -m tests.chromium         # says which; ends with 1 and what to do when there is none to be had
CHROMIUM=/path/to/it make test   # takes this one and no other
"""

import os
import shutil
import subprocess
import sys
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from playwright.sync_api import sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome", "google-chrome-stable")
PACKAGE_MANAGERS: Mapping[str, Sequence[Sequence[str]]] = {
    "apt-get": (("apt-get", "update"), ("apt-get", "install", "-y", "--no-install-recommends", "chromium")),
    "apk": (("apk", "add", "--no-cache", "chromium"),),
    "dnf": (("dnf", "install", "-y", "chromium"),),
}
"""What to run, by the program that must be there for it."""
SWITCHES = (
    "--no-sandbox",  # root may not start one with its sandbox; it opens loopback pages of ours only
    "--disable-gpu",
    "--disable-quic",
    "--disable-dev-shm-usage",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)
CURE = """No Chromium for the browser tests. Any one of these helps:
  - install one with the system's package manager, such as: apt-get install chromium
  - let Playwright download its own: .venv/bin/python -m playwright install --with-deps chromium
  - name one that is already there: CHROMIUM=/path/to/chromium make test"""


class NoChromium(Exception):
    """There is none and none could be installed; the text says what helps."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Machine:
    """What the choice depends on. `run` returns an exit status; `downloaded` is where Playwright keeps its own."""

    environment: Mapping[str, str]
    is_root: bool
    which: Callable[[str], str | None]
    run: Callable[[Sequence[str]], int]
    downloaded: Callable[[], str]


def find(machine: Machine) -> str | None:
    """The path of a Chromium that starts: the one that is named, else one on the machine, else Playwright's.

    Raises `NoChromium` when the named one does not start: another one is not what was asked for.
    """
    named = machine.environment.get("CHROMIUM")
    if named:
        if _starts(machine, named):
            return named
        raise NoChromium(f"CHROMIUM names {named}, and that does not start.\n{CURE}")
    on_path = (path for path in map(machine.which, NAMES) if path)
    return next((path for path in on_path if _starts(machine, path)), None) or _downloaded(machine)


def obtain(machine: Machine) -> str:
    """The path of a Chromium, installed if need be. Raises `NoChromium`."""
    found = find(machine) or (_install(machine) if machine.is_root else None) or _download(machine)
    if found is None:
        raise NoChromium(CURE)
    return found


def launch_options(path: str) -> dict[str, Any]:
    """What Playwright's `launch` takes."""
    return {"executable_path": path, "headless": True, "args": list(SWITCHES)}


def this_machine() -> Machine:
    """The one that we are on."""
    return Machine(
        environment=os.environ, is_root=os.geteuid() == 0, which=shutil.which, run=_run, downloaded=_playwrights_own
    )


def main() -> None:
    """Find or install, and say which."""
    try:
        sys.stdout.write(f"Browser tests use {obtain(this_machine())}\n")
    except NoChromium as error:
        sys.exit(str(error))


def _starts(machine: Machine, path: str) -> bool:
    # Some systems keep a program of that name that only tells how to install it.
    return machine.run((path, "--version", "--no-sandbox")) == 0


def _downloaded(machine: Machine) -> str | None:
    path = machine.downloaded()
    return path if _starts(machine, path) else None


def _install(machine: Machine) -> str | None:
    for program, commands in PACKAGE_MANAGERS.items():
        if machine.which(program) and all(machine.run(command) == 0 for command in commands):
            return find(machine)
    return None


def _download(machine: Machine) -> str | None:
    # Its libraries come from the system's package manager, which only root may use.
    needs = ("--with-deps",) if machine.is_root else ()
    machine.run((sys.executable, "-m", "playwright", "install", *needs, "chromium"))
    return _downloaded(machine)


def _run(command: Sequence[str]) -> int:
    try:
        done = subprocess.run(
            command, check=False, stdout=subprocess.DEVNULL, env=os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
        )
    except OSError:
        return 127
    return done.returncode


def _playwrights_own() -> str:
    with sync_playwright() as playwright:
        return playwright.chromium.executable_path


if __name__ == "__main__":
    main()
