"""What the SDK really puts on the wire: all of it is understood, from both of its clients."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any

import pytest
from slack_sdk.web.async_client import AsyncWebClient

from tests.acting.teams import Team
from tests.builders.blocks import a_home, a_section
from tests.builders.slack import BOT_TOKEN


def _as_async(team: Team, call: Callable[[AsyncWebClient], Awaitable[Any]]) -> Any:
    async def run() -> Any:
        return await call(AsyncWebClient(token=BOT_TOKEN, base_url=team.workspace.api_url))

    return asyncio.run(run())


def test_async_client_reads_by_query(team: Team) -> None:
    """It sends 78 methods as GET."""
    user = _as_async(team, lambda web: web.users_info(user=team.ada.id, include_locale=True))["user"]
    channels = _as_async(
        team, lambda web: web.conversations_list(types=["public_channel", "im"], exclude_archived=True)
    )

    assert (user["name"], user["locale"]) == ("ada", "en-US")
    assert sorted(each["name"] for each in channels["channels"]) == ["general", "random"]


def test_async_client_writes_by_json_and_by_query(team: Team) -> None:
    posted = _as_async(
        team, lambda web: web.chat_postMessage(channel=team.general, text="Hello", blocks=[a_section("Hello")])
    )
    opened = _as_async(team, lambda web: web.conversations_open(users=[team.ada.id], return_im=True))

    assert [each["ts"] for each in team.ada.messages()] == [posted["ts"]]
    assert opened["channel"]["user"] == team.ada.id


def test_async_client_uploads_in_three_calls(team: Team) -> None:
    file = _as_async(
        team, lambda web: web.files_upload_v2(channel=team.general, filename="a.txt", content="abc", title="A")
    )["file"]

    assert team.workspace.file_text(file["id"]) == "abc"


def test_async_client_publishes_and_tests_itself(team: Team) -> None:
    who = _as_async(team, lambda web: web.auth_test())
    _as_async(team, lambda web: web.views_publish(user_id=team.ada.id, view=a_home()))

    assert (who["user"], who.headers["x-oauth-scopes"].split(",")[0]) == ("helper", "app_mentions:read")
    assert team.ada.home()["type"] == "home"


@pytest.mark.parametrize("flag", ["1", "true", "True"])
def test_flag_is_understood_however_it_was_written(team: Team, flag: str) -> None:
    shown = team.form("conversations.open", users=team.ada.id, return_im=flag)

    assert shown["channel"]["user"] == team.ada.id


@pytest.mark.parametrize("flag", ["0", "false", ""])
def test_flag_that_is_off_is_off(team: Team, flag: str) -> None:
    shown = team.form("conversations.open", users=team.ada.id, return_im=flag)

    assert set(shown["channel"]) == {"id"}


@pytest.mark.parametrize("limit", ["many", "-1", "1.5"])
def test_number_that_is_none_is_refused(team: Team, limit: str) -> None:
    assert team.form("users.list", limit=limit)["error"] == "invalid_arguments"


def test_post_with_everything_in_a_form_or_a_query_is_the_same_message(team: Team) -> None:
    blocks = '[{"type": "section", "block_id": "b", "text": {"type": "mrkdwn", "text": "Hello"}}]'

    team.form("chat.postMessage", channel=team.general, text="Hello", blocks=blocks)
    team.get("chat.postMessage", channel=team.general, text="Hello", blocks=blocks)

    assert [each["blocks"] for each in team.ada.messages()] == [[a_section("Hello", block_id="b")]] * 2
