"""The things a workspace is made of."""

from dataclasses import dataclass, field
from typing import Any

from sandbox.blockkit.state import Values
from sandbox.kinds import DIRECT, PRIVATE, PUBLIC, ChannelKind

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
    title: str = ""
    is_admin: bool = False
    is_bot: bool = False
    is_restricted: bool = False
    is_ultra_restricted: bool = False
    is_stranger: bool = False
    deleted: bool = False
    updated: int = 0


@dataclass(slots=True, kw_only=True)
class Message:
    """A message; `visible_to` is the one person who sees an ephemeral one, or None for all members.

    `values` is what each person has chosen in its menus, by user id. `notified` are those whom it notified when it
    came; no later edit notifies anybody.
    """

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
    edited_ts: str | None = None
    notified: frozenset[str] = frozenset()
    values: dict[str, Values] = field(default_factory=dict)


@dataclass(slots=True, kw_only=True)
class Channel:
    """A channel or a DM (`user` is then the human side). Messages are in order."""

    id: str
    name: str
    members: set[str]
    created: int
    is_im: bool = False
    is_private: bool = False
    user: str | None = None
    is_archived: bool = False
    messages: list[Message] = field(default_factory=list)

    @property
    def kind(self) -> ChannelKind:
        """Public, private or a DM."""
        if self.is_im:
            return DIRECT
        return PRIVATE if self.is_private else PUBLIC


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
    """An uploaded file; nobody sees it before its upload is completed."""

    id: str
    app_id: str
    name: str
    length: int
    title: str = ""
    content: bytes | None = None
    is_complete: bool = False
    shared_in: list[str] = field(default_factory=list)


@dataclass(slots=True, kw_only=True)
class App:
    """An installed app. `scopes` are its bot token's."""

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
    app_token_scopes: frozenset[str]
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
    def is_interactive(self) -> bool:
        """Whether presses, shortcuts and forms reach it."""
        interactivity: Payload = self.manifest.get("settings", {}).get("interactivity", {})
        return bool(interactivity.get("is_enabled", False))

    @property
    def has_home(self) -> bool:
        """Whether it may publish a Home tab."""
        return bool(self._home.get("home_tab_enabled", False))

    @property
    def has_messages(self) -> bool:
        """Whether it may write to people in its Messages tab."""
        return bool(self._home.get("messages_tab_enabled", False))

    @property
    def takes_messages(self) -> bool:
        """Whether people may write to it there."""
        return self.has_messages and not self._home.get("messages_tab_read_only_enabled", True)

    @property
    def _home(self) -> Payload:
        home: Payload = self.manifest.get("features", {}).get("app_home", {})
        return home
