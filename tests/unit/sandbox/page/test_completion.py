import pytest

from sandbox.clock import SandboxClock
from sandbox.ids import Ids
from sandbox.installing import installed
from sandbox.model import App
from sandbox.page.completion import SHOWN_MAX, suggestions
from sandbox.seed import SeedApp


def an_app(*commands: str, scopes: tuple[str, ...] = ("commands",)) -> App:
    manifest = {
        "display_information": {"name": "Helper"},
        "features": {"slash_commands": [{"command": each, "description": "Does it"} for each in commands]},
        "oauth_config": {"scopes": {"bot": list(scopes)}},
    }
    seed = SeedApp(manifest=manifest, bot_token="xoxb-1", app_token="xapp-1", signing_secret="s")
    return installed(seed, Ids(SandboxClock()))[0]


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ("", []),
        ("hello", []),
        ("say /support", []),
        ("/", ["/hours", "/support", "/supper"]),
        ("/sup", ["/support", "/supper"]),
        ("/support", ["/support"]),
        ("/sup ", []),
        ("/support ", ["/support"]),
        ("/support book now", ["/support"]),
        ("/unknown", []),
    ],
)
def test_suggestions_are_the_commands_that_fit(typed: str, found: list[str]) -> None:
    app = an_app("/support", "/hours", "/supper")

    assert [each.command for each in suggestions([app], typed)] == sorted(found)


def test_suggestions_leave_out_an_app_that_may_have_no_commands() -> None:
    assert suggestions([an_app("/support", scopes=("chat:write",))], "/") == []


def test_suggestions_are_no_more_than_fit_above_the_field() -> None:
    app = an_app(*(f"/command{number}" for number in range(20)))

    assert len(suggestions([app], "/")) == SHOWN_MAX
