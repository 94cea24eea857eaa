"""The app asks Slack for what the design allows and no more; commands are the same everywhere they are named."""

import json

import pytest

from bot import manifest as module
from bot.manifest import manifest
from bot.scopes import EVENTS, OPTIONAL, REQUIRED, SCOPES
from domain.people import Role
from handlers import texts
from handlers.commands import DESCRIPTIONS, WORDS
from handlers.ids import Command, Shortcut
from handlers.views.help import help_message

ALLOWED_REQUIRED = {"commands", "chat:write", "im:write", "users:read", "users:read.email"}
ALLOWED_OPTIONAL = {"files:write", "usergroups:read", "im:history", "channels:read"}
ALLOWED_EVENTS = {"app_home_opened", "team_join", "user_change"}


def test_manifest_in_deploy_is_the_one_the_code_writes() -> None:
    assert module.PATH.read_text("utf-8") == module.written()
    assert json.loads(module.written()) == manifest()


def test_scopes_are_those_the_design_allows() -> None:
    asked = manifest()["oauth_config"]["scopes"]

    assert set(asked) == {"bot", "bot_optional"}
    assert REQUIRED == ALLOWED_REQUIRED
    assert OPTIONAL <= ALLOWED_OPTIONAL
    assert set(asked["bot"]) == REQUIRED | OPTIONAL
    assert set(asked["bot_optional"]) == OPTIONAL


def test_every_scope_says_why_and_every_optional_one_how_life_goes_on_without() -> None:
    assert [scope.name for scope in SCOPES if not scope.why or scope.is_optional != bool(scope.without)] == []


def test_events_are_those_the_design_allows_and_direct_messages_are_not_among_them() -> None:
    assert set(EVENTS) == ALLOWED_EVENTS
    assert manifest()["settings"]["event_subscriptions"]["bot_events"] == sorted(ALLOWED_EVENTS)


def test_nobody_can_confide_in_the_messages_tab() -> None:
    assert manifest()["features"]["app_home"]["messages_tab_read_only_enabled"] is True


@pytest.mark.parametrize("is_demo", [True, False])
def test_commands_are_those_of_the_ids_and_clock_only_in_the_demo(is_demo: bool) -> None:  # noqa: FBT001
    commands = {entry["command"] for entry in manifest(is_demo=is_demo)["features"]["slash_commands"]}

    assert commands == set(Command) - (set() if is_demo else {Command.CLOCK})
    assert set(DESCRIPTIONS) == set(Command)


def test_shortcuts_are_those_of_the_ids() -> None:
    assert [entry["callback_id"] for entry in manifest()["features"]["shortcuts"]] == list(Shortcut)


def test_help_tells_every_word_of_every_command_but_the_demos() -> None:
    each = [line for role in Role for line in help_message(frozenset({role})).text.splitlines()]
    lines = {line.partition("*:")[0].strip("*") for line in each}

    told = {word.line for word in WORDS}
    assert {line for line in lines if line.startswith("/")} == told
    assert {line.partition(" ")[0] for line in told} == set(Command) - {Command.CLOCK}


def test_usage_hint_names_the_words_of_the_help() -> None:
    hinted = DESCRIPTIONS[Command.SUPPORT][1].strip("[]").split(" | ")

    assert set(hinted) == {word.word for word in WORDS if word.command is Command.SUPPORT and word.word}


@pytest.mark.parametrize(
    ("text", "limit"),
    [
        (manifest()["display_information"]["name"], 35),
        (manifest()["display_information"]["description"], 140),
        (manifest()["features"]["shortcuts"][0]["description"], 150),
        *((entry["command"], 32) for entry in manifest(is_demo=True)["features"]["slash_commands"]),
        *((entry["description"], 2000) for entry in manifest(is_demo=True)["features"]["slash_commands"]),
        (texts.forms.APP_NAME, 80),
    ],
)
def test_texts_of_the_manifest_fit(text: str, limit: int) -> None:
    assert 0 < len(text) <= limit
