"""What people ask of this package, as values."""

from dataclasses import dataclass
from datetime import datetime

from domain.focus import FocusArea
from domain.session_log import Outcome


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSession:
    """What somebody says of a session they took, by their own reference to it.

    The instants count only where it happened. `request_key` makes a repeated delivery harmless.
    """

    request_key: str
    ref: str
    outcome: Outcome
    started: datetime | None = None
    ended: datetime | None = None
    focus_areas: tuple[FocusArea, ...] = ()
    next_step: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class RateSession:
    """A scholar's answer, by their own reference to the session: how useful it was, from 1 to 10, and a word."""

    request_key: str
    ref: str
    score: int
    words: str = ""
