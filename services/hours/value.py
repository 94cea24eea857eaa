"""Between the rows in which somebody's hours are stored and the domain's value."""

from datetime import date
from functools import lru_cache

from domain.days import DateSpan
from domain.hours import Absence, DateOverride, Travel, WeeklyHours, WeeklyWindow, Window
from storage.confidential.hours_queries import DatedWindow, HoursRecord, Span
from storage.confidential.hours_queries import Window as StoredWindow


def hours_value(record: HoursRecord | None, fallback_zone: str) -> WeeklyHours:
    """Stored rows as the domain's value."""
    if record is None:
        return WeeklyHours(zone=fallback_zone)
    return _hours(
        record.zone or fallback_zone,
        tuple(record.windows),
        tuple(record.overrides),
        tuple(record.travels),
        tuple(record.absences),
    )


def hours_record(staff_id: str, hours: WeeklyHours, *, since: date) -> HoursRecord:
    """The value as rows, without what was over before a date."""
    dated = [row for override in hours.overrides if override.day >= since for row in _dated(override)]
    return HoursRecord(
        staff_id=staff_id,
        zone=hours.zone,
        windows=[*_weekly(hours), *_empty_weeks(hours)],
        overrides=dated,
        travels=[(*_ends(one.days), one.zone) for one in hours.travels if one.days.last >= since],
        absences=[(*_ends(one.days), one.colleague) for one in hours.absences if one.days.last >= since],
    )


@lru_cache(maxsize=1024)
def _hours(
    zone_name: str,
    windows: tuple[StoredWindow, ...],
    overrides: tuple[DatedWindow, ...],
    travels: tuple[Span, ...],
    absences: tuple[Span, ...],
) -> WeeklyHours:
    """Checked once for each set of rows: every offer and every booking asks for the same few hours again."""
    return WeeklyHours(
        zone=zone_name,
        windows=tuple(
            WeeklyWindow(weekday=weekday, start_minute=start, end_minute=end, phase=phase, purpose=purpose)
            for weekday, start, end, purpose, phase in windows
            if end
        ),
        overrides=tuple(_override(day, start, end) for day, start, end in overrides),
        travels=tuple(Travel(days=_span(first, last), zone=name) for first, last, name in travels),
        absences=tuple(Absence(days=_span(first, last), colleague=whom) for first, last, whom in absences),
        own_phases=tuple(window.phase for window in windows if window.phase),
    )


def _override(day: str, start: int, end: int) -> DateOverride:
    windows = (Window(start_minute=start, end_minute=end),) if end else ()
    return DateOverride(day=date.fromisoformat(day), windows=windows)


def _dated(override: DateOverride) -> list[DatedWindow]:
    day = override.day.isoformat()
    return [(day, window.start_minute, window.end_minute) for window in override.windows] or [(day, 0, 0)]


def _weekly(hours: WeeklyHours) -> list[StoredWindow]:
    return [
        StoredWindow(window.weekday, window.start_minute, window.end_minute, window.purpose, window.phase)
        for window in hours.windows
    ]


def _empty_weeks(hours: WeeklyHours) -> list[StoredWindow]:
    with_windows = {window.phase for window in hours.windows}
    return [StoredWindow(0, 0, 0, "", phase) for phase in hours.own_phases if phase not in with_windows]


def _span(first: str, last: str) -> DateSpan:
    return DateSpan(first=date.fromisoformat(first), last=date.fromisoformat(last))


def _ends(days: DateSpan) -> tuple[str, str]:
    return days.first.isoformat(), days.last.isoformat()
