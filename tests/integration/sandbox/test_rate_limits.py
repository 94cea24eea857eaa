"""Slack's rate limits over HTTP: what is refused, how, and what a test can count afterwards."""

import pytest
from slack_sdk.errors import SlackApiError

from sandbox.client import Declined
from sandbox.launch import running_sandbox
from tests.acting.teams import Team
from tests.builders.slack import a_seed
from tests.looking.pacing import busiest


def refused_for(error: SlackApiError) -> tuple[int, str, str]:
    return error.response.status_code, error.response["error"], error.response.headers["Retry-After"]


def test_post_too_many_to_a_channel_is_answered_429_with_how_long_to_wait(team: Team) -> None:
    team.workspace.limit(channel_burst=1)
    team.post("First")

    with pytest.raises(SlackApiError) as refused:
        team.post("Second")
    team.workspace.advance(1)
    team.post("Third")

    assert refused_for(refused.value) == (429, "ratelimited", "1")
    assert [each["text"] for each in team.ada.messages()] == ["First", "Third"]


def test_dm_is_one_place_by_account_and_by_channel(team: Team) -> None:
    team.workspace.limit(channel_burst=1)
    dm = team.web.chat_postMessage(channel=team.ada.id, text="First")["channel"]

    for place in (dm, team.ada.id):
        with pytest.raises(SlackApiError):
            team.web.chat_postMessage(channel=place, text="Second")


def test_update_goes_fifty_times_a_minute(team: Team) -> None:
    team.workspace.limit()
    ts = team.post()

    for number in range(50):
        team.web.chat_update(channel=team.general, ts=ts, text=f"{number}")
    with pytest.raises(SlackApiError) as refused:
        team.web.chat_update(channel=team.general, ts=ts, text="one more")

    assert refused_for(refused.value)[:2] == (429, "ratelimited")


def test_times_tell_how_close_together_calls_came(team: Team) -> None:
    team.workspace.limit(posts_burst=2, posts_per_minute=60, channel_burst=100)
    for _ in range(2):
        team.post()
    with pytest.raises(SlackApiError):
        team.post()
    team.workspace.advance(1)
    team.post()

    times = team.workspace.times("chat.postMessage")

    assert len(times) == 3
    assert busiest(times, 0.9) == 2
    assert len(team.workspace.times("chat.postMessage", accepted=False)) == 1
    assert team.workspace.times("conversations.open") == []


def test_lifted_limits_hold_no_more(team: Team) -> None:
    team.workspace.limit(channel_burst=1)
    team.workspace.lift_limits()

    assert [team.post(), team.post()]


def test_limits_that_make_no_sense_are_declined(team: Team) -> None:
    with pytest.raises(Declined, match="scale"):
        team.workspace.limit(scale=0)


def test_workspace_that_is_started_with_limits_keeps_them() -> None:
    with running_sandbox(a_seed(), limits=1.0) as client:
        limited = Team(client).reset(a_seed())

        for _ in range(3):
            limited.post()
        with pytest.raises(SlackApiError):
            limited.post()

        assert len(client.times("chat.postMessage")) == 3
        client.close()
