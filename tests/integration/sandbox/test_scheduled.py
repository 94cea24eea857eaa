"""Messages for later: Slack's caps, and a clock that can be moved."""

from typing import Any

import pytest

from tests.acting.teams import Team, refusal
from tests.builders.blocks import Payload

DAY = 24 * 3600


def _schedule(team: Team, after: float, text: str = "Later", **more: Any) -> Payload:
    post_at = int(team.workspace.now() + after)
    return team.call("chat.scheduleMessage", channel=team.general, text=text, post_at=post_at, **more)


def test_message_is_posted_when_its_time_has_come(team: Team) -> None:
    _schedule(team, 3600)
    team.workspace.advance(3590)
    before = team.ada.messages()

    team.workspace.advance(20)
    team.ada.wait(text="Later")

    (message,) = team.ada.messages()
    assert (before, message["text"], message["user"]) == ([], "Later", team.bot)
    assert float(message["ts"]) <= team.workspace.now()
    assert team.web.chat_scheduledMessages_list()["scheduled_messages"] == []


def test_time_in_the_past_or_beyond_120_days_or_no_time_is_refused(team: Team) -> None:
    errors = [_schedule(team, after).get("error") for after in (-10, 120 * DAY + 60, 120 * DAY - 60)]

    assert errors == ["time_in_past", "time_too_far", None]
    assert team.call("chat.scheduleMessage", channel=team.general, text="x", post_at="soon")["error"] == "invalid_time"


def test_thirty_messages_fit_into_five_minutes_of_a_channel_and_no_more(team: Team) -> None:
    taken = [_schedule(team, 600 + number)["ok"] for number in range(30)]

    assert taken == [True] * 30
    assert _schedule(team, 890)["error"] == "restricted_too_many"
    assert _schedule(team, 600 + 301)["ok"]
    elsewhere = team.web.chat_scheduleMessage(
        channel=team.ada.id, text="Hello", post_at=int(team.workspace.now() + 600)
    )
    assert elsewhere["ok"]


def test_list_shows_the_soonest_first_by_channel(team: Team) -> None:
    late, soon = _schedule(team, 7200, "Late"), _schedule(team, 3600, "Soon")
    dm = team.web.chat_scheduleMessage(channel=team.ada.id, text="DM", post_at=int(team.workspace.now() + 60))

    here = team.web.chat_scheduledMessages_list(channel=team.general)["scheduled_messages"]
    everywhere = team.web.chat_scheduledMessages_list()["scheduled_messages"]

    assert [(each["id"], each["text"]) for each in here] == [
        (soon["scheduled_message_id"], "Soon"),
        (late["scheduled_message_id"], "Late"),
    ]
    assert everywhere[0]["channel_id"] == dm["channel"]
    assert refusal(team.web.chat_scheduledMessages_list, channel="C0NOWHERE00") == "invalid_channel"


def test_message_can_be_taken_back_until_its_last_minute(team: Team) -> None:
    early, late = (
        _schedule(team, 3600, "Early")["scheduled_message_id"],
        _schedule(team, 50, "Late")["scheduled_message_id"],
    )

    team.web.chat_deleteScheduledMessage(channel=team.general, scheduled_message_id=str(early))
    codes = [
        refusal(team.web.chat_deleteScheduledMessage, channel=team.general, scheduled_message_id=str(each))
        for each in (early, late, "Q0000000000")
    ]
    team.workspace.advance(3700)
    team.ada.wait(text="Late")

    assert codes == ["invalid_scheduled_message_id"] * 3
    assert [each["text"] for each in team.ada.messages()] == ["Late"]


def test_message_with_metadata_never_comes_as_with_slack(team: Team) -> None:
    _schedule(team, 60, "Never", metadata={"event_type": "made", "event_payload": {}})
    _schedule(team, 61, "Later")

    team.workspace.advance(70)
    team.ada.wait(text="Later")

    assert [each["text"] for each in team.ada.messages()] == ["Later"]


@pytest.mark.parametrize("change", [{"deleted": True}, {"is_stranger": True}, {"is_bot": True}])
def test_message_to_who_cannot_be_written_to_by_then_never_comes(team: Team, change: dict[str, bool]) -> None:
    team.web.chat_scheduleMessage(channel=team.bo.id, text="Never", post_at=int(team.workspace.now() + 60))
    _schedule(team, 61, "Later")
    team.workspace.change_user(team.bo.id, **change)

    team.workspace.advance(70)
    team.ada.wait(text="Later")

    assert [each["text"] for each in team.bo.messages()] == ["Later"]


def test_message_into_a_channel_archived_meanwhile_never_comes(team: Team) -> None:
    _schedule(team, 60, "Never")
    team.web.chat_scheduleMessage(channel=team.ada.id, text="Later", post_at=int(team.workspace.now() + 61))
    team.workspace.archive(team.general)

    team.workspace.advance(70)
    team.ada.wait(text="Later")

    assert [each["text"] for each in team.ada.messages()] == ["Later"]
