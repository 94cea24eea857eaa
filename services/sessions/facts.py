"""What may be told of a session: frozen values, already cut down to what the asking person may see."""

from dataclasses import dataclass
from datetime import datetime

from domain.booking import Booked
from domain.focus import FocusArea
from domain.kinds import SessionKind
from domain.places import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionLine:
    """A session in a list: the reader's own reference, when it is in their zone, and nothing about who or why."""

    ref: str
    starts: datetime
    ends: datetime
    zone: str
    version: int


@dataclass(frozen=True, slots=True, kw_only=True)
class NamedSession:
    """A session in a list with its kind and the name of the other person. For modals only, never for the Home tab.

    `title` is what a session of several is called. In a series it is `number` of the `of_series` that still stand.
    """

    line: SessionLine
    kind: SessionKind
    other_name: str
    title: str = ""
    number: int = 0
    of_series: int = 0


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionDetails:
    """Everything one of the two people may see of their session. For modals only, never for a message.

    `ref` is the reader's own reference. `reason` is why it was moved or canceled last, if that was said, and
    `is_readers_reason` whether the reader said so themselves. `is_off` says that the house itself canceled it: the two
    may not meet any more. `why_fixed` says why the reader cannot change it now, `why_unmovable` why they can cancel it
    and not move it; "" when they can. `is_unreadable` says that focus areas and words could not be opened. `series` are
    the times of its series that still stand, its own among them, and empty for a single session. `title` is what a
    session of several is called.
    """

    ref: str
    booked: Booked
    kind: SessionKind
    zone: str
    other_name: str
    other_zone: str
    place: Place | None
    focus_areas: tuple[FocusArea, ...]
    words: str
    reason: str
    is_off: bool
    is_readers_reason: bool = False
    why_fixed: str = ""
    why_unmovable: str = ""
    is_unreadable: bool = False
    series: tuple[datetime, ...] = ()
    title: str = ""

    @property
    def following(self) -> int:
        """How many later sessions of its series still stand."""
        return sum(start > self.booked.starts for start in self.series)
