"""What group sessions tell their callers: frozen values, cut down to what the asking person may see."""

from dataclasses import dataclass
from datetime import datetime

from domain.groups import GroupWords, Standing


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupLine:
    """A session in a scholar's list. Of the others it says only whether a seat is free, never how many are."""

    ref: str
    starts: datetime
    minutes: int
    zone: str
    words: GroupWords
    host_names: tuple[str, ...]
    standing: Standing
    has_free_seats: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupDetails:
    """Everything the person may see of a session. For modals only.

    `seated_names`, `waiting` and `seats` are for hosts and None for everybody else: attendees are hidden from one
    another. For a host the names, `waiting` and `has_free_seats` leave out whom they may not meet, and
    `partner_account` is the Slack account of who holds it with them. `place_in_line` counts from 1 and is 0 for who
    does not wait. `version` is the session's, which guards what hosts change. `is_open` is False when it is canceled,
    or off for this reader. `why_fixed` says why the reader cannot change their part any more.
    """

    ref: str
    version: int
    starts: datetime
    minutes: int
    zone: str
    other_zone: str
    is_open: bool
    words: GroupWords
    host_names: tuple[str, ...]
    standing: Standing
    has_free_seats: bool
    place_in_line: int = 0
    seated_names: tuple[str, ...] | None = None
    waiting: int | None = None
    seats: int | None = None
    partner_account: str | None = None
    why_fixed: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class GroupOutcome:
    """What stands after a change, and whose Home tabs show something else now."""

    details: GroupDetails
    person_ids: tuple[str, ...]
