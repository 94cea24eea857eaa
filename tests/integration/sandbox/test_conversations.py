"""Channels and DMs: what the bot can see, open and enter."""

from typing import Any

import pytest

from tests.acting.teams import Team, refusal


def test_open_makes_one_dm_and_says_when_it_was_open(team: Team) -> None:
    first = team.web.conversations_open(users=[team.ada.id], return_im=True)
    second = team.web.conversations_open(users=team.ada.id)

    assert first["channel"]["user"] == team.ada.id
    assert first["channel"]["is_im"]
    assert "already_open" not in first.data
    assert (second["channel"], second["already_open"]) == ({"id": first["channel"]["id"]}, True)


@pytest.mark.parametrize(
    ("who", "code"),
    [
        ("", "users_list_not_supplied"),
        ("U0NOBODY000", "user_not_found"),
        ("gail", "user_disabled"),
        ("helper", "cannot_dm_bot"),
        (",".join(["U0AAAAAAAAA"] * 9), "too_many_users"),
    ],
)
def test_open_with_who_cannot_be_is_refused(team: Team, who: str, code: str) -> None:
    target = team.user(who) if who in {"gail", "helper"} else who

    assert team.call("conversations.open", users=target)["error"] == code


@pytest.mark.parametrize("stranger", [{"is_stranger": True}, {"team_id": "T0ELSEWHERE"}])
def test_open_with_an_account_of_another_workspace_is_refused(team: Team, stranger: dict[str, Any]) -> None:
    zoe = team.workspace.join(name="zoe", real_name="Zoe", **stranger)

    assert refusal(team.web.conversations_open, users=zoe) == "user_not_visible"


def test_bot_enters_public_channels_alone(team: Team) -> None:
    joined = team.web.conversations_join(channel=team.channel("random"))
    again = team.web.conversations_join(channel=team.channel("random"))

    assert (joined["channel"]["is_member"], "warning" in joined.data) == (True, False)
    assert again["warning"] == "already_in_channel"
    assert team.web.chat_postMessage(channel=team.channel("random"), text="Hello")["ok"]
    assert [refusal(team.web.conversations_join, channel=team.channel(name)) for name in ("secret", "team", "old")] == [
        "channel_not_found",
        "method_not_supported_for_channel_type",
        "is_archived",
    ]


def test_list_shows_public_channels_and_the_bots_private_ones(team: Team) -> None:
    def names(**args: object) -> list[str]:
        return sorted(channel["name"] for channel in team.web.conversations_list(**args)["channels"])  # type: ignore[arg-type]  # the SDK names each

    assert names() == ["general", "old", "random"]
    assert names(exclude_archived=True) == ["general", "random"]
    assert names(types=["public_channel", "private_channel"]) == ["general", "old", "random", "team"]
    assert refusal(team.web.conversations_list, types="secret_channel") == "invalid_types"


def test_list_comes_in_pages_by_cursor(team: Team) -> None:
    pages = [
        [channel["name"] for channel in page["channels"]]
        for page in team.web.conversations_list(types="public_channel,private_channel", limit=2)
    ]

    assert [len(page) for page in pages] == [2, 2]
    assert sorted(name for page in pages for name in page) == ["general", "old", "random", "team"]
    assert refusal(team.web.conversations_list, cursor="nowhere") == "invalid_cursor"
    assert refusal(team.web.conversations_list, limit=1001) == "invalid_limit"


def test_info_and_members_tell_of_channels_the_bot_can_see(team: Team) -> None:
    info = team.web.conversations_info(channel=team.general, include_num_members=True)["channel"]
    members = team.web.conversations_members(channel=team.general)["members"]

    assert (info["name"], info["is_member"], info["num_members"]) == ("general", True, 3)
    assert members == sorted([team.ada.id, team.bo.id, team.bot])
    assert refusal(team.web.conversations_info, channel=team.channel("secret")) == "channel_not_found"
    assert refusal(team.web.conversations_members, channel=team.channel("secret")) == "channel_not_found"


def test_person_brought_in_or_a_channel_archived_changes_who_may_post(team: Team) -> None:
    team.workspace.invite(team.channel("secret"), team.bot)
    posted = team.web.chat_postMessage(channel=team.channel("secret"), text="Hello")
    team.workspace.archive(team.channel("secret"))

    assert posted["ok"]
    assert refusal(team.web.chat_postMessage, channel=team.channel("secret"), text="Hello") == "is_archived"


def test_who_was_deactivated_is_in_no_channel(team: Team) -> None:
    team.workspace.change_user(team.bo.id, deleted=True)

    info = team.web.conversations_info(channel=team.general, include_num_members=True)["channel"]

    assert team.web.conversations_members(channel=team.general)["members"] == sorted([team.ada.id, team.bot])
    assert info["num_members"] == 2
