"""What people ask of scheduling, as values."""

from dataclasses import dataclass
from datetime import datetime

from domain.focus import FocusArea


@dataclass(frozen=True, slots=True, kw_only=True)
class BookSession:
    """A scholar's wish; `staff_id` None means anyone who is free. `request_key` makes a repeated delivery harmless."""

    request_key: str
    kind: str
    staff_id: str | None
    starts: datetime
    focus_areas: tuple[FocusArea, ...]
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class MoveSession:
    """Either side's wish to move a session to another start; `version` is the one the person was looking at."""

    request_key: str
    session_id: str
    version: int
    starts: datetime
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class CancelSession:
    """Either side's wish to cancel a session."""

    request_key: str
    session_id: str
    version: int
    reason: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProposeTimes:
    """A staff member's offer of up to five times to one scholar; `kind` None means the first kind they take."""

    request_key: str
    kind: str | None = None
    starts: tuple[datetime, ...]
