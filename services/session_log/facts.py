"""What this package tells its callers: frozen values, already cut down to what the asking person may see."""

from dataclasses import dataclass
from datetime import datetime

from domain.focus import FocusArea
from domain.session_log import Outcome
from services.sessions.facts import NamedSession, SessionDetails


@dataclass(frozen=True, slots=True, kw_only=True)
class LoggedSession:
    """A session's log as the two of it may read it. For modals only, never for a message.

    The instants are aware UTC, and None where it did not happen. `is_unreadable` says that what is sealed could not be
    opened: the row is not as it was sealed.
    """

    outcome: Outcome
    started: datetime | None
    ended: datetime | None
    focus_areas: tuple[FocusArea, ...] = ()
    next_step: str = ""
    is_unreadable: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class GivenRating:
    """A scholar's answer, for that scholar alone."""

    score: int
    words: str


@dataclass(frozen=True, slots=True, kw_only=True)
class LogSheet:
    """A session whose time is over, for whoever took it, and its log if there is one. `zone` is theirs.

    `closes` is when the log cannot be corrected any more; `person_ids` are those whose Home tabs it concerns.
    """

    details: SessionDetails
    log: LoggedSession | None
    closes: datetime
    person_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class RatingSheet:
    """A session whose time is over, for its scholar, and their answer if there is one."""

    details: SessionDetails
    rating: GivenRating | None
    closes: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Aftermath:
    """What the details of a session say once its time is over.

    `can_log` and `can_rate` say what the reader can still do; `is_answered` whether they have done so before. Of a
    session of several `log` is for its hosts alone.
    """

    log: LoggedSession | None
    is_for_scholar: bool
    can_log: bool = False
    can_rate: bool = False
    is_answered: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class ToLog:
    """Sessions that wait for a log, the longest ago first, and the latest ones that have one. For a modal only."""

    waiting: tuple[NamedSession, ...]
    logged: tuple[NamedSession, ...]
    has_more: bool = False
