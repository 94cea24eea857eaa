"""Slash commands: what the app hears, who sees the answer, and what a person sees when the app fails them."""

import json

import pytest

from sandbox.client import Declined
from tests.acting.scripted_app import Say, ScriptedApp
from tests.acting.teams import Team
from tests.builders.blocks import Payload, a_section
from tests.builders.slack import a_seed, an_app


def test_command_reaches_the_app_as_a_form_with_slacks_fields(http_team: Team, app: ScriptedApp) -> None:
    http_team.ada.slash("/plain  one  two ", channel=http_team.general)

    (sent,) = app.requests
    form = sent.payload
    state = http_team.workspace.state()
    expected = {
        "token": "deprecated",
        "team_id": state["team_id"],
        "team_domain": "sandbox",
        "channel_id": http_team.general,
        "channel_name": "general",
        "user_id": http_team.ada.id,
        "user_name": "ada",
        "command": "/plain",
        "text": "one  two",
        "api_app_id": state["apps"][0]["id"],
        "is_enterprise_install": "false",
    }
    assert sent.headers["Content-Type"] == "application/x-www-form-urlencoded"
    assert {name: form[name] for name in expected} == expected
    assert set(form) == set(expected) | {"response_url", "trigger_id"}


def test_command_in_a_dm_names_no_channel(http_team: Team, app: ScriptedApp) -> None:
    dm = http_team.web.conversations_open(users=http_team.ada.id)["channel"]["id"]

    http_team.ada.slash("/plain", channel=dm)

    assert (app.requests[0].payload["channel_name"], app.requests[0].payload["text"]) == ("directmessage", "")


@pytest.mark.parametrize(
    ("command", "text"),
    [("/plain", "@bo <b> & #general"), ("/named", "<@{bo}|bo> &lt;b&gt; &amp; <#{general}|general>")],
)
def test_only_a_command_that_escapes_gets_names_as_ids(
    http_team: Team, app: ScriptedApp, command: str, text: str
) -> None:
    http_team.ada.slash(f"{command} @bo <b> & #general")

    assert app.requests[0].payload["text"] == text.format(bo=http_team.bo.id, general=http_team.general)


@pytest.mark.parametrize(
    "answer",
    [
        Say(body="Hello"),
        Say(body='"Hello"', headers={"Content-Type": "application/json"}),
        Say(body=json.dumps({"text": "Hello"})),
        Say(body=json.dumps({"text": "Hello", "response_type": "ephemeral"})),
    ],
    ids=["plain", "JSON text", "JSON", "ephemeral"],
)
def test_answer_is_for_who_typed_alone_by_default(http_team: Team, app: ScriptedApp, answer: Say) -> None:
    app.will(answer)

    outcome = http_team.ada.slash("/plain", channel=http_team.general)

    assert outcome["error"] is None
    assert [(each["text"], each["is_ephemeral"]) for each in http_team.ada.messages()] == [("Hello", True)]
    assert http_team.bo.messages() == []


@pytest.mark.parametrize(
    ("answer", "seen"),
    [
        ({"response_type": "in_channel", "text": "Hello"}, ["/plain &amp; simple", "Hello"]),
        ({"response_type": "in_channel"}, ["/plain &amp; simple"]),
    ],
)
def test_answer_in_channel_shows_everybody_the_command_too(
    http_team: Team, app: ScriptedApp, answer: Payload, seen: list[str]
) -> None:
    app.will_say(answer)

    http_team.ada.slash("/plain & simple", channel=http_team.general)

    assert [each["text"] for each in http_team.bo.messages()] == seen


@pytest.mark.parametrize("words", ["7", "[1, 2]", "null", "{broken", "NaN"])
def test_words_that_look_like_json_are_shown_as_words(http_team: Team, app: ScriptedApp, words: str) -> None:
    app.will(Say(body=words))

    http_team.ada.slash("/plain")

    assert [each["text"] for each in http_team.ada.messages()] == [words]


def test_empty_answer_shows_nothing(http_team: Team) -> None:
    http_team.ada.slash("/plain", channel=http_team.general)

    assert http_team.ada.messages() == []


@pytest.mark.parametrize(
    ("answer", "error"),
    [
        (Say(status=500), "dispatch_failed"),
        (Say(status=404), "dispatch_failed"),
        (Say(status=302, headers={"Location": "/slack/events"}), "dispatch_failed"),
        (Say(status=307, headers={"Location": "/slack/events"}), "dispatch_failed"),
        (Say(body=json.dumps({"blocks": [{"type": "header"}]})), "invalid_command_response"),
        (Say(body=json.dumps({"text": ["Hello"]})), "invalid_command_response"),
        (Say(body=json.dumps({"text": 7})), "invalid_command_response"),
        (Say(body=json.dumps({"text": "Hello", "blocks": "Hello"})), "invalid_command_response"),
        (Say(body='["Hello"]', headers={"Content-Type": "application/json"}), "invalid_command_response"),
    ],
)
def test_app_that_fails_a_command_is_seen_to_fail_and_asked_once(
    http_team: Team, app: ScriptedApp, answer: Say, error: str
) -> None:
    app.will(answer)

    outcome = http_team.ada.slash("/plain")

    assert (outcome["error"], http_team.ada.messages(), len(app.requests)) == (error, [], 1)


def test_app_silent_for_three_seconds_is_seen_to_be_late_and_asked_once(http_team: Team, app: ScriptedApp) -> None:
    app.will(Say(is_silent=True))

    outcome = http_team.late(lambda: http_team.ada.slash("/plain"), app)

    assert (outcome["error"], len(app.requests)) == ("operation_timeout", 1)


def test_app_that_is_not_there_is_seen_not_to_be(team: Team) -> None:
    nowhere = team.reset(a_seed(an_app(transport="http", request_url="http://127.0.0.1:9/slack/events")))

    over_http = nowhere.ada.slash("/plain")
    over_no_socket = team.reset(a_seed()).ada.slash("/plain")

    assert (over_http["error"], over_http["detail"]) == ("dispatch_failed", "connection_failed")
    assert (over_no_socket["error"], over_no_socket["detail"]) == ("dispatch_failed", "no_socket")


def test_command_that_no_app_has_is_declined(team: Team) -> None:
    with pytest.raises(Declined, match="/sparkle is not a valid command"):
        team.ada.slash("/sparkle")


def test_command_of_an_app_without_its_scope_is_declined(team: Team) -> None:
    poor = team.reset(a_seed(an_app(without=("commands",))))

    with pytest.raises(Declined, match="/plain is not a valid command"):
        poor.ada.slash("/plain")
    with pytest.raises(Declined, match="no global shortcut new"):
        poor.ada.shortcut("new")


def test_command_where_somebody_is_not_a_member_is_declined(team: Team) -> None:
    with pytest.raises(Declined, match="not in that channel"):
        team.bo.slash("/plain", channel=team.channel("team"))


def test_command_of_somebody_deactivated_is_declined(team: Team) -> None:
    team.workspace.change_user(team.ada.id, deleted=True)

    with pytest.raises(Declined, match="deactivated"):
        team.ada.slash("/plain", channel=team.general)


def test_answer_with_blocks_is_shown_with_them(http_team: Team, app: ScriptedApp) -> None:
    app.will_say({"blocks": [a_section("Hello", block_id="b")]})

    http_team.ada.slash("/plain")

    assert http_team.ada.messages()[0]["blocks"] == [a_section("Hello", block_id="b")]
