"""What people ask of group sessions, as values."""

from dataclasses import dataclass
from datetime import datetime

from domain.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class SetUpGroup:
    """A staff member's wish to hold a session; `cohost` is the Slack account of who holds it too, or None."""

    request_key: str
    title: str
    about: str
    starts: datetime
    minutes: int
    seats: int
    place: Place | None
    cohost: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveGroup:
    """A host's wish to hold it at another time; `version` is the session's when they looked."""

    request_key: str
    ref: str
    version: int
    starts: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelGroup:
    """A host's wish to call it off."""

    request_key: str
    ref: str
    version: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ChangeSeats:
    """A host's wish for more or fewer seats."""

    request_key: str
    ref: str
    version: int
    seats: int


@dataclass(frozen=True, slots=True, kw_only=True)
class EditGroup:
    """A host's wish for other words or length, another place or somebody else to hold it with.

    `cohost` is as in `SetUpGroup`.
    """

    request_key: str
    ref: str
    version: int
    title: str
    about: str
    minutes: int
    place: Place | None
    cohost: str | None
