"""What the program's own calendar does to everybody's hours: days on which it is closed, and its phases."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from domain.days import DateSpan


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class ClosedDays:
    """Dates on which the program is closed, such as a retreat; on the calendar of each staff member's zone."""

    days: DateSpan
    name: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class ProgramCalendar:
    """`phases` are the dates of each phase by its name. In a phase in which somebody has hours of their own these hold.

    Where two phases share a date, the one that begins later holds. `left_out` are the phases without a kind of session,
    in a calendar that is made for that kind.
    """

    closed: Sequence[ClosedDays] = ()
    left_out: Sequence[ClosedDays] = ()
    phases: Mapping[str, DateSpan] = field(default_factory=dict)


OPEN_ALL_YEAR = ProgramCalendar()
