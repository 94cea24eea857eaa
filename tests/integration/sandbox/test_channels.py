"""Channels that are archived and opened again, and who is brought in and taken out."""

from collections.abc import Callable

import pytest

from sandbox.client import Declined
from tests.acting.scripted_app import ScriptedApp
from tests.acting.teams import Team, refusal, wait_until
from tests.builders.slack import EVENTS, a_manifest, a_seed, an_app


def test_bot_taken_out_of_a_channel_may_not_post_there_until_it_is_brought_in_again(team: Team) -> None:
    team.workspace.remove(team.general, team.bot)
    refused = refusal(team.web.chat_postMessage, channel=team.general, text="Hello")
    team.workspace.invite(team.general, team.bot)

    assert refused == "not_in_channel"
    assert team.web.chat_postMessage(channel=team.general, text="Hello")["ok"]


def test_bot_taken_out_of_a_private_channel_knows_nothing_of_it(team: Team) -> None:
    team.workspace.remove(team.channel("team"), team.bot)

    assert refusal(team.web.chat_postMessage, channel=team.channel("team"), text="Hello") == "channel_not_found"


def test_archived_channel_takes_nothing_until_it_is_opened_again(team: Team) -> None:
    ts = team.post()
    team.workspace.archive(team.general)
    posting = refusal(team.web.chat_postMessage, channel=team.general, text="Hello")
    changing = refusal(team.web.chat_update, channel=team.general, ts=ts, text="Hello")
    team.workspace.unarchive(team.general)

    assert (posting, changing) == ("is_archived", "is_inactive")
    assert team.web.chat_postMessage(channel=team.general, text="Hello")["ok"]


def test_state_tells_which_channels_are_private_or_archived(team: Team) -> None:
    shown = {each["name"]: (each["is_private"], each["is_archived"]) for each in team.workspace.state()["channels"]}

    assert (shown["general"], shown["team"], shown["old"]) == ((False, False), (True, False), (False, True))


def test_what_cannot_be_done_to_a_channel_is_declined_in_words(team: Team) -> None:
    dm = team.web.conversations_open(users=team.ada.id)["channel"]["id"]
    old, workspace = team.channel("old"), team.workspace

    deeds: list[tuple[Callable[[], None], str]] = [
        (lambda: workspace.remove(dm, team.ada.id), "nobody can be taken out of a DM"),
        (lambda: workspace.remove(team.channel("secret"), team.bo.id), "they are not in that channel"),
        (lambda: workspace.invite(old, team.bo.id), "nobody can be invited to an archived channel"),
        (lambda: workspace.archive(dm), "a DM cannot be archived"),
        (lambda: workspace.archive(old), "that channel is archived already"),
        (lambda: workspace.unarchive(team.general), "that channel is not archived"),
    ]

    for deed, words in deeds:
        with pytest.raises(Declined, match=words):
            deed()


def test_departure_from_a_channel_is_told_to_the_apps_that_stay(http_team: Team, app: ScriptedApp) -> None:
    manifest = a_manifest(events=(*EVENTS, "member_left_channel"))
    team = http_team.reset(a_seed(an_app(manifest=manifest, transport="http", request_url=app.url)))

    team.workspace.remove(team.channel("random"), team.bo.id)
    team.workspace.remove(team.general, team.bo.id)

    wait_until(lambda: bool(team.workspace.deliveries("event")))
    events = [each["payload"]["event"] for each in team.workspace.deliveries("event")]
    assert [(each["type"], each["user"], each["channel"]) for each in events] == [
        ("member_left_channel", team.bo.id, team.general)
    ]
