"""A small workspace for tests of the sandbox itself: a few people, channels of each kind, and one app."""

from typing import Any, Literal

from sandbox.seed import Seed, SeedApp, SeedChannel, SeedUser
from tests.builders.blocks import Payload

BOT_TOKEN, APP_TOKEN, SIGNING_SECRET = "xoxb-helper", "xapp-helper", "a helper's signing secret"
SCOPES = (
    "app_mentions:read",
    "channels:history",
    "channels:join",
    "channels:read",
    "chat:write",
    "commands",
    "files:read",
    "files:write",
    "groups:history",
    "groups:read",
    "im:history",
    "im:read",
    "im:write",
    "mpim:write",
    "team:read",
    "usergroups:read",
    "users:read",
    "users:read.email",
)
APP_TOKEN_SCOPES = ("authorizations:read", "connections:write")
EVENTS = (
    "app_home_opened",
    "app_mention",
    "member_joined_channel",
    "message.channels",
    "message.groups",
    "message.im",
    "team_join",
    "user_change",
)
APP_HOME = {"home_tab_enabled": True, "messages_tab_enabled": True, "messages_tab_read_only_enabled": False}


def a_manifest(
    *, app_home: Payload | None = None, events: tuple[str, ...] = EVENTS, is_interactive: bool = True
) -> Payload:
    """An app with two commands, two shortcuts and all the scopes the sandbox knows."""
    return {
        "display_information": {"name": "Helper"},
        "features": {
            "app_home": APP_HOME | (app_home or {}),
            "bot_user": {"display_name": "Helper"},
            "slash_commands": [
                {"command": "/plain", "description": "Takes text as it is"},
                {"command": "/named", "description": "Takes names as ids", "should_escape": True},
            ],
            "shortcuts": [
                {"name": "New", "type": "global", "callback_id": "new", "description": "Make one"},
                {"name": "Quote", "type": "message", "callback_id": "quote", "description": "Quote it"},
            ],
        },
        "oauth_config": {"scopes": {"bot": list(SCOPES)}},
        "settings": {
            "event_subscriptions": {"bot_events": list(events)},
            "interactivity": {"is_enabled": is_interactive},
        },
    }


def an_app(
    *,
    manifest: Payload | None = None,
    transport: Literal["socket", "http"] = "socket",
    request_url: str | None = None,
    without: tuple[str, ...] = (),
) -> SeedApp:
    """The helper; `without` are scopes that neither of its tokens was granted."""
    return SeedApp(
        manifest=manifest or a_manifest(),
        bot_token=BOT_TOKEN,
        app_token=APP_TOKEN,
        signing_secret=SIGNING_SECRET,
        transport=transport,
        request_url=request_url,
        granted_scopes=[scope for scope in SCOPES if scope not in without],
        app_token_scopes=[scope for scope in APP_TOKEN_SCOPES if scope not in without],
    )


def a_seed(app: SeedApp | None = None, **more: Any) -> Seed:
    """Ada and Bo, Gail who left; channels where the helper is and where it is not."""
    users = [
        SeedUser(name="ada", real_name="Ada", email="ada@example.org", tz="Europe/London"),
        SeedUser(name="bo", real_name="Bo", email="bo@example.org", tz="America/New_York"),
        SeedUser(name="gail", real_name="Gail", email="gail@example.org", deleted=True),
    ]
    channels = [
        SeedChannel(name="general", members=["ada", "bo", "helper"]),
        SeedChannel(name="random", members=["ada", "bo"]),
        SeedChannel(name="team", members=["ada", "helper"], is_private=True),
        SeedChannel(name="secret", members=["ada"], is_private=True),
        SeedChannel(name="old", members=["ada", "helper"], is_archived=True),
    ]
    return Seed(users=users, channels=channels, apps=[app or an_app()], **more)
