"""Hours as people write them, such as "9:00-12:00, 13:00-17:00", and back."""

import re
from collections.abc import Iterable
from datetime import date

from domain.errors import DomainError
from domain.hours.windows import DateOverride, InvalidHours, Window
from domain.intervals import unite
from domain.times import DAY_MINUTES, parse_day

EXAMPLE = "9:00-12:00, 13:00-17:00"
_TIME = r"([0-9]{1,2})(?:[:.h]([0-9]{2}))? ?(am|pm)?"
_RANGE = re.compile(rf"{_TIME} ?(?:[-\u2013\u2014\u2212]|to|until) ?{_TIME}")
_BETWEEN_RANGES = re.compile(r"[,;\n&]|\band\b")
_DATE_LINE = re.compile(r"([0-9]+-[0-9]+-[0-9]+)\s*:?\s*(.*)")
_OFF = frozenset({"off", "day off", "none", "closed", "-"})
_HOUR_MINUTES = 60
_NOON_HOUR = 12
_HALF_DAY = _NOON_HOUR * _HOUR_MINUTES
_TORN = "this date is already listed above. Please let it be either off or have hours."


def parse_windows(text: str, *, field: str | None = None) -> tuple[Window, ...]:
    """The windows of one day, united and in order; empty text or "off" is a day off.

    Takes 9-12, 9:00 - 12:30, 9am to 5pm, separated by commas, semicolons, "and" or lines; 24:00 only ends a day.
    Raises `InvalidHours` at `field`, saying which range is at fault and how to write it; never quotes the text.
    """
    return _united(_typed(text, field=field))


def joined_windows(text: str) -> tuple[Window, ...]:
    """The windows of one day if some of what was typed for it overlaps or touches and so became one; else none.

    Raises as `parse_windows` does.
    """
    typed = _typed(text)
    united = _united(typed)
    return united if len(united) < len(typed) else ()


def joined_overrides(text: str) -> tuple[DateOverride, ...]:
    """The dates of which the same is true, over all of their lines. Raises as `parse_overrides` does."""
    typed: dict[date, list[Window]] = {}
    for line in filter(None, map(str.strip, text.splitlines())):
        found = _DATE_LINE.fullmatch(line)
        if found:
            typed.setdefault(parse_day(found[1]), []).extend(_typed(found[2]))
    united = {day: _united(windows) for day, windows in typed.items()}
    return tuple(DateOverride(day=day, windows=one) for day, one in united.items() if len(one) < len(typed[day]))


def parse_overrides(text: str, *, field: str | None = None) -> tuple[DateOverride, ...]:
    """One override a line: a date, then its hours or "off", such as "2027-01-05: 10:00-12:00". Blank lines are skipped.

    Raises `InvalidHours` at `field`, naming the line; also for a date that is off in one line and not in another.
    """
    lines = [(number, line.strip()) for number, line in enumerate(text.splitlines(), 1) if line.strip()]
    found: list[DateOverride] = []
    for number, line in lines:
        override = _override(line, number=number, field=field)
        if any(one.day == override.day and bool(one.windows) != bool(override.windows) for one in found):
            raise InvalidHours(f"Line {number}: {_TORN}", field=field)
        found.append(override)
    return tuple(found)


def format_windows(windows: Iterable[Window]) -> str:
    """The windows as `parse_windows` reads them; an empty text for none."""
    return ", ".join(f"{_clock(window.start_minute)}-{_clock(window.end_minute)}" for window in windows)


def format_overrides(overrides: Iterable[DateOverride]) -> str:
    """The overrides as `parse_overrides` reads them, one a line."""
    return "\n".join(f"{one.day.isoformat()}: {format_windows(one.windows) or 'off'}" for one in overrides)


def _typed(text: str, *, field: str | None = None) -> list[Window]:
    """The windows as they were typed, one after another."""
    plain = text.strip().lower()
    if not plain or plain in _OFF:
        return []
    parts = [" ".join(part.split()) for part in _BETWEEN_RANGES.split(plain)]
    return [_window(part, place=number, of=len(parts), field=field) for number, part in enumerate(parts, 1)]


def _united(windows: Iterable[Window]) -> tuple[Window, ...]:
    united = unite((window.start_minute, window.end_minute) for window in windows)
    return tuple(Window(start_minute=start, end_minute=end) for start, end in united)


def _window(part: str, *, place: int, of: int, field: str | None) -> Window:
    which = f"Time range {place}: " if of > 1 else ""
    found = _RANGE.fullmatch(part)
    if not found:
        raise InvalidHours(f"{which}I could not read this. Please write hours like {EXAMPLE}.", field=field)
    hour, minute, half, end_hour, end_minute, end_half = found.groups()
    end = _minute(end_hour, end_minute, end_half)
    start = _minute(hour, minute, half)
    if half is None and end_half is not None and start is not None and end is not None:
        start = _borrowed_half(start, _minute(hour, minute, end_half), end)
    if start is None or end is None:
        raise InvalidHours(f"{which}There is no such time of day. Please write hours like {EXAMPLE}.", field=field)
    if half is None and end_half is None and _is_meant_for_afternoon(start, end):
        meant = f"{_clock(start)}-{_clock(end + _HALF_DAY)}"
        raise InvalidHours(f"{which}These hours end before they start. Did you mean {meant}?", field=field)
    try:
        return Window(start_minute=start, end_minute=end)
    except InvalidHours as problem:
        raise InvalidHours(f"{which}{problem.message}", field=field) from None


def _is_meant_for_afternoon(start: int, end: int) -> bool:
    """Whether the end makes sense as one of the afternoon, as in "9-5"."""
    return end < start < end + _HALF_DAY <= DAY_MINUTES


def _minute(hour: str, minute: str | None, half: str | None) -> int | None:
    """Minutes after midnight, or None when no clock shows this."""
    hours, minutes = int(hour), int(minute or 0)
    if half is not None:
        if not 1 <= hours <= _NOON_HOUR:
            return None
        hours = hours % _NOON_HOUR + (_NOON_HOUR if half == "pm" else 0)
    total = hours * _HOUR_MINUTES + minutes
    return total if minutes < _HOUR_MINUTES and total <= DAY_MINUTES else None


def _borrowed_half(start: int, start_with_half: int | None, end: int) -> int:
    """In "1-5pm" the first time means pm as well; in "9-5pm" it cannot."""
    return start_with_half if start_with_half is not None and start_with_half < end else start


def _override(line: str, *, number: int, field: str | None) -> DateOverride:
    found = _DATE_LINE.fullmatch(line)
    if not found or not found[2]:
        raise InvalidHours(
            f"Line {number}: please write a date and its hours, like 2027-01-05: 10:00-12:00, or 2027-01-06: off.",
            field=field,
        )
    try:
        return DateOverride(day=parse_day(found[1]), windows=parse_windows(found[2]))
    except DomainError as problem:
        raise InvalidHours(f"Line {number}: {problem.message}", field=field) from None


def _clock(minute: int) -> str:
    return f"{minute // 60}:{minute % 60:02}"
