"""Trouble on demand, and a log that tells what was carried out and what only seemed so."""

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import RemoteDisconnected
from typing import Any
from urllib.error import HTTPError, URLError
from urllib.request import Request, urlopen

import pytest
from slack_sdk.errors import SlackApiError

from tests.acting.teams import Team, refusal
from tests.builders.blocks import a_home


def _texts(team: Team) -> list[str]:
    return [each["text"] for each in team.ada.messages()]


def _log(team: Team, method: str = "chat.postMessage") -> list[tuple[str, bool]]:
    return [(each["args"].get("text", ""), each["accepted"]) for each in team.workspace.calls(method)]


def _failure(call: Callable[[], Any]) -> str:
    """How a call failed: Slack's code, or the kind of broken connection."""
    try:
        call()
    except SlackApiError as error:
        return str(error.response["error"])
    except (RemoteDisconnected, ConnectionError, URLError) as error:
        return type(error).__name__
    return "nothing"


def test_rate_limit_answers_429_with_its_pause_and_is_not_carried_out(team: Team) -> None:
    team.workspace.fault("chat.postMessage", "ratelimited", seconds=7)

    with pytest.raises(SlackApiError) as refused:
        team.post("First")
    team.workspace.advance(7)
    team.post("Second")

    assert (refused.value.response.status_code, refused.value.response.headers["Retry-After"]) == (429, "7")
    assert refused.value.response["error"] == "ratelimited"
    assert (_texts(team), _log(team)) == (["Second"], [("First", False), ("Second", True)])


def test_call_before_its_pause_is_over_is_told_the_rest_of_it(team: Team) -> None:
    team.workspace.fault("chat.postMessage", "ratelimited", seconds=60)
    refusal(team.post)
    team.workspace.advance(20)

    with pytest.raises(SlackApiError) as refused:
        team.post("Hasty")
    unreadable = refusal(team.web.api_call, "chat.postMessage", data={"blocks": "["})

    response = refused.value.response
    assert (response.status_code, 30 < int(response.headers["Retry-After"]) <= 40) == (429, True)
    assert (unreadable, _texts(team), team.form("users.list")["ok"]) == ("ratelimited", [], True)


def test_rate_limit_of_one_channel_spares_the_others(team: Team) -> None:
    team.workspace.fault("chat.postMessage", "ratelimited", channel=team.general, seconds=1)

    elsewhere = team.web.chat_postMessage(channel=team.channel("team"), text="Hello")

    assert elsewhere["ok"]
    assert refusal(team.post) == "ratelimited"


def test_rate_limit_of_one_method_and_person_spares_the_others(team: Team) -> None:
    team.workspace.fault("views.publish", "ratelimited", channel=team.ada.id, seconds=1)

    for_bo = team.web.views_publish(user_id=team.bo.id, view=a_home())

    assert for_bo["ok"]
    assert refusal(team.web.views_publish, user_id=team.ada.id, view=a_home()) == "ratelimited"


@pytest.mark.parametrize(
    ("settings", "failure", "is_carried_out"),
    [
        ({"kind": "error", "error": "fatal_error"}, "fatal_error", False),
        ({"kind": "refuse"}, "RemoteDisconnected", False),
        ({"kind": "lost_reply"}, "RemoteDisconnected", True),
        ({"kind": "server_error"}, "internal_error", False),
        ({"kind": "server_error", "is_done": True}, "internal_error", True),
    ],
    ids=lambda value: str(value) if isinstance(value, str) else None,
)
def test_fault_fails_the_call_and_the_log_tells_whether_it_was_carried_out(
    team: Team,
    settings: dict[str, Any],
    failure: str,
    is_carried_out: bool,  # noqa: FBT001 a case of the table
) -> None:
    team.workspace.fault("chat.postMessage", **settings)

    failed = _failure(lambda: team.post("Hello"))

    assert failed == failure
    assert _texts(team) == (["Hello"] if is_carried_out else [])
    assert _log(team) == [("Hello", is_carried_out)]


def test_server_error_answers_500(team: Team) -> None:
    team.workspace.fault("users.list", "server_error")

    with pytest.raises(HTTPError) as failed:
        team.get("users.list")
    failed.value.close()

    assert failed.value.code == 500


def test_lost_reply_of_an_upload_leaves_the_bytes_there(team: Team) -> None:
    begun = team.web.files_getUploadURLExternal(filename="a.txt", length=3)
    team.workspace.fault("upload", "lost_reply")

    failed = _failure(lambda: urlopen(Request(begun["upload_url"], data=b"abc")))  # noqa: S310 our own workspace
    team.web.files_completeUploadExternal(files=[{"id": begun["file_id"]}])

    assert (failed, team.workspace.file_text(begun["file_id"])) == ("RemoteDisconnected", "abc")


def test_slow_answer_waits_for_the_workspaces_time_and_the_deed_does_not(team: Team) -> None:
    team.workspace.fault("chat.postMessage", "slow", seconds=3600)

    with ThreadPoolExecutor(1) as pool:
        posting = pool.submit(team.post, "Hello")
        team.ada.wait(messages=1)
        was_waiting = not posting.done()
        team.workspace.advance(3600)
        ts = posting.result(60)

    assert (was_waiting, [each["ts"] for each in team.ada.messages()]) == (True, [ts])


def test_fault_strikes_so_often_and_cleared_ones_never(team: Team) -> None:
    team.workspace.fault("auth.test", "error", error="fatal_error", times=2)
    team.workspace.fault("users.list", "refuse")

    answers = [team.call("auth.test")["ok"] for _ in range(3)]
    team.workspace.clear_faults()

    assert (answers, team.form("users.list")["ok"]) == ([False, False, True], True)


def test_log_tells_all_calls_or_those_accepted_and_holds_no_token(team: Team) -> None:
    team.post("Hello")
    team.call("chat.postMessage", channel="C0NOWHERE00", text="Nobody")
    team.form("chat.postMessage", token=None, channel=team.general, text="Stranger")

    accepted = [each["args"] for each in team.workspace.calls("chat.postMessage", accepted=True)]
    refused = [each["answer"]["error"] for each in team.workspace.calls("chat.postMessage", accepted=False)]

    assert [each["text"] for each in accepted] == ["Hello"]
    assert refused == ["channel_not_found", "not_authed"]
    assert "xoxb" not in str(team.workspace.calls())


def test_log_tells_of_a_call_that_could_not_be_read(team: Team) -> None:
    team.form("chat.postMessage", channel=team.general, blocks="[")

    assert [each["answer"]["error"] for each in team.workspace.calls("chat.postMessage")] == ["invalid_blocks_format"]
