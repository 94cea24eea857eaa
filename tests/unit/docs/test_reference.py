import ast
import re
from pathlib import Path

import pytest

from bot import reference
from bot.example import PATH as EXAMPLE
from bot.example import example
from bot.manifest import PATH as MANIFEST
from bot.manifest import written
from bot.reference import FOLDER, TABLES, renewed
from bot.scopes import EVENTS
from bot.settings import KEYS
from handlers.commands import DESCRIPTIONS, WORDS
from handlers.ids import Command
from tests.looking.documents import ROOT, code, files, pages, short, text

METRIC = re.compile(r"\"(scholarbot_[a-z_]+)\"")
WORDS_OF_THE_SHELL = {
    *("demo", "run", "init", "doctor", "migrate"),
    *("roster", "roster import", "deliveries", "deliveries requeue"),
}


@pytest.mark.parametrize("page", sorted(TABLES))
def test_tables_of_a_page_are_those_of_the_code(page: str) -> None:
    as_written = (FOLDER / page).read_text("utf-8")

    assert renewed(as_written, TABLES[page]) == as_written


def test_renewing_a_page_without_its_markers_is_refused() -> None:
    with pytest.raises(ValueError, match="the markers of settings are missing"):
        renewed("# Settings\n", {"settings": reference.settings})


def test_renewing_replaces_what_stands_between_the_markers_and_nothing_else() -> None:
    begin, end = "<!-- x: made by `make reference`; do not edit -->", "<!-- end of x -->"

    page = renewed(f"before\n{begin}\nold\n{end}\nafter\n", {"x": lambda: "new\n"})

    assert page == f"before\n{begin}\n\nnew\n\n{end}\nafter\n"


def test_example_settings_file_is_that_of_the_code() -> None:
    assert text(EXAMPLE) == example()


def test_manifest_is_that_of_the_code() -> None:
    assert text(MANIFEST) == written()


def test_table_of_commands_marks_who_may() -> None:
    lines = [
        [cell.strip() for cell in line.strip("|\n").split("|")] for line in reference.slash_commands().splitlines()
    ]
    head, body = lines[0], {line[0]: line[2:] for line in lines[2:]}

    others = "ops, evaluator, grader, alumnus"
    assert head[2:] == ["scholar", "coach", "community manager", "mentor", "staff", others]
    assert body["`/support book`"] == ["yes", "", "", "", "", ""]
    assert body["`/hours`"] == ["", "yes", "yes", "", "", ""]
    assert body["`/support stand-ins`"] == ["", "", "yes", "", "", ""]
    assert body["`/support research`"] == ["", "", "", "yes", "", ""]
    assert body["`/program`"] == ["", "", "", "", "yes", ""]
    assert body["`/support help`"] == ["yes"] * 6


def test_every_command_has_a_word_and_a_description() -> None:
    assert set(DESCRIPTIONS) == set(Command)
    assert {word.command for word in WORDS} == set(Command) - {Command.CLOCK}


def test_table_of_shell_commands_has_them_all() -> None:
    typed = re.findall(r"`scholarbot ([a-z ]+[a-z])", reference.cli_commands())

    assert set(typed) == WORDS_OF_THE_SHELL - {"roster"}


def test_metrics_of_the_code_and_of_the_page_are_the_same() -> None:
    in_code = {name for path in files(ROOT / "bot") if path.suffix == ".py" for name in METRIC.findall(text(path))}
    page = text(FOLDER / "metrics.md")

    rows = set(re.findall(r"^\| `(scholarbot_[a-z_]+)`", page, re.MULTILINE))

    assert {name.removesuffix("_total") for name in rows} == in_code


def test_metrics_have_labels_that_name_nobody() -> None:
    calls = [
        node
        for path in (ROOT / "bot" / "metrics.py", ROOT / "bot" / "wiring.py")
        for node in ast.walk(ast.parse(text(path)))
        if isinstance(node, ast.Call) and getattr(node.func, "id", "") in {"Gauge", "CounterMetricFamily"}
    ]
    in_code = {str(ast.literal_eval(call.args[0])): ast.literal_eval(labels_of(call)) for call in calls}
    rows = re.findall(r"^\| `(scholarbot_[a-z_]+)` \| ([^|]+) \|", text(FOLDER / "metrics.md"), re.MULTILINE)
    on_page = {name.removesuffix("_total"): re.findall(r"[a-z]+", labels) for name, labels in rows}

    assert {name: [labels] if isinstance(labels, str) else labels for name, labels in in_code.items()} == on_page
    assert {label for labels in on_page.values() for label in labels} == {"kind", "outcome", "state", "store", "which"}


def test_events_of_the_code_and_of_the_page_are_the_same() -> None:
    section = text(FOLDER / "scopes.md").partition("## Events")[2]

    assert sorted(re.findall(r"^\| `([a-z_]+)`", section, re.MULTILINE)) == sorted(EVENTS)


@pytest.mark.parametrize("page", pages(), ids=short)
def test_commands_and_settings_that_a_page_names_exist(page: Path) -> None:
    lines = code(text(page))
    keys = {key for line in lines for key in re.findall(r"\b(?:SCHOLARBOT|SLACK)_[A-Z_]*[A-Z]\b", line)}
    typed = {word for line in lines for word in re.findall(r"^(?:\.venv/bin/)?scholarbot (roster import|[a-z]+)", line)}
    slashes = {word for line in lines for word in re.findall(r"^/[a-z]+(?= |$)", line)}

    assert keys - set(KEYS) == set()
    assert typed - WORDS_OF_THE_SHELL == set()
    assert slashes - set(Command) - {"/healthz", "/readyz", "/metrics", "/proc"} == set()


def labels_of(call: ast.Call) -> ast.expr:
    """What is given as third argument or by the name `labels`."""
    return next((given.value for given in call.keywords if given.arg == "labels"), None) or call.args[2]
