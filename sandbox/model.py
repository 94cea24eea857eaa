"""The things a workspace is made of."""

from dataclasses import dataclass, field
from typing import Any

Payload = dict[str, Any]


@dataclass(slots=True, kw_only=True)
class User:
    """An account, a bot's included."""

    id: str
    team_id: str
    name: str
    real_name: str
    email: str | None
    tz: str
    is_admin: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    deleted: bool = False


@dataclass(slots=True, kw_only=True)
class Message:
    """A message; `visible_to` is the one person who sees an ephemeral one, or None for all members."""

    ts: str
    channel: str
    user: str
    text: str
    blocks: list[Payload] = field(default_factory=list)
    metadata: Payload | None = None
    files: list[str] = field(default_factory=list)
    app_id: str | None = None
    bot_id: str | None = None
    thread_ts: str | None = None
    visible_to: str | None = None
    edited: bool = False


@dataclass(slots=True, kw_only=True)
class Channel:
    """A channel or a DM (`user` is then the human side). Messages are in order."""

    id: str
    name: str
    members: set[str]
    is_im: bool = False
    user: str | None = None
    is_archived: bool = False
    messages: list[Message] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class View:
    """A modal or a Home tab of one person. `values` is what is filled in now, by block and action id."""

    id: str
    app_id: str
    user: str
    payload: Payload
    hash: str
    root_id: str
    previous_id: str | None = None
    values: dict[str, dict[str, Payload]] = field(default_factory=dict)
    errors: dict[str, str] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class File:
    """An uploaded file; invisible until it is shared."""

    id: str
    app_id: str
    name: str
    length: int
    title: str = ""
    content: bytes | None = None
    shared_in: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class App:
    """An installed app."""

    id: str
    name: str
    bot_user: str
    bot_id: str
    bot_token: str
    app_token: str
    signing_secret: str
    transport: str
    request_url: str | None
    scopes: frozenset[str]
    manifest: Payload

    @property
    def commands(self) -> list[Payload]:
        """Slash commands as the manifest declares them."""
        return list(self.manifest.get("features", {}).get("slash_commands", []))

    @property
    def shortcuts(self) -> list[Payload]:
        """Global and message shortcuts as the manifest declares them."""
        return list(self.manifest.get("features", {}).get("shortcuts", []))

    @property
    def events(self) -> frozenset[str]:
        """Bot events subscribed to."""
        settings = self.manifest.get("settings", {})
        return frozenset(settings.get("event_subscriptions", {}).get("bot_events", []))

    @property
    def home(self) -> Payload:
        """The app_home part of the manifest."""
        home: Payload = self.manifest.get("features", {}).get("app_home", {})
        return home
