"""Phases of the program that leave a kind of session out, by name and dates: whoever finds no time reads which."""

from collections.abc import Iterable

from domain.days import DateSpan
from domain.hours import ClosedDays
from domain.kinds import SessionKind
from domain.slots.grid import StaffTime
from domain.times import day_label, day_of_number


def left_out_at(start: int, staff: StaffTime, kind: SessionKind) -> str:
    """The phase without the kind in which a start (epoch seconds) lies on the staff member's calendar; "" for none."""
    phases = staff.calendar.left_out
    days = [day_of_number(day) for day in staff.timetable(kind).days_at(start)] if phases else []
    return phases_text(phase for phase in phases if any(day in phase.days for day in days))


def phases_text(phases: Iterable[ClosedDays]) -> str:
    """Such as "Training (Mon 11 Jan 2027 to Fri 5 Feb 2027)"; several with "and" between them."""
    return " and ".join(f"{phase.name} ({_dates(phase.days)})" for phase in phases)


def _dates(days: DateSpan) -> str:
    first, last = day_label(days.first), day_label(days.last)
    return first if first == last else f"{first} to {last}"
