import pytest
from slack_bolt import App, BoltRequest
from slack_bolt.authorization import AuthorizeResult

from bot.messenger import member_of
from domain.ports import WorkspaceMember
from handlers.members import EVENTS, observe_members
from tests.builders.payloads import an_event
from tests.builders.people import TEAM

SLACK_USER = {
    "id": "UADA",
    "team_id": TEAM,
    "name": "ada",
    "tz": "Europe/London",
    "profile": {"real_name": "Ada", "email": "ada@example.org"},
    "deleted": True,
    "updated": 1_800_000_000,
}
ADA = WorkspaceMember(
    slack_user_id="UADA",
    team_id=TEAM,
    name="Ada",
    email="ada@example.org",
    zone="Europe/London",
    is_deleted=True,
    is_bot=False,
    is_guest=False,
    is_stranger=False,
    updated=1_800_000_000,
)


@pytest.mark.parametrize("event", EVENTS)
def test_account_that_joined_or_changed_is_noted_at_once(event: str) -> None:
    noted: list[WorkspaceMember] = []
    app = App(
        signing_secret="a secret",
        authorize=lambda: AuthorizeResult(enterprise_id=None, team_id=TEAM, bot_token="xoxb-1"),
        process_before_response=True,
    )
    observe_members(app, read=member_of, note=noted.append)
    payload = an_event(event)
    payload["event"]["user"] = SLACK_USER

    answer = app.dispatch(BoltRequest(mode="socket_mode", body=payload))

    assert (answer.status, noted) == (200, [ADA])
