"""What the delivery ledgers hold and what may become of it: rows, keys, tiers, and the errors of sending."""

import base64
import hashlib
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from domain.ports import Message
from domain.times import epoch_seconds


class Tier(StrEnum):
    """How much a message matters, the most urgent first; the order of the members is the order of sending."""

    CRITICAL = "critical"
    SESSION = "session"
    IMPORTANT = "important"
    NOTICE = "notice"

    @property
    def priority(self) -> int:
        """Place in the order of sending; 0 goes first."""
        return list(Tier).index(self)

    @property
    def is_resent_blindly(self) -> bool:
        """Whether it goes again when nobody can tell if it arrived: twice is better than never, notices excepted."""
        return self is not Tier.NOTICE


class DeliveryState(StrEnum):
    """Where a row stands. A row that left the first five is settled and stays for good."""

    PENDING = "pending"
    CLAIMED = "claimed"
    SENDING = "sending"
    AMBIGUOUS = "ambiguous"
    SENT = "sent"
    SUPERSEDED = "superseded"
    CANCELED = "canceled"
    SUPPRESSED = "suppressed"
    DEAD = "dead"


class Way(StrEnum):
    """How a row gets to Slack, which limits each by itself: a new message, a file, or other words in an old message."""

    POST = "post"
    FILE = "file"
    UPDATE = "update"


_OBJECT_BYTES = 8
_CHANNEL = "#"
EXPIRED = "expired"
"""Reason on a row that nobody sent before its time was over."""


CLOSED_CHANNEL = frozenset(
    {
        "is_archived",
        "is_inactive",
        "not_in_channel",
        "restricted_action",
        "restricted_action_read_only_channel",
        "restricted_action_thread_only_channel",
    }
)
"""Slack's codes for a channel in which somebody can let the bot write: bring it in, open it again, lift a limit."""
UNKNOWN_CHANNEL = "channel_not_found"
"""Slack's code for one that the bot cannot know of."""


@dataclass(frozen=True, slots=True, kw_only=True)
class NewDelivery:
    """A message to be sent once. Rows with the same kind, object, person, rung and due are the same message.

    `due` is the effective due instant the message is about (an extension changes it and so re-arms the ladder);
    `send_at` is when to send it; after `expires_at` it is not sent any more. All are aware UTC program time.
    `after` is the key of the row that must have been sent first: the message that a file stands under, or whose words
    an update replaces. `person_id` is a person, or a channel as `channel_address` has it. Rungs of one (person, object,
    kind) are a ladder: of those that are due, only the newest `send_at` goes.
    """

    kind: str
    program_id: str
    object_id: str
    object_version: int
    person_id: str
    rung: str
    tier: Tier
    due: datetime
    send_at: datetime
    expires_at: datetime | None = None
    after: str | None = None
    way: Way = Way.POST


def channel_address(channel: str) -> str:
    """A Slack channel in the place of a person: the message of record that everybody in it reads."""
    return f"{_CHANNEL}{channel}"


def news(
    kind: str,
    *,
    program_id: str,
    object_id: str,
    person_id: str,
    rung: str,
    at: datetime,
    expires_at: datetime | None = None,
    version: int = 1,
    tier: Tier = Tier.SESSION,
) -> NewDelivery:
    """What is told to one person at one instant, which is the one that it is about: no reminder, and no ladder."""
    return NewDelivery(
        kind=kind,
        program_id=program_id,
        object_id=object_id,
        object_version=version,
        person_id=person_id,
        rung=rung,
        tier=tier,
        due=at,
        send_at=at,
        expires_at=expires_at,
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class Delivery:
    """A row of a ledger as a composer sees it. Never logged whole: only `marker` and `kind` may be."""

    key: str
    marker: str
    kind: str
    program_id: str
    object_id: str
    object_version: int
    person_id: str
    rung: str
    tier: Tier
    due: datetime
    send_at: datetime
    expires_at: datetime | None
    after: str | None
    way: Way
    claim: int
    attempt: int
    channel: str | None
    file_id: str | None
    was_asked: bool = False
    """Whether Slack was asked before this claim, and may have taken it then."""

    @property
    def channel_meant(self) -> str | None:
        """The Slack channel that it is for; None for a row to a person."""
        return self.person_id.removeprefix(_CHANNEL) if self.person_id.startswith(_CHANNEL) else None


@dataclass(frozen=True, slots=True)
class OutgoingMessage:
    """A message for the person's DM."""

    message: Message


@dataclass(frozen=True, slots=True, kw_only=True)
class OutgoingFile:
    """A file for the person's DM."""

    filename: str
    title: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Suppressed:
    """The message need not be sent any more; the reason is a few neutral words, for staff."""

    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Deferred:
    """The message must wait, for quiet hours or a noise budget, until this instant of program time."""

    until: datetime


Outgoing = OutgoingMessage | OutgoingFile
Composer = Callable[[Delivery], Outgoing | Suppressed | Deferred]
"""Called at the moment of sending: checks again whether the message is still true, and finds its words."""


def delivery_key(row: NewDelivery) -> str:
    """The permanent key: SHA-256 over the length-prefixed parts that make the message what it is, not its version.

    The first quarter is of the object alone: keys of one object lie together, so that writing all of its rows touches
    one page of the key's index instead of one for each row.
    """
    parts = (row.kind, row.object_id, row.person_id, row.rung, str(epoch_seconds(row.due)))
    joined = "".join([f"{len(part)}:{part}" for part in parts])
    of_object, of_all = hashlib.sha256(row.object_id.encode()).digest(), hashlib.sha256(joined.encode()).digest()
    return base64.urlsafe_b64encode(of_object[:_OBJECT_BYTES] + of_all[_OBJECT_BYTES:]).decode().rstrip("=")


class DeliveryError(Exception):
    """Base of what a Messenger raises. Its text is a short code of Slack's or a class name, never a message's words."""


class RateLimited(DeliveryError):
    """Slack asks us to wait. What was sent may have arrived all the same."""

    def __init__(self, retry_after_seconds: float) -> None:
        self.retry_after_seconds = retry_after_seconds
        super().__init__("ratelimited")


class OutcomeUnknown(DeliveryError):
    """No answer, or one that does not tell whether Slack took it: a timeout, a reset, a 5xx."""


class Unreachable(DeliveryError):
    """Slack was not reached at all: no name, no route, no trusted certificate. Certainly nothing was sent."""


class RecipientGone(DeliveryError):
    """There is nobody to write to any more: the account is deactivated, out of sight or not there."""


class MessageRefused(DeliveryError):
    """Slack will never take this message: too long, bad blocks, a bad argument."""


class UploadUnknown(MessageRefused):
    """Slack knows no such upload any more: it has been shared, or it has lapsed."""


class ChannelClosed(MessageRefused):
    """The bot may not write in this channel until somebody opens it: archived, restricted, or the bot is not in it.

    A channel that it cannot know of at all is `RecipientGone`, as an account is that is not there.
    """


class MessageGone(MessageRefused):
    """A message cannot be changed any more: it was deleted, is not ours, or the time for editing is over."""


class AccessLost(DeliveryError):
    """The token does not work any more; nothing can be sent until somebody acts."""


class MissingScope(DeliveryError):
    """The token lacks a scope; the text names it."""


class CannotRead(DeliveryError):
    """The DM cannot be read back, so that a lost reply stays unknown."""
