"""`scholarbot doctor` over a real workspace and real stores: whatever is wrong is named, with what cures it."""

from pathlib import Path

import pytest

from bot.doctor import Finding, examine
from bot.scopes import OPTIONAL, REQUIRED, SCOPES
from bot.settings import Settings
from domain.times import tzdata_version
from sandbox.client import SandboxClient
from storage.confidential.keys import create_key_file
from tests.fakes.clock import NOON
from tests.fixtures.engines import Stores, an_empty_database
from tests.fixtures.products import APP_TOKEN, BOT_TOKEN, SIGNING_SECRET, a_workspace
from tests.integration.bot.installations import Installation, an_installation
from tests.looking.ports import free_port

EVERYTHING = [
    "settings file",
    "program email",
    "time zones",
    "stores and keys",
    "Slack",
    *(scope.name for scope in SCOPES),
    "Socket Mode",
]
SECRETS = (BOT_TOKEN, APP_TOKEN, SIGNING_SECRET, "xoxb-wrong", "xapp-wrong")


@pytest.fixture
def installation(workspace: SandboxClient, sqlite_stores: Stores, tmp_path: Path) -> Installation:
    """Everything as it should be."""
    workspace.reset(a_workspace())
    return an_installation(workspace, sqlite_stores, tmp_path)


def wrong(settings: Settings) -> dict[str, str]:
    """What the doctor finds wrong, by what it looked at; no finding quotes a secret."""
    findings = list(examine(settings))
    assert [finding for finding in findings for secret in SECRETS if secret in finding.says] == []
    return {finding.about: finding.says for finding in findings if not finding.is_fine}


def test_doctor_finds_nothing_wrong_with_a_good_installation(installation: Installation) -> None:
    findings = list(examine(installation.settings()))

    assert [finding.about for finding in findings] == EVERYTHING
    assert [finding for finding in findings if not finding.is_fine] == []


def test_doctor_tells_which_zones_the_bot_goes_by(installation: Installation) -> None:
    said = {finding.about: finding.says for finding in examine(installation.settings())}

    assert said["time zones"] == f"of tzdata {tzdata_version()}"


def test_doctor_in_http_mode_looks_for_no_socket(installation: Installation) -> None:
    findings = list(examine(installation.settings(SLACK_MODE="http", SLACK_APP_TOKEN="")))

    assert [finding.about for finding in findings] == EVERYTHING[:-1]
    assert [finding for finding in findings if not finding.is_fine] == []


@pytest.mark.parametrize(
    ("changes", "about", "names", "cure"),
    [
        ({"SLACK_BOT_TOKEN": ""}, "Slack", "SLACK_BOT_TOKEN must be set", "connect-a-workspace.md"),
        ({"SLACK_APP_TOKEN": ""}, "Slack", "SLACK_APP_TOKEN must be set", "connect-a-workspace.md"),
        (
            {"SLACK_MODE": "http", "SLACK_SIGNING_SECRET": ""},
            "Slack",
            "SLACK_SIGNING_SECRET must be set",
            "connect-a-workspace.md",
        ),
        ({"SLACK_BOT_TOKEN": "xoxp-1"}, "Slack", "SLACK_BOT_TOKEN is not a bot token", "Bot User OAuth Token"),
        ({"SLACK_BOT_TOKEN": "xoxb-wrong"}, "Slack", "SLACK_BOT_TOKEN (invalid_auth)", "Bot User OAuth Token"),
        ({"SLACK_APP_TOKEN": "xapp-wrong"}, "Socket Mode", "SLACK_APP_TOKEN (invalid_auth)", "connections:write"),
        ({"SCHOLARBOT_PROGRAM_EMAIL": ""}, "program email", "SCHOLARBOT_PROGRAM_EMAIL", "organizer"),
        ({"SCHOLARBOT_PROGRAM_EMAIL": "support"}, "program email", "is not an email address", "support@example.org"),
        (
            {"SCHOLARBOT_PROGRAM_DATABASE_URL": "postgresql://someone:secret@nowhere"},
            "stores and keys",
            "SCHOLARBOT_PROGRAM_DATABASE_URL",
            ".",
        ),
        (
            {"SCHOLARBOT_CONFIDENTIAL_DATABASE_URL": "carrier-pigeon"},
            "stores and keys",
            "SCHOLARBOT_CONFIDENTIAL_DATABASE_URL is not an address",
            "postgresql+psycopg://",
        ),
        ({"SCHOLARBOT_KEY_FILE": "/nowhere/keys.json"}, "stores and keys", "/nowhere/keys.json", "scholarbot init"),
        (
            {"SCHOLARBOT_KEY_PROVIDER": "env", "SCHOLARBOT_KEY": ""},
            "stores and keys",
            "SCHOLARBOT_KEY is empty",
            "SCHOLARBOT_KEY_PROVIDER=file",
        ),
    ],
)
def test_doctor_names_a_setting_that_is_wrong_with_its_cure(
    installation: Installation, changes: dict[str, str], about: str, names: str, cure: str
) -> None:
    found = wrong(installation.settings(**changes))

    assert names in found[about]
    assert cure in found[about]
    assert "secret@" not in found[about]


@pytest.mark.parametrize("missing", sorted(REQUIRED))
def test_doctor_names_a_missing_scope_with_its_cure(
    installation: Installation, workspace: SandboxClient, missing: str
) -> None:
    workspace.reset(a_workspace(scopes=sorted((REQUIRED | OPTIONAL) - {missing})))

    found = wrong(installation.settings())

    assert f"lacks {missing}." in found["Slack"]
    assert "reinstall the app" in found["Slack"]


@pytest.mark.parametrize("missing", sorted(OPTIONAL))
def test_doctor_tells_how_life_goes_on_without_an_optional_scope(
    installation: Installation, workspace: SandboxClient, missing: str
) -> None:
    workspace.reset(a_workspace(scopes=sorted((REQUIRED | OPTIONAL) - {missing})))
    [without] = [scope.without for scope in SCOPES if scope.name == missing]

    findings = list(examine(installation.settings()))

    assert [finding for finding in findings if finding.about == missing] == [
        Finding(about=missing, is_fine=True, says=f"not granted (optional): {without}")
    ]
    assert [finding for finding in findings if not finding.is_fine] == []


def test_doctor_names_a_slack_that_cannot_be_reached(installation: Installation) -> None:
    found = wrong(installation.settings(SLACK_API_URL=f"http://127.0.0.1:{free_port()}/api"))

    assert found == {
        "Slack": "I cannot reach Slack. Check the network, and SLACK_API_URL if it is set.",
        "Socket Mode": "I cannot reach Slack. Check the network, and SLACK_API_URL if it is set.",
    }


def test_doctor_names_a_token_that_is_missing_before_it_asks_slack(installation: Installation) -> None:
    nowhere = f"http://127.0.0.1:{free_port()}/api"

    found = wrong(installation.settings(SLACK_API_URL=nowhere, SLACK_APP_TOKEN=""))

    missing = "SLACK_APP_TOKEN must be set. docs/how-to/connect-a-workspace.md shows where Slack keeps them."
    assert found == {"Slack": missing, "Socket Mode": missing}


def test_doctor_names_stores_that_are_not_migrated(installation: Installation, tmp_path: Path) -> None:
    empty = an_empty_database(tmp_path)

    found = wrong(installation.settings(SCHOLARBOT_PROGRAM_DATABASE_URL=f"sqlite:///{empty}"))

    assert found == {"stores and keys": "The program store is not at this version's tables. Run: scholarbot migrate"}


def test_doctor_names_stores_that_are_one(installation: Installation) -> None:
    shared = installation.environment["SCHOLARBOT_PROGRAM_DATABASE_URL"]

    found = wrong(installation.settings(SCHOLARBOT_CONFIDENTIAL_DATABASE_URL=shared))

    assert "lead to the same database. Give each store a database of its own." in found["stores and keys"]


def test_doctor_names_a_settings_file_that_others_may_read(installation: Installation, tmp_path: Path) -> None:
    env_file = tmp_path / ".env"
    env_file.touch(mode=0o600)
    closed = next(examine(installation.settings(), env_file))
    env_file.chmod(0o640)

    opened = next(examine(installation.settings(), env_file))

    assert (closed.about, closed.is_fine) == ("settings file", True)
    assert (opened.about, opened.is_fine) == ("settings file", False)
    assert "has the mode 0640" in opened.says
    assert opened.says.endswith(f"chmod 600 {env_file}")


def test_doctor_names_a_key_file_that_others_may_read(installation: Installation) -> None:
    installation.key_file.chmod(0o644)

    found = wrong(installation.settings())

    assert str(installation.key_file) in found["stores and keys"]
    assert "chmod 600" in found["stores and keys"]


def test_doctor_names_a_key_that_does_not_open_the_store(installation: Installation) -> None:
    assert wrong(installation.settings()) == {}
    installation.key_file.unlink()
    create_key_file(installation.key_file, now=NOON)

    found = wrong(installation.settings())

    assert "key" in found["stores and keys"]


def test_doctor_without_a_confidential_store_says_what_is_missing(installation: Installation) -> None:
    settings = installation.settings(SCHOLARBOT_CONFIDENTIAL_DATABASE_URL="")

    found = next(finding for finding in examine(settings) if finding.about == "stores and keys")

    assert found.is_fine
    assert found.says == "the program store is ready; there is no confidential store, so no support"
