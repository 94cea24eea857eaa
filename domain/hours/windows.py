"""Windows of hours: stretches of a local day, of a date, and of every week."""

from dataclasses import dataclass
from datetime import date

from domain.cells import CELL_MINUTES
from domain.errors import DomainError
from domain.times import DAY_MINUTES

WEEKDAYS = ("monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday")
"""Names of the weekdays by number, Monday being 0; also the field names of errors about one of them."""


class InvalidHours(DomainError):
    """I could not use these hours. Please write them like 9:00-12:00, 13:00-17:00."""


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class Window:
    """A stretch of a local day in minutes after midnight, [start_minute, end_minute), in multiples of five.

    Raises `InvalidHours` when it ends before it starts, leaves the day, or is not in steps of five minutes.
    """

    start_minute: int
    end_minute: int

    def __post_init__(self) -> None:
        problem = _problem(self.start_minute, self.end_minute)
        if problem:
            raise InvalidHours(problem)


@dataclass(frozen=True, slots=True, kw_only=True, order=True)
class WeeklyWindow:
    """A window of every week: weekday 0 is Monday, judged in the staff member's zone; minutes as in `Window`.

    `phase` names the phase of the program in whose dates it holds, "" for the week that holds otherwise. `purpose` is
    the key of the one kind of session it is set aside for, "" for sessions with scholars; it holds in every phase.
    """

    weekday: int
    start_minute: int
    end_minute: int
    phase: str = ""
    purpose: str = ""

    def __post_init__(self) -> None:
        if self.weekday not in range(len(WEEKDAYS)):
            raise InvalidHours("Please choose a weekday from Monday to Sunday.")
        problem = _problem(self.start_minute, self.end_minute)
        if problem:
            raise InvalidHours(problem, field=WEEKDAYS[self.weekday])


@dataclass(frozen=True, slots=True, kw_only=True)
class DateOverride:
    """The hours of one local date in place of its weekly ones; no windows means a day off (policy G)."""

    day: date
    windows: tuple[Window, ...] = ()


def _problem(start: int, end: int) -> str | None:
    """Why [start, end) minutes cannot be a window, in words for the person who wrote it."""
    if start % CELL_MINUTES or end % CELL_MINUTES:
        return f"Please use times in steps of {CELL_MINUTES} minutes, for instance 9:00-12:30."
    if not (0 <= start < DAY_MINUTES and 0 <= end <= DAY_MINUTES):
        return "Please use times from 0:00 to 24:00."
    if start >= end:
        return (
            "These hours end before they start. Please write the earlier time first, for instance 9:00-12:00; hours "
            "past midnight end at 24:00 and go on at 0:00 the next day."
        )
    return None
