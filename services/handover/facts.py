"""What this package tells its callers: frozen values, cut down to what the asking person may see; for modals alone."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.booking import BookingStatus
from domain.handover import Consent
from domain.kinds import SessionKind
from domain.people import Role


@dataclass(frozen=True, slots=True, kw_only=True)
class Choices:
    """What the form to hand somebody over begins with; `scholars` are (own reference, name), `successors` (id, name).

    `scholar_ref` is the chosen scholar's, "" before the choice; then there are no successors yet. `earliest` is the
    first day that keeps the notice, which is `notice_days`.
    """

    roles: tuple[Role, ...]
    role: Role
    scholars: tuple[tuple[str, str], ...]
    scholar_ref: str
    successors: tuple[tuple[str, str], ...]
    earliest: date
    notice_days: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A handover for who hands over: never what the scholar said, only whether it can still be taken back."""

    ref: str
    scholar_name: str
    to_name: str
    first: date
    can_take_back: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Takeover:
    """A handover in the list of the successor."""

    ref: str
    scholar_name: str
    first: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Handovers:
    """All that somebody in support hands over and takes over."""

    given: tuple[Given, ...]
    taken: tuple[Takeover, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class NextStep:
    """What was agreed on at the end of an earlier session."""

    starts: datetime
    text: str


@dataclass(frozen=True, slots=True, kw_only=True)
class TakeoverDetails:
    """Whom the successor takes over, from whom and when.

    `may_read` is only known as yes or not yes: whether a scholar refused or has not answered is theirs.
    `next_steps` are those of the last sessions before, the latest first, and none without consent.
    """

    scholar_name: str
    from_name: str
    first: date
    zone: str
    may_read: bool
    next_steps: tuple[NextStep, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionAhead:
    """A session with who hands over, from the day on. `is_free`: whether the successor can take it at the same time.

    `is_kept`: whether the scholar has left it with who hands over. `status`: a session, or merely kept or asked for.
    """

    ref: str
    version: int
    starts: datetime
    kind: SessionKind
    is_free: bool
    is_kept: bool
    status: BookingStatus = BookingStatus.BOOKED


@dataclass(frozen=True, slots=True, kw_only=True)
class HandoverSheet:
    """All that the scholar reads, and answers."""

    ref: str
    role: Role
    from_name: str
    to_name: str
    first: date
    zone: str
    words: str
    is_unreadable: bool
    consent: Consent
    sessions: tuple[SessionAhead, ...]
    more_sessions: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class Answered:
    """What stands once the scholar has answered, and whose Home tabs change."""

    sheet: HandoverSheet
    moved: int
    person_ids: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """A handover in the scholar's list: by their own reference, and in which role somebody else comes."""

    ref: str
    role: Role
