"""Closed days and phases as people write them, such as "2027-12-24 to 2028-01-01: Winter break", and back."""

import re
from collections.abc import Iterable

from domain.days import DateSpan
from domain.errors import DomainError
from domain.hours import ClosedDays
from domain.rules.values import InvalidRules, check_name
from domain.times import parse_day

EXAMPLE = "2027-12-24 to 2028-01-01: Winter break"
FAULTS_NAMED = 3
_DATE = r"([0-9]+-[0-9]+-[0-9]+)"
_DATES = re.compile(rf"{_DATE}(?: ?(?:to|until|till|through|[-\u2013\u2014\u2212]) ?{_DATE})?")


def parse_stretch(line: str) -> tuple[DateSpan, str]:
    """The dates of a line and the name behind its colon, which may be missing.

    Raises `InvalidRules`, `UnreadableTime` or `InvalidDays`, without a field and without quoting the line.
    """
    dates, colon, name = line.partition(":")
    found = _DATES.fullmatch(" ".join(dates.lower().split()))
    if not found or not colon:
        raise InvalidRules(f"Please write dates, a colon and a name, like {EXAMPLE}.")
    first = parse_day(found[1])
    return DateSpan(first=first, last=parse_day(found[2]) if found[2] else first), " ".join(name.split())


def parse_closed(text: str, *, field: str | None = None) -> tuple[ClosedDays, ...]:
    """One stretch of closed days a line, in the order of their dates; blank lines and repeated ones are skipped.

    Raises `InvalidRules` at `field` with the first lines at fault, each by its number.
    """
    found: set[ClosedDays] = set()
    faults: list[str] = []
    for number, line in enumerate(text.splitlines(), 1):
        if line.strip():
            try:
                days, name = parse_stretch(line)
                check_name(name, "closed days")
                found.add(ClosedDays(name=name, days=days))
            except DomainError as fault:
                faults.append(f"Line {number}: {fault.message}")
    if faults:
        raise InvalidRules(named(faults), field=field)
    return tuple(sorted(found, key=lambda each: (each.days, each.name)))


def named(faults: list[str]) -> str:
    """The first faults of a field with many lines, and how many more there are."""
    more = len(faults) - FAULTS_NAMED
    rest = [f"And {more} more below."] if more > 0 else []
    return " ".join([*faults[:FAULTS_NAMED], *rest])


def stretch_text(name: str, days: DateSpan) -> str:
    """A line as `parse_stretch` reads it."""
    return f"{dates_text(days)}: {name}"


def dates_text(days: DateSpan) -> str:
    """Such as "2027-12-24 to 2028-01-01", or one date."""
    first, last = days.first.isoformat(), days.last.isoformat()
    return first if first == last else f"{first} to {last}"


def format_closed(closed: Iterable[ClosedDays]) -> str:
    """Closed days as `parse_closed` reads them."""
    return "\n".join(stretch_text(each.name, each.days) for each in closed)
