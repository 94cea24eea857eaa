"""Tokens and scopes: every method refuses whom Slack would refuse, and says what is missing."""

from typing import Any

import pytest
from slack_sdk import WebClient

from sandbox.api.table import METHODS
from tests.acting.teams import Team, refusal
from tests.builders.slack import APP_TOKEN, APP_TOKEN_SCOPES, BOT_TOKEN, SCOPES, a_seed, an_app

SCOPED = sorted((name, method.scope) for name, method in METHODS.items() if method.scope)
SCOPES_IN_REFERENCE = {
    "apps.connections.open": "connections:write",
    "chat.delete": "chat:write",
    "chat.deleteScheduledMessage": "chat:write",
    "chat.postEphemeral": "chat:write",
    "chat.postMessage": "chat:write",
    "chat.scheduleMessage": "chat:write",
    "chat.update": "chat:write",
    "conversations.join": "channels:join",
    "conversations.open": "im:write",
    "files.completeUploadExternal": "files:write",
    "files.getUploadURLExternal": "files:write",
    "files.info": "files:read",
    "team.info": "team:read",
    "usergroups.list": "usergroups:read",
    "usergroups.users.list": "usergroups:read",
    "users.info": "users:read",
    "users.list": "users:read",
    "users.lookupByEmail": "users:read.email",
}


@pytest.mark.parametrize("method", sorted(METHODS))
def test_method_refuses_nobody_strangers_and_the_other_kind_of_token(team: Team, method: str) -> None:
    wrong_kind = BOT_TOKEN if METHODS[method].bearer == "app" else APP_TOKEN

    errors = [team.call(method, token=token)["error"] for token in (None, "xoxb-stranger", wrong_kind)]

    assert errors == ["not_authed", "invalid_auth", "not_allowed_token_type"]


def test_scopes_are_those_of_slacks_reference() -> None:
    assert dict(SCOPED) == SCOPES_IN_REFERENCE


@pytest.mark.parametrize(("method", "scope"), SCOPED)
def test_method_without_its_scope_says_what_is_needed(team: Team, method: str, scope: str) -> None:
    poor = team.reset(a_seed(an_app(without=(scope,))))

    is_for_app_tokens = METHODS[method].bearer == "app"
    answer = poor.call(method, token=APP_TOKEN if is_for_app_tokens else BOT_TOKEN)

    others = ",".join(sorted(set(APP_TOKEN_SCOPES if is_for_app_tokens else SCOPES) - {scope}))
    assert answer == {"ok": False, "error": "missing_scope", "needed": scope, "provided": others}


@pytest.mark.parametrize(
    ("method", "channel", "scope"),
    [
        ("conversations.info", "general", "channels:read"),
        ("conversations.members", "team", "groups:read"),
        ("conversations.history", "general", "channels:history"),
        ("conversations.history", "team", "groups:history"),
    ],
)
def test_reading_a_channel_needs_the_scope_of_its_kind(team: Team, method: str, channel: str, scope: str) -> None:
    poor = team.reset(a_seed(an_app(without=(scope,))))

    answer = poor.form(method, channel=poor.channel(channel))

    assert (answer["error"], answer["needed"]) == ("missing_scope", scope)


@pytest.mark.parametrize(
    ("types", "scope"),
    [("public_channel", "channels:read"), ("public_channel,im", "im:read"), ("private_channel", "groups:read")],
)
def test_listing_a_kind_of_channel_needs_its_scope(team: Team, types: str, scope: str) -> None:
    poor = team.reset(a_seed(an_app(without=(scope,))))

    assert poor.form("conversations.list", types=types)["needed"] == scope


def test_optional_scope_not_granted_leaves_the_rest_alive(team: Team) -> None:
    poor = team.reset(a_seed(an_app(without=("files:write", "users:read.email"))))

    profile = poor.web.users_info(user=poor.ada.id)["user"]["profile"]

    assert refusal(poor.web.files_getUploadURLExternal, filename="a.txt", length=1) == "missing_scope"
    assert "email" not in profile
    assert poor.post().endswith(tuple("0123456789"))


def test_answers_carry_the_scopes_in_their_headers(team: Team) -> None:
    answer = team.web.auth_test()

    assert answer.headers["x-oauth-scopes"] == ",".join(sorted(SCOPES))
    assert team.web.users_list().headers["x-accepted-oauth-scopes"] == "users:read"
    opened = team.web.apps_connections_open(app_token=APP_TOKEN)
    assert opened.headers["x-oauth-scopes"] == ",".join(APP_TOKEN_SCOPES)


def test_auth_test_says_who_the_token_is(team: Team) -> None:
    answer = team.web.auth_test()

    assert (answer["user"], answer["user_id"], answer["team"]) == ("helper", team.bot, "Sandbox")
    assert answer["bot_id"].startswith("B0")
    assert answer["team_id"] == team.workspace.state()["team_id"]


def test_token_of_a_deactivated_bot_is_inactive(team: Team) -> None:
    team.workspace.change_user(team.bot, deleted=True)

    assert team.call("auth.test")["error"] == "account_inactive"


def test_app_token_is_taken_from_the_header_alone(team: Team) -> None:
    nobody = WebClient(base_url=team.workspace.api_url)

    in_body = refusal(nobody.api_call, "apps.connections.open", data={"token": APP_TOKEN})

    assert in_body == "not_authed"


def test_bot_token_is_taken_from_a_form_too(team: Team) -> None:
    nobody = WebClient(base_url=team.workspace.api_url)

    assert nobody.api_call("auth.test", data={"token": BOT_TOKEN})["ok"]


def test_connections_open_over_get_is_insecure(team: Team) -> None:
    assert team.get("apps.connections.open", token=APP_TOKEN)["error"] == "insecure_request"


def test_unknown_method_is_refused_by_name(team: Team) -> None:
    assert team.call("chat.sparkle") == {"ok": False, "error": "unknown_method", "req_method": "chat.sparkle"}


@pytest.mark.parametrize(
    ("method", "args", "missing"),
    [
        ("chat.postMessage", {"text": "Hello"}, ["channel"]),
        ("chat.postEphemeral", {"text": "Hello"}, ["channel", "user"]),
        ("chat.update", {"channel": "C0AAAAAAAAA"}, ["ts"]),
        ("views.open", {}, ["view", "trigger_id"]),
        ("views.publish", {"user_id": "U0AAAAAAAAA"}, ["view"]),
        ("files.completeUploadExternal", {"files": []}, ["files"]),
        ("users.info", {}, ["user"]),
    ],
)
def test_method_without_required_argument_names_it(
    team: Team, method: str, args: dict[str, Any], missing: list[str]
) -> None:
    answer = team.call(method, **args)

    messages = [f"[ERROR] missing required field: {name}" for name in missing]
    assert answer == {"ok": False, "error": "invalid_arguments", "response_metadata": {"messages": messages}}


def test_json_to_a_method_that_takes_none_is_as_good_as_nothing(team: Team) -> None:
    as_json, as_form = team.call("users.info", user=team.ada.id), team.form("users.info", user=team.ada.id)

    assert (as_json.get("error"), as_form["user"]["name"]) == ("invalid_arguments", "ada")
