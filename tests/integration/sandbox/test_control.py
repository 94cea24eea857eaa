"""The control API: what tests and demos see and do, and how it declines what makes no sense."""

from typing import Any

import pytest

from sandbox.client import Declined
from sandbox.control import DEEDS
from tests.acting.teams import Team
from tests.builders.blocks import a_button, a_modal, a_section, actions, plain


@pytest.mark.parametrize(
    ("deed", "arguments", "words"),
    [
        ("act", {}, "there is no deed ''"),
        ("act", {"deed": "submit"}, "missing a required argument: 'user_id'"),
        ("act", {"deed": "submit", "user_id": "U0", "loudly": True}, "got an unexpected keyword argument 'loudly'"),
        ("act", {"deed": "submit", "user_id": "U0"}, "there is no such person"),
        ("eyes", {}, "missing or unknown: 'user_id'"),
        ("fault", {"method": "*", "kind": "sparkle"}, "missing or unknown"),
        ("sockets", {"what": "dance"}, "sockets can be refreshed, disabled or cut"),
        ("clock", {"seconds": -1}, "time only goes forward"),
        ("change_user", {"user_id": "U0", "changes": {}}, "missing or unknown: 'U0'"),
        ("invite", {"channel_id": "C0", "user_id": "U0"}, "missing or unknown: 'C0'"),
        ("join", {"name": "zoe"}, "missing or unknown"),
        ("file", {"file_id": "F0"}, "missing or unknown: 'F0'"),
        ("reset", {"sparkle": 1}, "missing or unknown"),
    ],
)
def test_deed_that_makes_no_sense_is_declined_in_words(
    team: Team, deed: str, arguments: dict[str, Any], words: str
) -> None:
    with pytest.raises(Declined) as refused:
        team.workspace.deed(deed, **arguments)

    assert words in str(refused.value)


def test_bot_does_nothing_by_itself(team: Team) -> None:
    with pytest.raises(Declined, match="there is no such person"):
        team.workspace.as_user("helper").slash("/plain", channel=team.general)


def test_change_of_what_an_account_does_not_have_is_declined(team: Team) -> None:
    with pytest.raises(Declined, match=r"an account has no \['shoe_size'\]"):
        team.workspace.change_user(team.ada.id, shoe_size=38)


def test_nobody_is_invited_to_a_dm(team: Team) -> None:
    dm = team.web.conversations_open(users=team.ada.id)["channel"]["id"]

    with pytest.raises(Declined, match="nobody can be invited to a DM"):
        team.workspace.invite(dm, team.bo.id)


def test_state_tells_people_channels_and_apps(team: Team) -> None:
    state = team.workspace.state()

    assert [user["name"] for user in state["users"]] == ["ada", "bo", "gail", "helper"]
    assert {channel["name"]: len(channel["members"]) for channel in state["channels"]} == {
        "general": 3,
        "random": 2,
        "team": 2,
        "secret": 1,
        "old": 2,
    }
    assert [(app["name"], app["bot_user"], app["sockets"]) for app in state["apps"]] == [("Helper", team.bot, 0)]


def test_wait_ends_with_no_when_nothing_comes(team: Team) -> None:
    with pytest.raises(TimeoutError, match="did not see"):
        team.ada.wait(text="Never", seconds=0.01)


@pytest.mark.parametrize("wanted", [{"messages": 1}, {"text": "Hello"}])
def test_wait_ends_at_once_when_it_is_there(team: Team, wanted: dict[str, Any]) -> None:
    team.post("Hello")

    assert team.workspace.deed("wait", user_id=team.ada.id, **wanted) == {"is_there": True}


def test_wait_for_a_title_is_not_met_by_the_same_words_in_the_modal_below(http_team: Team) -> None:
    below = a_modal(a_section("Rows"), actions(a_button(text=plain("Edit"))))

    view = http_team.open(below)

    with pytest.raises(TimeoutError):
        http_team.ada.wait(title="Edit", seconds=0.01)
    http_team.web.views_update(view_id=view["id"], view=below | {"title": plain("Edit")})
    http_team.ada.wait(title="Edit", seconds=0.01)


def test_every_deed_says_what_it_does() -> None:
    assert [name for name, deed in DEEDS.items() if not deed.__doc__] == []
