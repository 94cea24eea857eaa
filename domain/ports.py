"""Ports to what is slow, random or remote; each fake is held to the real one by a contract test."""

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol

from domain.feeds import FeedQuestion, FeedReading

Block = dict[str, Any]
View = dict[str, Any]


class Clock(Protocol):
    """The only source of time; see "Two times" in docs/explanation/design.md."""

    def now(self) -> datetime:
        """Program time, aware UTC: decides what is due, quiet, past or inside the notice. The demo may shift it."""
        ...

    def wall(self) -> datetime:
        """Real time, aware UTC: decides leases, pacing, Retry-After and signatures. Never shifted."""
        ...

    def monotonic(self) -> float:
        """Seconds that only go forward: measures how old a trigger is and whether the wall clock was stepped."""
        ...


class IdSource(Protocol):
    """Where opaque ids come from."""

    def new(self) -> str:
        """Return an id with at least 128 bits that cannot be guessed, safe in a URL."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What a message shows: `text` is the fallback for notifications, `blocks` the Block Kit body (may be empty)."""

    text: str
    blocks: tuple[Block, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Posted:
    """Where Slack put a message: channel id and message timestamp."""

    channel: str
    ts: str


@dataclass(frozen=True, slots=True, kw_only=True)
class WorkspaceMember:
    """One Slack account as `users.list` tells it; zone is an IANA name.

    `updated` is when it last changed by Slack's own clock (epoch seconds), or 0 where Slack does not say.
    """

    slack_user_id: str
    team_id: str
    name: str
    email: str | None
    zone: str
    is_deleted: bool
    is_bot: bool
    is_guest: bool
    is_stranger: bool
    updated: int


@dataclass(frozen=True, slots=True, kw_only=True)
class ChannelInfo:
    """A channel as it is now: whether anything can be said there, and whether the bot is in it to say it."""

    id: str
    name: str
    is_archived: bool
    has_bot: bool


class Messenger(Protocol):
    """Slack as the product needs it. Errors are those of `domain.delivery` (`RateLimited`, `OutcomeUnknown`, ...)."""

    def post(self, *, channel: str, message: Message, key: str) -> Posted:
        """Post to a channel id, or a user id (opens the DM). `key` is opaque and travels in the message metadata."""
        ...

    def update(self, *, channel: str, ts: str, message: Message) -> None:
        """Put other words in place of an own message's, text and blocks both; its key stays, and nobody is notified.

        The channel is that of `Posted`, not a user id. The same once more changes nothing, so what had no answer is
        simply tried again. Raises `MessageGone` when it is not there any more or may not be changed any more.
        """
        ...

    def find(self, *, channel: str, key: str, since: datetime) -> Posted | None:
        """Look for an own message with this key since a real instant; `channel` as in `post`. Raises `CannotRead`."""
        ...

    def begin_file(self, *, filename: str, content: bytes) -> str:
        """Upload the bytes and return the file id; nobody sees the file until `finish_file`."""
        ...

    def finish_file(self, *, file_id: str, channel: str, title: str) -> None:
        """Share an uploaded file in a channel or DM, by channel id (not a user id), once: then `UploadUnknown`."""
        ...

    def find_file(self, *, channel: str, file_id: str, since: datetime) -> bool:
        """Whether an own message with this file is in the DM. Raises `CannotRead` without the scope."""
        ...

    def open_view(self, *, trigger_id: str, view: View) -> str:
        """Open a modal and return its view id."""
        ...

    def push_view(self, *, trigger_id: str, view: View) -> str:
        """Lay a modal over the open one and return its view id."""
        ...

    def update_view(self, *, view_id: str, view: View, view_hash: str | None = None) -> None:
        """Replace an open modal's content; with a hash, only if it is still the one the person saw."""
        ...

    def publish_home(self, *, slack_user_id: str, view: View) -> None:
        """Replace a person's Home tab."""
        ...

    def respond(self, *, response_url: str, message: Message, replace: bool) -> None:
        """Answer a command or button privately; `replace` swaps the message that held the button."""
        ...

    def members(self) -> list[WorkspaceMember]:
        """Every account of the workspace (cursor-paged; Tier 2, so ask rarely)."""
        ...

    def channel(self, channel: str) -> ChannelInfo:
        """What a channel is now (Tier 3), by its id.

        Raises `RecipientGone` for one that the bot cannot know of, and `MissingScope` without the scope, which for a
        private channel is one that this app never asks for.
        """
        ...

    def channel_members(self, channel: str) -> frozenset[str]:
        """The accounts in a channel, bots among them (cursor-paged; Tier 4). Raises as `channel` does.

        A page that Slack puts off is waited for, up to two minutes in all: not for a request that somebody waits for.
        """
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class WrappedKey:
    """A data key under a key-encryption key: which one, which version of it, and the sealed bytes."""

    key_id: str
    version: int
    blob: bytes


class KeyRing(Protocol):
    """Key-encryption keys of one provider. Key bytes never leave it."""

    def wrap(self, data_key: bytes, *, context: bytes) -> WrappedKey:
        """Seal a 32-byte data key under the primary key, bound to the context (AAD)."""
        ...

    def unwrap(self, wrapped: WrappedKey, *, context: bytes) -> bytes:
        """Open a data key. Raises `SealError` for a wrong key, context or blob, always in the same words."""
        ...

    def primary_key_id(self) -> str:
        """The id of the key that new data keys are wrapped with; checks that the provider answers."""
        ...


class CalendarReader(Protocol):
    """Reads somebody's own calendar outside. Slow, and whatever it finds is a stranger's: never in a request's way."""

    def read(self, address: str, question: FeedQuestion) -> FeedReading | None:
        """What is taken there, or None when nothing has changed since. Raises `FeedProblem`, and nothing else."""
        ...
