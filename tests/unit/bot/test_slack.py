import os
import ssl
from pathlib import Path

import pytest

from bot.scopes import OPTIONAL, REQUIRED, never_asked_for
from bot.settings import Settings, read_settings
from bot.slack import is_this_machine, slack_client
from domain.sealing import StartRefused


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("http://127.0.0.1:4711/api/", True),
        ("http://127.1.2.3/api/", True),
        ("http://localhost:80/", True),
        ("http://[::1]:4711/", True),
        ("https://slack.com/api/", False),
        ("https://127.0.0.1.example.org/", False),
        ("http://10.0.0.1/", False),
        ("", False),
    ],
)
def test_loopback_addresses_are_this_machine(url: str, *, expected: bool) -> None:
    assert is_this_machine(url) is expected


@pytest.mark.parametrize(
    ("url", "before", "after"),
    [
        ("http://127.0.0.1:4711/api", "", "127.0.0.1"),
        ("http://127.0.0.1:4711/api", "intra.example.org", "intra.example.org,127.0.0.1"),
        ("http://127.0.0.1:4711/api", "127.0.0.1", "127.0.0.1"),
        ("https://slack.com/api/", "", ""),
    ],
)
def test_local_workspace_is_reached_without_the_proxy_and_slack_with_it(
    monkeypatch: pytest.MonkeyPatch, url: str, before: str, after: str
) -> None:
    for name in ("no_proxy", "NO_PROXY"):
        monkeypatch.setenv(name, before)

    slack_client(Settings(slack_bot_token="xoxb-test", slack_app_token="xapp-test", slack_api_url=url))  # type: ignore[arg-type]  # pydantic makes secrets of them

    assert (os.environ["no_proxy"], os.environ["NO_PROXY"]) == (after, after)


LOCAL, SLACK = "http://127.0.0.1:4711/api/", "https://slack.com/api/"
GOOD = {
    "SLACK_BOT_TOKEN": "xoxb-1",
    "SLACK_APP_TOKEN": "xapp-1",
    "SLACK_SIGNING_SECRET": "0123456789abcdef" * 2,
    "SLACK_API_URL": SLACK,
}
NO_FILE = Path(os.devnull)


@pytest.mark.parametrize("changes", [{}, {"SLACK_MODE": "http", "SLACK_APP_TOKEN": ""}, {"SLACK_API_URL": LOCAL}])
def test_client_is_made_of_what_slack_gives(changes: dict[str, str]) -> None:
    settings = read_settings(GOOD | changes, NO_FILE)

    assert slack_client(settings).token == "xoxb-1"


@pytest.mark.parametrize(
    ("changes", "says"),
    [
        ({"SLACK_BOT_TOKEN": "xoxp-1"}, "SLACK_BOT_TOKEN is not a bot token"),
        ({"SLACK_APP_TOKEN": "xoxb-1"}, "SLACK_APP_TOKEN is not an app-level token"),
        ({"SLACK_MODE": "http", "SLACK_SIGNING_SECRET": "changeme"}, "SLACK_SIGNING_SECRET is not one of Slack's"),
        ({"SLACK_MODE": "http", "SLACK_SIGNING_SECRET": "g" * 32}, "SLACK_SIGNING_SECRET is not one of Slack's"),
        ({"SLACK_API_URL": "http://slack.example.org/api/"}, "SLACK_API_URL must begin with https://"),
        ({"SLACK_API_URL": "http://[bad"}, "SLACK_API_URL must begin with https://"),
        ({"SLACK_API_URL": ""}, "SLACK_API_URL must begin with https://"),
    ],
)
def test_what_cannot_be_slacks_is_refused_before_slack_is_asked(changes: dict[str, str], says: str) -> None:
    settings = read_settings(GOOD | changes, NO_FILE)

    with pytest.raises(StartRefused) as refused:
        slack_client(settings)

    assert str(refused.value).startswith(says)
    assert [value for value in ("xoxp-1", "changeme", "g" * 32) if value in str(refused.value)] == []


def test_scopes_that_reach_into_what_people_write_are_never_asked_for() -> None:
    unwanted = ["admin", "admin.users:read", "channels:history", "chat:write.public", "files:read", "search:read"]

    assert never_asked_for([*unwanted, *REQUIRED, *OPTIONAL, "usergroups:read", "channels:read"]) == unwanted


def test_every_call_trusts_whom_the_machine_trusts_and_reads_that_once() -> None:
    first, second = (slack_client(read_settings(GOOD, NO_FILE)) for _ in range(2))

    assert first.ssl is not None
    assert first.ssl is second.ssl
    assert (first.ssl.verify_mode, first.ssl.check_hostname) == (ssl.CERT_REQUIRED, True)
