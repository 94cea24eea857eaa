"""What people ask of this package, as values."""

from dataclasses import dataclass
from datetime import date

from domain.handover import Consent
from domain.people import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class HandOver:
    """Somebody's wish to hand a scholar over; `scholar_ref` is their own reference to a session with that scholar.

    `role` None is the only one they have. `first` is the first day with the successor, on the calendar of who asks.
    """

    request_key: str
    role: Role | None
    scholar_ref: str
    successor_id: str
    first: date
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionChoice:
    """What the scholar wants of one session, by their own reference to it and the version they saw.

    `field` is where the form shows what is wrong with it.
    """

    field: str
    ref: str
    version: int
    is_moved: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class AnswerHandover:
    """What the scholar says, by their own reference; sessions that are not named stay as they are, unanswered."""

    request_key: str
    ref: str
    consent: Consent
    sessions: tuple[SessionChoice, ...] = ()
