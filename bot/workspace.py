"""Which workspace and which bot user the token stands for, asked once at start."""

from dataclasses import dataclass

from slack_sdk import WebClient


@dataclass(frozen=True, slots=True, kw_only=True)
class Workspace:
    """Answer of `auth.test`, with the scopes Slack granted."""

    team_id: str
    bot_user_id: str
    bot_id: str
    scopes: frozenset[str]


def identify(client: WebClient) -> Workspace:
    """Ask Slack who we are. Raises `SlackApiError` for a wrong token, `URLError` when Slack cannot be reached."""
    answer = client.auth_test()
    headers = {key.lower(): value for key, value in answer.headers.items()}
    scopes = str(headers.get("x-oauth-scopes", ""))
    return Workspace(
        team_id=str(answer["team_id"]),
        bot_user_id=str(answer["user_id"]),
        bot_id=str(answer.get("bot_id", "")),
        scopes=frozenset(scope.strip() for scope in scopes.split(",") if scope.strip()),
    )
