"""Lengths of time and numbers as people type them, such as "45 min", "1 h 30", "2 days" or "none", and back."""

import re
from fractions import Fraction

from domain.errors import DomainError
from domain.times import DAY_MINUTES

HOUR_MINUTES = 60
NOTHING = frozenset({"none", "no", "off", "never", "nothing", "no limit", "unlimited", "-"})
"""What people write for 0."""
_UNITS = {
    **dict.fromkeys(("w", "wk", "week", "weeks"), 7 * DAY_MINUTES),
    **dict.fromkeys(("d", "day", "days"), DAY_MINUTES),
    **dict.fromkeys(("h", "hr", "hrs", "hour", "hours"), HOUR_MINUTES),
    **dict.fromkeys(("m", "min", "mins", "minute", "minutes"), 1),
}
_UNIT_WORDS = {1: "min", HOUR_MINUTES: "h", DAY_MINUTES: "days"}
_PART = r"([0-9]{1,6}(?:[.,][0-9]{1,3})?) ?([a-z]*)\.?"
_PARTS = re.compile(rf"{_PART}(?:(?:,| and|) ?{_PART})*")
_EACH = re.compile(_PART)
_NUMBER = re.compile(r"[0-9]{1,6}", re.ASCII)


class UnreadableAmount(DomainError):
    """I could not read this. Please write a number and a unit, such as 45 min, 4 h or 2 days."""


def parse_minutes(text: str, *, bare: int = 0, field: str | None = None) -> int:
    """Minutes of a length of time. `bare` is the unit of a number without one, in minutes; 0 where none is clear.

    Takes 45 min, 1 h 30 min, 1h30, 1.5 hours, 2 days, 4 weeks, and "none" or 0. Raises `UnreadableAmount` at `field`.
    """
    plain = _plain(text)
    if plain in NOTHING:
        return 0
    if not _PARTS.fullmatch(plain):
        raise UnreadableAmount(field=field)
    parts = [(Fraction(number.replace(",", ".")), unit) for number, unit in _EACH.findall(plain)]
    if len(parts) == 1 and not parts[0][1]:
        return _whole(parts[0][0] * _bare(parts[0][0], bare, field), field)
    units = _units([unit for _, unit in parts], field)
    return _whole(sum((number * unit for (number, _), unit in zip(parts, units, strict=True)), Fraction()), field)


def parse_multiple(text: str, *, unit: int, field: str | None = None) -> int:
    """How many whole units, of so many minutes each, a length of time is; a bare number is in that unit."""
    minutes = parse_minutes(text, bare=unit, field=field)
    if minutes % unit:
        words = "days" if unit == DAY_MINUTES else "hours"
        raise UnreadableAmount(f"Please write whole {words}, such as {duration_text(2 * unit)}.", field=field)
    return minutes // unit


def parse_number(text: str, *, field: str | None = None) -> int:
    """A whole number, or 0 for "none" and the like. Raises `UnreadableAmount` at `field`."""
    plain = _plain(text)
    if plain in NOTHING:
        return 0
    if not _NUMBER.fullmatch(plain):
        raise UnreadableAmount("Please write a whole number, such as 3.", field=field)
    return int(plain)


def duration_text(minutes: int) -> str:
    """Such as "45 min", "1 h 30 min", "24 h" or "2 days", as `parse_minutes` reads it. Days begin with two of them."""
    days, rest = divmod(minutes, DAY_MINUTES) if minutes >= 2 * DAY_MINUTES else (0, minutes)
    hours, rest = divmod(rest, HOUR_MINUTES)
    parts = [f"{days} days" if days else "", f"{hours} h" if hours else "", f"{rest} min" if rest else ""]
    return " ".join(filter(None, parts)) or "0 min"


def days_text(days: int) -> str:
    """Such as "1 day" or "28 days"."""
    return "1 day" if days == 1 else f"{days} days"


def ahead_text(days: int) -> str:
    """Such as "24 hours" or "28 days", for how far ahead something is: "the next 1 day" reads like a mistake."""
    return "24 hours" if days == 1 else days_text(days)


def characters_text(number: int) -> str:
    """Such as "1 character" or "7 characters"."""
    return "1 character" if number == 1 else f"{number} characters"


def sessions_text(number: int, *, sort: str = "") -> str:
    """Such as "1 session" or "2 group sessions"; `sort` is the word before it."""
    words = f"{sort} session".lstrip()
    return f"1 {words}" if number == 1 else f"{number} {words}s"


def range_text(name: str, least: int, most: int, *, step: int = 1) -> str:
    """What can be chosen for a setting, whose name ends with its unit: "from 5 min to 8 h in steps of 5 min"."""
    unit = next((size for end, size in (("_minutes", 1), ("_hours", HOUR_MINUTES)) if name.endswith(end)), 0)
    if unit:
        steps = f" in steps of {duration_text(step * unit)}" if step > 1 else ""
        return f"from {duration_text(least * unit)} to {duration_text(most * unit)}{steps}"
    if name.endswith("_days"):
        return f"from {least} to {days_text(most)}"
    return f"a number from {least} to {most}"


def _plain(text: str) -> str:
    return " ".join(text.lower().split())


def _bare(number: Fraction, unit: int, field: str | None) -> int:
    """The unit of a number without one; nothing is nothing in any."""
    if unit == 0 and number != 0:
        ways = ", ".join(f"{number} {word}" for word in _UNIT_WORDS.values())
        raise UnreadableAmount(f"Please add the unit: {ways}.", field=field)
    return unit


def _units(words: list[str], field: str | None) -> list[int]:
    """Minutes of each unit, the larger ones first; a number without one behind hours is minutes, as in "1h30"."""
    units: list[int] = []
    for word in words:
        is_minutes = not word and units[-1:] == [HOUR_MINUTES]
        size = 1 if is_minutes else _UNITS.get(word, 0)
        if size == 0 or (units and size >= units[-1]):
            raise UnreadableAmount(field=field)
        units.append(size)
    return units


def _whole(minutes: Fraction, field: str | None) -> int:
    if minutes.denominator != 1:
        raise UnreadableAmount("Please write whole minutes, such as 45 min.", field=field)
    return int(minutes)
