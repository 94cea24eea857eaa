import os

import pytest

from bot.settings import Settings
from bot.slack import is_this_machine, slack_client


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
