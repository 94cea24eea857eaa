import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.looking.documents import ROOT, code, pages, text

TOO_OLD = "Scholarbot needs Python 3.11 or newer. Name one: make PYTHON=python3.11 demo"
NO_VENV = (
    "This Python cannot make a virtual environment. "
    "Install its venv module (Debian, Ubuntu: apt-get install python3-venv)."
)
NOT_THERE = "exit 127"
_NAMED = re.compile(r"^make (?:[A-Z]+=\S+ )*([\w./-]+)$")
WITHOUT_VENV = f"""\
if [ "$1" = -c ]; then
    exec {sys.executable} -c 'import sys; sys.version_info = (3, MINOR, 9); exec(sys.argv[1])' "$2"
fi
mkdir -p .venv/bin && touch .venv/bin/python && exit 1"""
"""A Python 3.MINOR that makes half an environment, as Debian's does without its package python3-venv."""


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A folder in which nothing was installed yet."""
    for name in ("Makefile", "pyproject.toml", "requirements.txt", "requirements-dev.txt"):
        shutil.copy(ROOT / name, tmp_path / name)
    return tmp_path


def make(folder: Path, target: str, *, python: str) -> list[str]:
    """What `make` says, with a Python that does as the line of shell says; it must fail."""
    script = folder / "some-python"
    script.write_text(f"#!/bin/sh\n{python}\n", "utf-8")
    script.chmod(0o755)
    command = ["make", "--no-print-directory", f"PYTHON={script}", target]
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin"}
    done = subprocess.run(command, cwd=folder, env=environment, capture_output=True, text=True, check=False)
    assert done.returncode != 0
    return done.stdout.splitlines()


@pytest.mark.parametrize(
    ("python", "sentence"),
    [
        pytest.param(WITHOUT_VENV.replace("MINOR", "10"), TOO_OLD, id="too old"),
        pytest.param(NOT_THERE, TOO_OLD, id="not there"),
        pytest.param(WITHOUT_VENV.replace("MINOR", "11"), NO_VENV, id="without venv"),
    ],
)
def test_make_with_an_unfit_python_says_what_helps_and_leaves_nothing_half_made(
    checkout: Path, python: str, sentence: str
) -> None:
    said = make(checkout, "demo", python=python)

    assert said == [sentence]
    assert not (checkout / ".venv").exists()


def test_make_alone_lists_the_targets(checkout: Path) -> None:
    listed = subprocess.run(["make"], cwd=checkout, capture_output=True, text=True, check=True)  # noqa: S607 as people do

    named = {line.split()[0] for line in listed.stdout.splitlines()}
    assert {"install", "demo", "test", "check", "bench", "soak"} <= named


def test_what_make_runs_keeps_its_byte_code_whatever_the_shell_says(checkout: Path) -> None:
    command = ["make", "--eval", "show: ; @env", "show"]
    environment = {"PATH": "/usr/local/bin:/usr/bin:/bin", "PYTHONDONTWRITEBYTECODE": "1"}

    shown = subprocess.run(command, cwd=checkout, env=environment, capture_output=True, text=True, check=True)

    assert "PATH=" in shown.stdout
    assert "PYTHONDONTWRITEBYTECODE" not in shown.stdout


def test_pages_name_no_target_that_make_alone_does_not_list(checkout: Path) -> None:
    listed = subprocess.run(["make"], cwd=checkout, capture_output=True, text=True, check=True)  # noqa: S607 as people do

    targets = {line.split()[0] for line in listed.stdout.splitlines()}
    named = {word for page in pages() for line in code(text(page)) for word in _NAMED.findall(line)}
    assert named - targets == set()
    assert "install" in named
