"""Who is notified of what is said in the workspace, as a test can look it up."""

from typing import Any

import pytest

from tests.acting.teams import Team


def test_typed_mention_that_an_app_escapes_is_words_and_notifies_nobody(team: Team) -> None:
    team.post("For &lt;!channel&gt; &amp; @channel")

    (message,) = team.bo.messages()
    assert message["notified"] == []
    assert (team.ada.notifications(), team.bo.notifications()) == ([], [])


def test_mention_that_an_app_lets_through_notifies_all_who_are_there(team: Team) -> None:
    zoe = team.workspace.join(name="zoe", real_name="Zoe")
    team.workspace.invite(team.general, zoe)
    team.workspace.change_user(zoe, deleted=True)
    team.post("For <!channel>")

    (message,) = team.bo.notifications()
    assert message["notified"] == sorted([team.ada.id, team.bo.id])


@pytest.mark.parametrize("asked", [{"parse": "full"}, {"link_names": True}])
def test_app_that_asks_slack_to_find_mentions_has_them_found(team: Team, asked: dict[str, Any]) -> None:
    team.post("For @channel", **asked)

    assert [each["text"] for each in team.bo.notifications()] == ["For <!channel>"]


def test_mention_that_is_edited_into_a_message_notifies_nobody(team: Team) -> None:
    ts = team.post("Hello")
    team.web.chat_update(channel=team.general, ts=ts, text="For <!channel>")

    assert team.bo.notifications() == []


def test_dm_notifies_its_person_alone(team: Team) -> None:
    team.web.chat_postMessage(channel=team.ada.id, text="Hello")

    assert (len(team.ada.notifications()), team.bo.notifications()) == (1, [])


def test_what_a_person_types_with_at_channel_notifies_the_others(team: Team) -> None:
    team.ada.say("@channel lunch?", channel=team.general)

    assert (team.ada.notifications(), len(team.bo.notifications())) == ([], 1)
