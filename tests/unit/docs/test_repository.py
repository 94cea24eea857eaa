import ast
import re
import tomllib
from pathlib import Path

import pytest

from tests.looking.documents import ROOT, files, links, pages, short, text

DESIGN = ROOT / "docs" / "explanation" / "design.md"
DECISIONS = ROOT / "docs" / "decisions"
REFERRED = re.compile(r"decision (\d{4})")
TARGET = re.compile(r"^([a-z][a-z-]*):", re.MULTILINE)
FOREIGN = re.compile(r"pypi\.org/simple|--(?:extra-)?index-url [^<\n]*://|files\.pythonhosted|/home/[a-z]+/|/root/")
"""An address of a package server, or somebody's own folder."""


def folders() -> set[Path]:
    """Every folder that holds a file, or one that does."""
    return {parent for path in files() for parent in path.parents if parent != ROOT and parent.is_relative_to(ROOT)}


def says_its_purpose(folder: Path) -> bool:
    """Whether a folder has a purpose line: a docstring, a README, or a line in the map of the design."""
    init = folder / "__init__.py"
    if init.is_file():
        return bool(ast.get_docstring(ast.parse(text(init))))
    if (folder / "README.md").is_file():
        return True
    listed = re.findall(r"`([^`]+)/`", text(DESIGN))
    return any(folder == ROOT / each or (ROOT / each) in folder.parents for each in listed)


def test_every_folder_says_what_it_is_for() -> None:
    assert sorted(short(folder) for folder in folders() if not says_its_purpose(folder)) == []


def test_top_level_is_that_of_the_design() -> None:
    expected = {
        *("bot", "handlers", "services", "storage", "domain", "sandbox", "deploy", "benchmarks", "docs", "tests"),
        *("pyproject.toml", ".env.example", "Makefile", "README.md", "CHANGELOG.md", "CONTRIBUTING.md", "SECURITY.md"),
        "LICENSE",
    }

    assert {name for name in expected if not (ROOT / name).exists()} == set()


def test_decisions_that_anything_refers_to_exist() -> None:
    kept = {path.name[:4] for path in DECISIONS.glob("[0-9]*.md")}
    named = {number for path in files() if path.suffix in {".py", ".md"} for number in REFERRED.findall(text(path))}

    assert "0004" in named
    assert named - kept == set()


@pytest.mark.parametrize("page", sorted(DECISIONS.glob("[0-9]*.md")), ids=lambda page: page.stem)
def test_decision_has_its_number_its_three_parts_and_a_line_in_the_index(page: Path) -> None:
    parts = re.findall(r"^\*\*(\w+)\.\*\*", text(page), re.MULTILINE)

    assert text(page).startswith(f"# {page.name[:4]}: ")
    assert parts == ["Context", "Choice", "Consequence"]
    assert page.name in links(text(DECISIONS / "README.md"))


def wanted(*extras: str) -> set[str]:
    """The libraries that the project names itself, with those of the extras."""
    project = tomllib.loads(text(ROOT / "pyproject.toml"))["project"]
    lines = [*project["dependencies"], *(line for extra in extras for line in project["optional-dependencies"][extra])]
    return {re.split(r"[\[<>=]", line)[0] for line in lines}


def test_every_dependency_has_a_reason() -> None:
    chosen = text(DECISIONS / "0008-dependencies.md").partition("**Choice.**")[2]
    known = set(re.findall(r"[a-z][a-z0-9-]+", chosen))

    assert wanted("build", "sandbox", "dev") - known == set()


@pytest.mark.parametrize(
    ("name", "extras"),
    [("requirements.txt", ["build", "sandbox"]), ("requirements-dev.txt", ["build", "sandbox", "dev"])],
)
def test_requirements_pin_for_the_project_what_it_names_and_nothing_else(name: str, extras: list[str]) -> None:
    pins = re.split(r"^(?=[a-z])", text(ROOT / name), flags=re.MULTILINE)
    own = {re.split(r"[\[=]", pin)[0] for pin in pins if "scholarbot (pyproject.toml)" in pin}

    assert own == wanted(*extras)


def test_make_targets_that_pages_name_exist() -> None:
    made = set(TARGET.findall(text(ROOT / "Makefile")))
    spans = [
        span for page in pages() for span in re.findall(r"(?:^|`)make ([a-z][a-z-]*)(?:`|$)", text(page), re.MULTILINE)
    ]

    assert {"demo", "test", "check"} <= set(spans)
    assert set(spans) - made == set()


def test_build_server_and_hook_run_the_check_that_people_run() -> None:
    for script in (ROOT / ".ci" / "run", ROOT / "deploy" / "hooks" / "pre-push"):
        assert re.search(r"^(exec )?make check$", text(script), re.MULTILINE)
        assert script.stat().st_mode & 0o111


def test_check_runs_each_part_once() -> None:
    head = re.search(r"^check: (.*?) ##", text(ROOT / "Makefile"), re.MULTILINE)

    assert head is not None
    assert head[1].split() == ["format-check", "lint", "types", "imports", "test"]


def test_readme_proves_each_promise_by_a_test_that_exists() -> None:
    section = text(ROOT / "README.md").partition("## Six promises")[2].partition("\n## ")[0]
    promises = re.findall(r"^\d\. .*?(?=^\d\. |\Z)", section, re.MULTILINE | re.DOTALL)

    assert len(promises) == 6
    for promise in promises:
        proofs = links(promise)
        assert proofs
        assert all(re.fullmatch(r"tests/.*test_\w+\.py", proof) and (ROOT / proof).is_file() for proof in proofs)


def test_nothing_names_a_package_server_or_somebodys_folder() -> None:
    own = Path(__file__)
    written = {".md", ".py", ".toml", ".txt", ".example", ".json", ".css", ".js", ".csv", ".mako", ""}
    found = {short(path): FOREIGN.findall(text(path)) for path in files() if path.suffix in written and path != own}

    assert {name: hits for name, hits in found.items() if hits} == {}


def test_requirements_are_pinned_by_hash_and_hold_no_address() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        pins = [
            line
            for line in text(ROOT / name).replace("\\\n", " ").splitlines()
            if line and not line.lstrip().startswith("#")
        ]

        assert [pin for pin in pins if "==" not in pin or "--hash=sha256:" not in pin or "://" in pin] == []
