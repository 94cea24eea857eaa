"""What the app asks of Slack, and why. The manifest in deploy/ is generated from this and held to it by a test."""

from collections.abc import Iterable
from dataclasses import dataclass


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """One scope; `without` says how life goes on when an optional one is not granted."""

    name: str
    why: str
    without: str = ""

    @property
    def is_optional(self) -> bool:
        """Whether the bot runs without it."""
        return bool(self.without)


SCOPES = (
    Scope(name="commands", why="so that people can type /support, /deadlines and the other commands"),
    Scope(name="chat:write", why="to send confirmations and reminders"),
    Scope(name="im:write", why="to write to people directly"),
    Scope(name="users:read", why="to know who is a guest, a bot or gone, and people's time zones"),
    Scope(name="users:read.email", why="to match the roster to accounts"),
    Scope(name="files:write", why="to send calendar files", without="messages carry the times alone"),
    Scope(
        name="im:history",
        why="to look, after a lost answer, whether the bot's own message arrived",
        without="a message whose answer was lost is sent again, a notice is left to staff",
    ),
    Scope(
        name="channels:read",
        why="to see, before a message to a channel, that it is open, that the bot is in it, and who is",
        without="that is seen only when the message is sent, and everybody it is for is written to directly too",
    ),
)
REQUIRED = frozenset(scope.name for scope in SCOPES if not scope.is_optional)
OPTIONAL = frozenset(scope.name for scope in SCOPES if scope.is_optional)
EVENTS = ("app_home_opened", "team_join", "user_change")
_NEVER = frozenset({"files:read", "chat:write.public", "chat:write.customize"})


def never_asked_for(scopes: Iterable[str]) -> list[str]:
    """Those of a token's scopes that this app never asks for, because they reach into what people write elsewhere."""
    return sorted(
        scope
        for scope in scopes
        if scope in _NEVER
        or scope.startswith(("admin", "search"))
        or (scope.endswith(":history") and scope not in OPTIONAL)
    )
