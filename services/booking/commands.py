"""What people ask of scheduling, as values."""

from dataclasses import dataclass
from datetime import datetime

from domain.focus import FocusArea
from domain.series import ONCE, Repeat


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSession:
    """A scholar's wish; `staff_id` None means anyone who is free. `request_key` makes a repeated delivery harmless."""

    request_key: str
    kind: str
    staff_id: str | None
    starts: datetime
    focus_areas: tuple[FocusArea, ...]
    words: str
    repeat: Repeat = ONCE


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveSession:
    """Either side's wish to move a session to another start; `version` is the one the person was looking at.

    `ref` is the person's own reference to the session.
    """

    request_key: str
    ref: str
    version: int
    starts: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelSession:
    """Either side's wish to cancel a session, by their own reference to it; of a series perhaps all that follow too."""

    request_key: str
    ref: str
    version: int
    reason: str
    and_following: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeTimes:
    """A staff member's offer of up to five times to one scholar; `kind` None means the first kind they take.

    `starts` were chosen from what is free in their hours; `own` are times they named themselves, at any hour.
    """

    request_key: str
    kind: str | None = None
    starts: tuple[datetime, ...] = ()
    own: tuple[datetime, ...] = ()
