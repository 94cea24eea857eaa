"""What of a calendar's text is read at all: times and what says whether they count. Titles and places never are."""

import re
from collections.abc import Iterable, Iterator

from domain.feeds import FeedProblem, FeedState

ENTRIES_MAX = 20_000
"""What is left of a calendar after what is over has been taken out; a busy life has a tenth of that."""
_KEPT = frozenset(
    [
        *("BEGIN", "END", "UID", "DTSTART", "DTEND", "DURATION", "RRULE", "RDATE", "EXDATE", "RECURRENCE-ID"),
        *("STATUS", "TRANSP", "X-MICROSOFT-CDO-BUSYSTATUS", "ATTENDEE", "FREEBUSY"),
        *("X-WR-TIMEZONE", "X-WR-CALNAME", "TZID", "TZOFFSETFROM", "TZOFFSETTO", "TZNAME"),
    ]
)
_FOLD = re.compile(r"\r?\n[ \t]")
_NAME = re.compile(r"[A-Za-z0-9-]+")
_DAY = re.compile(r"(?:DTSTART|DTEND)[^:]*:(?:[^:]*:)?([0-9]{8})")
_LASTING = ("RRULE", "RDATE", "RECURRENCE-ID", "DURATION")
"""With one of these an entry may reach beyond the dates that stand in it."""
_WANTED = frozenset({"VEVENT", "VFREEBUSY", "VTIMEZONE"})
_ENTRY_DEPTH = 2
"""A calendar, and in it an entry."""


def trimmed(content: bytes, *, since: str) -> str:
    """The calendar without what is of no use here, and without entries that were over before a date (YYYYMMDD).

    Raises `FeedProblem` for what is no calendar, or has too many entries.
    """
    text = content.decode("utf-8-sig", errors="replace").replace("\0", "").lstrip()
    if text[:15].upper() != "BEGIN:VCALENDAR":
        raise FeedProblem(FeedState.NO_CALENDAR)
    lines = _kept(_FOLD.sub("", text).splitlines())
    return "\r\n".join(_current(lines, since)) + "\r\n"


def _kept(lines: Iterable[str]) -> Iterator[str]:
    for line in lines:
        found = _NAME.match(line)
        if found and found.group().upper() in _KEPT:
            yield line


def _current(lines: Iterable[str], since: str) -> Iterator[str]:
    """The head of each calendar, and of its entries those that are not over."""
    entries = 0
    for block in _blocks(lines):
        if not _is_over(block, since):
            entries += len(block) > 1
            yield from block
        if entries > ENTRIES_MAX:
            raise FeedProblem(FeedState.TOO_MUCH)


def _blocks(lines: Iterable[str]) -> Iterator[list[str]]:
    """Single lines outside of entries, and entries that are wanted, without alarms and the like inside of them.

    Raises `FeedProblem` for a text that ends too soon: half a calendar would free times that are taken.
    """
    block: list[str] = []
    path: list[str] = []
    for line in lines:
        name, _, value = line.partition(":")
        if name.upper() == "BEGIN":
            path.append(value.strip().upper())
        if _is_wanted(path):
            block.append(line)
        elif len(path) <= 1:
            yield [line]
        if name.upper() == "END":
            if not path or path.pop() != value.strip().upper():
                raise FeedProblem(FeedState.NO_CALENDAR)
            if len(path) == 1 and block:
                yield block
                block = []
    if path:
        raise FeedProblem(FeedState.NO_CALENDAR)


def _is_wanted(path: list[str]) -> bool:
    """Inside of an entry itself, or anywhere in the description of a zone."""
    return len(path) > 1 and path[1] in _WANTED and (len(path) == _ENTRY_DEPTH or path[1] == "VTIMEZONE")


def _is_over(block: list[str], since: str) -> bool:
    if block[0].upper().strip() != "BEGIN:VEVENT":
        return False
    names = {line[: found.end()].upper() for line in block if (found := _NAME.match(line))}
    days = [found.group(1) for line in block if (found := _DAY.match(line))]
    return bool(days) and names.isdisjoint(_LASTING) and max(days) < since
