"""The commands as an operator types them: what they say, what they leave behind, and their exit status."""

import os
import resource
import signal
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from bot.cli import REFUSED
from sandbox.client import SandboxClient
from storage.engine import Store
from storage.migrations import StoreName
from storage.migrations.run import current_revision, head_revision
from tests.fixtures.engines import Stores
from tests.fixtures.products import BOT_TOKEN, a_workspace
from tests.integration.bot.commands import run, tree
from tests.integration.bot.installations import Installation, an_installation

ROOT = Path(__file__).parent.parent.parent.parent
SCHOLARBOT = Path(sys.executable).parent / "scholarbot"
USAGE = 2
PROCESS_SECONDS = 60
COMMANDS = ["deliveries", "demo", "doctor", "init", "migrate", "roster", "run"]
ROSTER = "name,email,program,cohort,role,stream,mentor,phase,site,zone,from,to\n"


pytestmark = pytest.mark.usefixtures("folder", "logging_as_it_was")


@pytest.fixture
def installation(workspace: SandboxClient, sqlite_stores: Stores, tmp_path: Path) -> Installation:
    """Everything as it should be."""
    workspace.reset(a_workspace())
    return an_installation(workspace, sqlite_stores, tmp_path)


@pytest.mark.parametrize("command", [["run"], ["migrate"], ["roster", "import", "roster.csv"], ["deliveries"]])
def test_env_that_others_can_read_is_refused(folder: Path, command: list[str]) -> None:
    (folder / ".env").touch(mode=0o604)

    result = run(*command)

    assert result.exit_code == REFUSED
    assert result.stderr == (
        "The settings file .env has the mode 0604, so that others on this machine can reach the tokens in it. "
        "Close it with: chmod 600 .env\n"
    )
    assert sorted(tree(folder)) == [".env"]


def test_doctor_shows_an_env_that_others_can_read_in_its_table(installation: Installation, folder: Path) -> None:
    (folder / ".env").touch(mode=0o644)

    result = run("doctor", environment=installation.environment)

    assert result.exit_code == REFUSED
    assert result.stdout.count("│ no") == 1
    assert "chmod 600 .env" in result.stdout


def test_migrate_makes_both_stores_and_can_be_repeated(folder: Path) -> None:
    results = [run("migrate"), run("migrate")]

    files = {which: folder / "var" / "data" / which.value / f"{which.value}.db" for which in StoreName}
    made = [f"Made {file}, which nobody else on this machine can read.\n" for file in files.values()]
    done = "Both stores are at the newest version.\n"
    assert [(result.exit_code, result.stdout) for result in results] == [(0, "".join([*made, done])), (0, done)]
    for which, file in files.items():
        assert [path.stat().st_mode & 0o777 for path in (file, file.parent)] == [0o600, 0o700]
        store = Store(f"sqlite:///{file}")
        assert current_revision(store) == head_revision(which)
        store.dispose()


@pytest.mark.parametrize("command", [["run"], ["doctor"], ["roster", "import", "roster.csv"], ["deliveries"]])
@pytest.mark.parametrize("name", ["program", "confidential"])
def test_no_command_but_migrate_makes_a_database(
    installation: Installation, folder: Path, command: list[str], name: str
) -> None:
    (folder / "roster.csv").write_text(ROSTER, "utf-8")
    mistyped = folder / "dtaa" / f"{name}.db"
    setting = f"SCHOLARBOT_{name.upper()}_DATABASE_URL"

    result = run(*command, environment=installation.environment | {setting: f"sqlite:///{mistyped}", "COLUMNS": "300"})

    assert result.exit_code == REFUSED
    assert f"There is no database at {mistyped}. Check {setting}, or restore the file from its backup." in result.output
    assert "For a new installation make it with: scholarbot migrate" in result.output
    assert sorted(tree(folder)) == ["roster.csv"]


def test_doctor_of_a_good_installation_ends_with_0(installation: Installation) -> None:
    result = run("doctor", environment=installation.environment)

    assert result.exit_code == 0
    assert "│ no" not in result.stdout


def test_doctor_of_a_bad_installation_ends_with_1_and_quotes_no_secret(installation: Installation) -> None:
    installation.key_file.chmod(0o644)

    result = run("doctor", environment=installation.environment)

    assert result.exit_code == REFUSED
    assert result.stdout.count("│ no") == 1
    assert BOT_TOKEN not in result.output


@pytest.mark.parametrize(
    ("command", "changes", "says"),
    [
        (["run"], {"SCHOLARBOT_PROGRAM_EMAIL": ""}, "SCHOLARBOT_PROGRAM_EMAIL must be set"),
        (["run"], {"SLACK_BOT_TOKEN": ""}, "SLACK_BOT_TOKEN must be set"),
        (["run"], {"SLACK_BOT_TOKEN": "xoxb-wrong"}, "Slack does not accept SLACK_BOT_TOKEN (invalid_auth)"),
        (["run"], {"SLACK_APP_TOKEN": "xapp-wrong"}, "Slack does not accept SLACK_APP_TOKEN (invalid_auth)"),
        (["run"], {"SLACK_MODE": "http", "SLACK_SIGNING_SECRET": " "}, "SLACK_SIGNING_SECRET must be set"),
        (["run"], {"SCHOLARBOT_HTTP_HOST": "192.0.2.1"}, "I cannot listen on port 0 of 192.0.2.1"),
        (["run"], {"SCHOLARBOT_KEY_FILE": "/nowhere/keys.json"}, "/nowhere/keys.json"),
        (["migrate"], {"SCHOLARBOT_PROGRAM_DATABASE_URL": "nonsense"}, "SCHOLARBOT_PROGRAM_DATABASE_URL"),
        (["doctor"], {"SCHOLARBOT_HTTP_PROT": "1"}, "SCHOLARBOT_HTTP_PROT (in the environment) is not a setting"),
        (["run"], {"SLACK_MODE": "pigeon"}, "SLACK_MODE must be 'socket' or 'http'."),
        (["roster", "import", "missing.csv"], {}, "I cannot read missing.csv: no such file or directory."),
    ],
)
def test_command_that_cannot_go_on_says_why_and_ends_with_1(
    installation: Installation, command: list[str], changes: dict[str, str], says: str
) -> None:
    result = run(*command, environment=installation.environment | changes)

    assert result.exit_code == REFUSED
    assert says in result.stderr
    assert "Traceback" not in result.output


@pytest.mark.parametrize("arguments", [["dance"], ["run", "--fast"], ["roster", "import"], ["roster", "export"]])
def test_command_that_is_not_there_ends_with_2(arguments: list[str]) -> None:
    assert run(*arguments).exit_code == USAGE


@pytest.mark.parametrize(
    "command", [[], *([name] for name in COMMANDS), ["roster", "import"], ["deliveries", "requeue"]], ids=" ".join
)
def test_help_shows_no_type_behind_what_takes_no_value(command: list[str]) -> None:
    result = run(*command, "--help")

    assert result.exit_code == 0
    assert "--help" in result.stdout
    assert "bool" not in result.stdout


def test_roster_import_says_what_it_did(installation: Installation, folder: Path) -> None:
    row = "Ada,ada@example.org,Program,2027,scholar,,,Training,London,Europe/London,2027-01-01,2027-12-31\n"
    (folder / "roster.csv").write_text(ROSTER + row, "utf-8")

    tried = run("roster", "import", "roster.csv", "--dry-run", environment=installation.environment)
    done = run("roster", "import", "roster.csv", environment=installation.environment)
    again = run("roster", "import", "roster.csv", environment=installation.environment)

    assert [result.exit_code for result in (tried, done, again)] == [0, 0, 0]
    assert tried.stdout == f"This would change: {done.stdout}"
    assert done.stdout.startswith("Program: 1 person; 1 new, 0 renamed, 1 role added, 0 roles ended, ")
    assert again.stdout == "Program: the roster was like this already; nothing changed.\n"


def test_roster_with_a_mistake_names_the_row_and_ends_with_1(installation: Installation, folder: Path) -> None:
    (folder / "roster.csv").write_text(ROSTER + "Ada,ada@example.org,Program,2027,wizard,,,,,,,\n", "utf-8")

    result = run("roster", "import", "roster.csv", environment=installation.environment)

    assert result.exit_code == REFUSED
    assert "roster.csv" in result.stderr
    assert "role" in result.stderr


def test_module_and_script_are_the_same_and_name_every_command() -> None:
    as_module = process([sys.executable, "-m", "bot", "--help"])
    as_script = process([str(SCHOLARBOT), "--help"])

    status, said = as_script
    assert as_module == as_script
    assert status == 0
    assert said.lstrip().startswith("Usage: scholarbot")
    assert [command for command in COMMANDS if f"│ {command}" not in said] == []


@pytest.fixture
def served(installation: Installation) -> Iterator[subprocess.Popen[str]]:
    """`scholarbot run` as a process of its own, ready."""
    environment = dict(os.environ) | installation.environment | {"PYTHONPATH": str(ROOT)}
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "run"], env=environment, stderr=subprocess.PIPE, text=True
    ) as running:
        yield running
        running.kill()


def wait_until_ready(served: subprocess.Popen[str]) -> None:
    assert served.stderr is not None
    for line in served.stderr:
        if "ready" in line:
            break


def test_a_crash_would_leave_no_memory_on_the_disk(served: subprocess.Popen[str]) -> None:
    wait_until_ready(served)

    assert resource.prlimit(served.pid, resource.RLIMIT_CORE) == (0, 0)


def test_run_stops_cleanly_when_told(served: subprocess.Popen[str]) -> None:
    wait_until_ready(served)

    served.send_signal(signal.SIGTERM)
    _, rest = served.communicate(timeout=PROCESS_SECONDS)

    assert served.returncode == 0
    assert "stopping" in rest
    assert "failed" not in rest
    assert "Traceback" not in rest


def process(command: list[str]) -> tuple[int, str]:
    """Run a process; returns its status and what it said."""
    environment = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT), "COLUMNS": "100"}
    done = subprocess.run(
        command, env=environment, capture_output=True, text=True, timeout=PROCESS_SECONDS, check=False
    )
    return done.returncode, done.stdout
