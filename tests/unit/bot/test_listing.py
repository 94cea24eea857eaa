"""What an account is, by Slack's user object."""

from typing import Any

import pytest

from bot.messenger import member_of
from domain.ports import WorkspaceMember
from tests.builders.people import TEAM


def told(**user: Any) -> WorkspaceMember:
    return member_of({"id": "UADA", "team_id": TEAM, "name": "ada"} | user)


def test_account_of_which_slack_says_little_is_a_persons_without_an_address() -> None:
    assert told() == WorkspaceMember(
        slack_user_id="UADA",
        team_id=TEAM,
        name="ada",
        email=None,
        zone="",
        is_deleted=False,
        is_bot=False,
        is_guest=False,
        is_stranger=False,
        updated=0,
    )


@pytest.mark.parametrize("user", [{"is_bot": True}, {"id": "USLACKBOT"}, {"id": "USLACKBOT", "is_bot": False}])
def test_slackbot_is_a_bot_although_slack_does_not_say_so(user: dict[str, Any]) -> None:
    assert told(**user).is_bot


@pytest.mark.parametrize("kind", ["is_restricted", "is_ultra_restricted"])
def test_both_kinds_of_guests_are_guests(kind: str) -> None:
    assert told(**{kind: True}).is_guest
