"""What may be told of an offer: frozen values, already cut down to what the asking person may see."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from domain.focus import FocusArea
from domain.kinds import SessionKind
from services.hours.away import Away


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffCard:
    """Somebody in support as shown to a scholar who chooses; `zone` is where they work."""

    id: str
    name: str
    zone: str
    about: str
    focus_areas: tuple[FocusArea, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class OfferedStart:
    """A time that can be booked, and the zone of the second clock in its label: the other side's, where it is known.

    `with_name` is who takes it in place of somebody who was chosen and is away, else "". For a modal only.
    """

    starts: datetime
    staff_zone: str
    with_name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Offer:
    """What a scholar may book: kinds, people and times by the scholar's local day (ISO date), soonest first.

    `staff_id` is the chosen person or None for anyone; `zone` is the reader's. `why_empty` says why there is nothing,
    when there is nothing. `sharing` says what is first for others where anything is; for the scholar alone. `away` says
    when the chosen person is away.
    """

    kinds: tuple[SessionKind, ...]
    kind: SessionKind
    staff: tuple[StaffCard, ...]
    staff_id: str | None
    zone: str
    scholar_zone: str
    days: Mapping[str, tuple[OfferedStart, ...]]
    why_empty: str = ""
    sharing: tuple[str, ...] = ()
    away: tuple[Away, ...] = ()
