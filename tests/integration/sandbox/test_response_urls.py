"""Response URLs: five posts within thirty minutes, for one pair of eyes unless told otherwise."""

import json
from typing import Any
from urllib.error import HTTPError
from urllib.request import Request, urlopen

import pytest

from tests.acting.scripted_app import ScriptedApp
from tests.acting.teams import Team
from tests.builders.blocks import Payload, a_button, actions


def _post(url: str, **body: Any) -> tuple[int, str]:
    """The status, and what is said: "ok" or an error's code."""
    try:
        with urlopen(Request(url, data=json.dumps(body).encode())) as answer:  # noqa: S310 our own workspace
            return answer.status, answer.read().decode()
    except HTTPError as error:
        with error:
            return error.code, str(json.load(error)["error"])


@pytest.fixture
def of_command(http_team: Team, app: ScriptedApp) -> str:
    """The response URL of a command that Ada typed into a channel without the bot."""
    http_team.ada.slash("/plain", channel=http_team.channel("random"))
    return str(app.requests[-1].payload["response_url"])


def _pressed(team: Team, app: ScriptedApp) -> str:
    team.ada.press_message(team.ada.messages()[-1], "press")
    return str(app.requests[-1].payload["response_url"])


def test_post_is_ephemeral_by_default_even_where_the_bot_is_not(http_team: Team, of_command: str) -> None:
    assert _post(of_command, text="Psst") == (200, "ok")

    assert [(each["text"], each["is_ephemeral"]) for each in http_team.ada.messages()] == [("Psst", True)]
    assert http_team.bo.messages() == []


def test_post_in_channel_is_for_everybody_and_goes_to_its_thread(http_team: Team, of_command: str) -> None:
    _post(of_command, text="Hello", response_type="in_channel", thread_ts="1.000000")

    (message,) = http_team.bo.messages()
    assert (message["text"], message["thread_ts"]) == ("Hello", "1.000000")


def test_sixth_post_is_one_too_many(of_command: str) -> None:
    answers = [_post(of_command, text=f"Number {number}") for number in range(6)]

    assert answers == [(200, "ok")] * 5 + [(404, "used_url")]


def test_post_after_thirty_minutes_is_too_late(http_team: Team, of_command: str) -> None:
    http_team.workspace.advance(29 * 60)
    in_time = _post(of_command, text="Hello")
    http_team.workspace.advance(61)

    assert (in_time, _post(of_command, text="Hello")) == ((200, "ok"), (404, "expired_url"))


def test_address_never_given_is_refused(http_team: Team) -> None:
    assert _post(f"{http_team.workspace.url}/response/nowhere", text="Hello") == (404, "expired_url")


def test_replace_original_changes_the_message_of_the_button(http_team: Team, app: ScriptedApp) -> None:
    http_team.post("Before", blocks=[actions(a_button())])

    _post(_pressed(http_team, app), text="After", replace_original=True)

    assert [(each["text"], each["blocks"]) for each in http_team.bo.messages()] == [("After", [])]


def test_delete_original_removes_the_message_of_the_button(http_team: Team, app: ScriptedApp) -> None:
    http_team.post("Before", blocks=[actions(a_button())])
    url = _pressed(http_team, app)

    _post(url, delete_original=True)

    assert http_team.bo.messages() == []
    assert _post(url, text="After", replace_original=True) == (400, "message_not_found")


def test_post_without_replacing_leaves_the_original(http_team: Team, app: ScriptedApp) -> None:
    http_team.post("Before", blocks=[actions(a_button())])

    _post(_pressed(http_team, app), text="More")

    assert [each["text"] for each in http_team.ada.messages()] == ["Before", "More"]
    assert [each["text"] for each in http_team.bo.messages()] == ["Before"]


def test_replaced_ephemeral_never_becomes_public(http_team: Team, app: ScriptedApp) -> None:
    psst: dict[str, Any] = {"channel": http_team.general, "user": http_team.ada.id, "text": "Psst"}
    http_team.web.chat_postEphemeral(**psst, blocks=[actions(a_button())])

    _post(_pressed(http_team, app), text="Loud", replace_original=True, response_type="in_channel")

    assert [(each["text"], each["is_ephemeral"]) for each in http_team.ada.messages()] == [("Loud", True)]
    assert http_team.bo.messages() == []


def test_typed_command_can_be_neither_replaced_nor_deleted(http_team: Team, of_command: str) -> None:
    _post(of_command, text="Replaced?", replace_original=True)

    assert [each["text"] for each in http_team.ada.messages()] == ["Replaced?"]
    assert _post(of_command, delete_original=True) == (400, "no_text")


@pytest.mark.parametrize(
    "body", ["[]", '[{"text": "Hello"}]', '"Hello"', "7", "null", "text=Hello", "", "{", "[" * 9999]
)
def test_post_that_is_no_object_is_refused_and_does_not_count(http_team: Team, of_command: str, body: str) -> None:
    answers = set()
    for _ in range(6):
        with pytest.raises(HTTPError) as refused:
            urlopen(Request(of_command, data=body.encode()))  # noqa: S310 our own workspace
        with refused.value as error:
            answers.add((error.code, error.read().decode()))

    assert answers == {(400, "invalid_payload")}
    assert (_post(of_command, text="Hello"), len(http_team.ada.messages())) == ((200, "ok"), 1)


@pytest.mark.parametrize(
    ("content", "code"),
    [
        ({"text": ["Hello"]}, "invalid_arguments"),
        ({"text": {"text": "Hello"}}, "invalid_arguments"),
        ({"text": 7}, "invalid_arguments"),
        ({"text": "Hello", "blocks": {"type": "divider"}}, "invalid_blocks_format"),
        ({"text": "Hello", "thread_ts": 7}, "invalid_arguments"),
        ({"text": "Hello", "metadata": "m"}, "invalid_metadata_format"),
        ({"response_type": "in_channel"}, "no_text"),
    ],
)
def test_post_of_what_slack_does_not_take_is_refused(
    http_team: Team, of_command: str, content: Payload, code: str
) -> None:
    assert _post(of_command, **content) == (400, code)
    assert http_team.ada.messages() == []


def test_replacement_of_the_wrong_type_is_refused_and_changes_nothing(http_team: Team, app: ScriptedApp) -> None:
    http_team.post("Before", blocks=[actions(a_button())])

    refused = _post(_pressed(http_team, app), text=["After"], replace_original=True)

    assert refused == (400, "invalid_arguments")
    assert [each["text"] for each in http_team.ada.messages()] == ["Before"]


def test_post_of_bad_blocks_is_refused_and_counts(of_command: str) -> None:
    answers = [_post(of_command, blocks=[{"type": "header"}]) for _ in range(6)]

    assert answers == [(400, "invalid_blocks")] * 5 + [(404, "used_url")]
