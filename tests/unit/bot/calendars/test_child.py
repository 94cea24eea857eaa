"""The process apart gets a question and a calendar and nothing else, has little to spend, and says only its answer."""

import json
import os
import resource
import subprocess
import sys
from pathlib import Path

import pytest

from bot.calendars.child import MEMORY_BYTES, SECONDS, expanded_apart
from domain.feeds import FeedProblem, FeedReading, FeedState
from tests.builders.calendars import a_calendar, a_question, an_entry

CALENDAR = a_calendar(an_entry(":20270112T090000Z", ":20270112T100000Z"))
NOTHING = '{"busy": [], "skipped": 0}'
ROOT = Path(__file__).parents[4]


@pytest.fixture
def instead(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """What is run in place of Python; a test writes into it what that does."""
    script = tmp_path / "python"
    script.touch(mode=0o700)
    monkeypatch.setattr(sys, "executable", str(script))
    return script


def says(script: Path, *lines: str) -> None:
    script.write_text("\n".join(["#!/bin/sh", "cat >/dev/null", *lines, ""]))


def test_nothing_of_our_own_surroundings_is_handed_on(instead: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("SCHOLARBOT_KEYS", "canarykey")
    says(instead, """printf '{"busy": [], "skipped": %s}' "$(env | grep -c canarykey)\"""")

    assert os.environ["SCHOLARBOT_KEYS"] == "canarykey"
    assert expanded_apart(CALENDAR, a_question()) == FeedReading(busy=(), skipped=0)


def test_what_it_complains_of_is_not_heard(instead: Path, capfd: pytest.CaptureFixture[str]) -> None:
    says(instead, "echo 'canarytitle: Dentist' >&2", f"echo '{NOTHING}'")

    expanded_apart(CALENDAR, a_question())

    assert capfd.readouterr() == ("", "")


@pytest.mark.parametrize(
    "line",
    ["head -c 1100000 /dev/zero | tr '\\0' ' '; echo '%s'", "echo '%s'; exit 1", "kill -9 $$"],
    ids=["too long an answer", "an error", "a sudden end"],
)
def test_whatever_else_becomes_of_it_is_too_much(instead: Path, line: str) -> None:
    says(instead, line.replace("%s", NOTHING))

    with pytest.raises(FeedProblem) as problem:
        expanded_apart(CALENDAR, a_question())

    assert (problem.value.state, problem.value.__context__, problem.value.__cause__) == (FeedState.TOO_MUCH, None, None)


def test_it_has_little_time_and_memory_and_leaves_no_trace_of_itself() -> None:
    question = a_question()
    asked = {"first": question.first, "last": question.last, "zone": question.zone, "emails": []}
    then_tell = (
        "import json, resource, sys; from bot.calendars.child import main; main(); "
        "sys.stderr.write(json.dumps([resource.getrlimit(each) for each in map(int, sys.argv[1:])]))"
    )
    limits = (resource.RLIMIT_CPU, resource.RLIMIT_AS, resource.RLIMIT_CORE)

    done = subprocess.run(
        [sys.executable, "-c", then_tell, *map(str, limits)],
        input=json.dumps(asked).encode() + b"\n" + CALENDAR,
        capture_output=True,
        cwd=ROOT,
        check=True,
    )

    assert json.loads(done.stdout)["skipped"] == 0
    assert json.loads(done.stderr) == [[SECONDS] * 2, [MEMORY_BYTES] * 2, [0, 0]]
