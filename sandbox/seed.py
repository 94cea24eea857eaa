"""What a workspace starts with, as data: a team, people, channels and apps."""

from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field


class _Strict(BaseModel):
    model_config = ConfigDict(extra="forbid")


class SeedUser(_Strict):
    """One account. Without an id one is made."""

    id: str | None = None
    name: str
    real_name: str
    email: str | None = None
    tz: str = "America/Los_Angeles"
    title: str = ""
    is_admin: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    deleted: bool = False
    team_id: str | None = None


class SeedChannel(_Strict):
    """A channel with its members by user name; apps join by their bot user's name."""

    id: str | None = None
    name: str
    members: list[str] = Field(default_factory=list)
    is_private: bool = False
    is_archived: bool = False


class SeedApp(_Strict):
    """An installed app: its manifest in Slack's own schema and the secrets it connects with.

    `granted_scopes` limits what the manifest asks for, to see an app live without an optional scope; the scopes of an
    app token are chosen when it is made. `transport` is the switch for Socket Mode.
    """

    manifest: dict[str, Any]
    bot_token: str
    app_token: str
    signing_secret: str
    transport: Literal["socket", "http"] = "socket"
    request_url: str | None = None
    granted_scopes: list[str] | None = None
    app_token_scopes: list[str] = Field(default_factory=lambda: ["connections:write"])


class Seed(_Strict):
    """Everything."""

    team_name: str = "Sandbox"
    team_domain: str = "sandbox"
    team_id: str | None = None
    users: list[SeedUser] = Field(default_factory=list)
    channels: list[SeedChannel] = Field(default_factory=list)
    apps: list[SeedApp] = Field(default_factory=list)
