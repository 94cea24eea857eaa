"""Changes of one part of somebody's hours; everything else stays as it is."""

import hashlib
from collections.abc import Iterable
from dataclasses import replace
from datetime import date

from domain.hours.spans import Absence, Travel
from domain.hours.values import WeeklyHours
from domain.hours.windows import DateOverride, WeeklyWindow

_KEY_LENGTH = 12


def with_week(hours: WeeklyHours, windows: Iterable[WeeklyWindow], *, zone: str) -> WeeklyHours:
    """Another week that always holds, in another zone."""
    others = [window for window in hours.windows if window.phase or window.purpose]
    return replace(hours, zone=zone, windows=(*windows, *others))


def with_phase_week(hours: WeeklyHours, phase: str, windows: Iterable[WeeklyWindow] | None) -> WeeklyHours:
    """A week of its own for a phase, which may be empty; None lets the week that always holds be that of the phase."""
    others = [window for window in hours.windows if window.phase != phase]
    own = [replace(window, phase=phase) for window in windows or ()]
    phases = {*hours.own_phases, phase} if windows is not None else {*hours.own_phases} - {phase}
    return replace(hours, windows=(*others, *own), own_phases=tuple(phases))


def with_aside(hours: WeeklyHours, purpose: str, windows: Iterable[WeeklyWindow]) -> WeeklyHours:
    """Other windows set aside for a kind of session."""
    others = [window for window in hours.windows if window.purpose != purpose]
    return replace(hours, windows=(*others, *(replace(window, purpose=purpose) for window in windows)))


def with_dates(hours: WeeklyHours, overrides: Iterable[DateOverride]) -> WeeklyHours:
    """Other dates that differ."""
    return replace(hours, overrides=tuple(overrides))


def with_travel(hours: WeeklyHours, travel: Travel) -> WeeklyHours:
    """One travel more."""
    return replace(hours, travels=(*hours.travels, travel))


def with_absence(hours: WeeklyHours, absence: Absence) -> WeeklyHours:
    """One absence more."""
    return replace(hours, absences=(*hours.absences, absence))


def without_travel(hours: WeeklyHours, first: date) -> WeeklyHours:
    """Without the travel that begins on a date."""
    return replace(hours, travels=tuple(one for one in hours.travels if one.days.first != first))


def without_absence(hours: WeeklyHours, first: date) -> WeeklyHours:
    """Without the absence that begins on a date."""
    return replace(hours, absences=tuple(one for one in hours.absences if one.days.first != first))


def phase_key(name: str) -> str:
    """What stands for a phase where no words are to be kept."""
    return hashlib.sha256(name.encode()).hexdigest()[:_KEY_LENGTH]
