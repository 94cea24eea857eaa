"""A booking and the rules of its life."""

from dataclasses import dataclass
from datetime import UTC, datetime
from enum import StrEnum

from domain.errors import DomainError

WORDS_MAX = 1500
"""Characters of a scholar's private words."""
REASON_MAX = 300
"""Characters of a reason for moving or canceling."""


class BookingStatus(StrEnum):
    """Where a booking stands. Values are stored, so they never change.

    HELD is kept for its scholar, who takes it or not. REQUESTED was asked for and waits for the staff member's word.
    Neither is a session yet, but nobody else can have the time. The last three came to nothing.
    """

    BOOKED = "booked"
    HELD = "held"
    REQUESTED = "requested"
    CANCELED = "canceled"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


KEPT = frozenset({BookingStatus.HELD, BookingStatus.REQUESTED})
"""Waits for somebody's word, until an instant."""
OCCUPYING = KEPT | {BookingStatus.BOOKED}
"""Has its cells, so that nobody else can have the time."""

CHANGING = (
    "status",
    "starts_at",
    "ends_at",
    "busy_from",
    "busy_to",
    "version",
    "sequence",
    "changed_at",
    "roster_version",
)
"""What moving and canceling change of a session as stored, and of somebody's part in one of several."""


class Change(StrEnum):
    """What may happen to a booking. A time that was kept becomes BOOKED or REQUESTED, or one of the last three.

    CHANGED is what happens to a session of several whose start stays: its words, its length, its seats, or who holds
    it; of somebody's part in one only its length.
    """

    BOOKED = "booked"
    HELD = "held"
    REQUESTED = "requested"
    MOVED = "moved"
    CHANGED = "changed"
    CANCELED = "canceled"
    DECLINED = "declined"
    LAPSED = "lapsed"
    WITHDRAWN = "withdrawn"


class ProposalStatus(StrEnum):
    """Where proposed times stand."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"
    WITHDRAWN = "withdrawn"


@dataclass(frozen=True, slots=True, kw_only=True)
class Booked:
    """A booking as stored. `topic` is sealed bytes; instants are epoch seconds; the busy ones include the buffers.

    `held_until` is until when it waits for somebody's word; None for a session, which waits for nobody.

    `id` never leaves the house. Each of the two knows the session by a reference of their own, so that nobody who holds
    what Slack keeps of both can tell by it that they meet.
    """

    id: str
    scholar_ref: str
    staff_ref: str
    program_id: str
    scholar_id: str
    staff_id: str
    kind: str
    status: str
    starts_at: int
    ends_at: int
    busy_from: int
    busy_to: int
    version: int
    sequence: int
    topic: bytes
    created_at: int
    changed_at: int
    roster_version: int
    held_until: int | None = None
    series_id: str | None = None
    """Shared by the sessions of a series; it never leaves the house either."""

    @property
    def starts(self) -> datetime:
        """The start as an aware UTC instant."""
        return datetime.fromtimestamp(self.starts_at, UTC)

    @property
    def ends(self) -> datetime:
        """The end as an aware UTC instant."""
        return datetime.fromtimestamp(self.ends_at, UTC)

    @property
    def is_open(self) -> bool:
        """Whether it is a session that still stands."""
        return self.status == BookingStatus.BOOKED

    @property
    def is_kept(self) -> bool:
        """Whether it is no session yet and waits for somebody's word."""
        return self.status in KEPT

    @property
    def occupies(self) -> bool:
        """Whether nobody else can have its time."""
        return self.status in OCCUPYING

    @property
    def kept_until(self) -> datetime:
        """Until when it waits, as an aware UTC instant; the start where it does not."""
        return datetime.fromtimestamp(self.starts_at if self.held_until is None else self.held_until, UTC)

    def ref_of(self, person_id: str) -> str:
        """By what this one of the two knows the session."""
        return self.scholar_ref if person_id == self.scholar_id else self.staff_ref

    def other_side(self, person_id: str) -> str:
        """The id of the one the person meets."""
        return self.staff_id if person_id == self.scholar_id else self.scholar_id


class SlotTaken(DomainError):
    """That time has just been taken. Please choose another one."""


class SameTime(DomainError):
    """That is when the session is already. Please choose another time, or close this form to keep it."""


class AlreadyChanged(DomainError):
    """This session was changed a moment ago. Type /support to see how it stands now."""


class AlreadyCanceled(DomainError):
    """This session has been canceled already, so nothing more is needed. Type /support to see what is ahead."""


class NotSetYet(DomainError):
    """This session is not set yet, so there is nothing to move or cancel. Type /support to see how it stands."""


class TakesAYes(DomainError):
    """Each time needs a yes from the person you meet. Ask them to move it, or cancel it and ask for another time."""


class AlreadyOver(DomainError):
    """This session has already started or is over, so it cannot be changed any more."""


class TooLate(DomainError):
    """It is too late to change this session here. Please tell the person you meet directly."""


class TooManyOpen(DomainError):
    """You have as many sessions ahead as can be booked at once. Please cancel one, or book again after the next one."""


class TextTooLong(DomainError):
    """That text is too long."""


def check_length(text: str, limit: int, *, field: str) -> str:
    """The text without surrounding blanks. Raises `TextTooLong` naming how much to cut."""
    stripped = text.strip()
    if len(stripped) > limit:
        excess = len(stripped) - limit
        characters = "character" if excess == 1 else "characters"
        raise TextTooLong(f"Please shorten this by {excess} {characters}: {limit} fit here.", field=field)
    return stripped
