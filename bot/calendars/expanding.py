"""From a calendar's text to the stretches that are taken, within a window. Bounded, but for rules that never end.

Those are what the process around it is for: see `bot.calendars.child`.
"""

from collections import defaultdict
from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from bot.calendars.counting import Unreadable, is_busy, length_of, moment_of, ref_of, seconds_of, stretch
from bot.calendars.recurring import occurrences
from bot.calendars.trimming import trimmed
from domain.errors import DomainError
from domain.feeds import FeedProblem, FeedQuestion, FeedReading, FeedState, OutsideBusy
from domain.people import email_key
from domain.times import instant_of, zone

STRETCHES_MAX = 10_000
"""In a window of a year; whoever has more of them has no time that is free."""
_MARGIN = timedelta(days=2)
_BUSY = frozenset({"BUSY", "BUSY-UNAVAILABLE", "BUSY-TENTATIVE"})


def expanded(content: bytes, question: FeedQuestion) -> FeedReading:
    """What is taken in the window that was asked for. Raises `FeedProblem`.

    An entry that makes no sense is left out and counted; with it nothing is known of its series.
    """
    since = f"{instant_of(question.first) - _MARGIN:%Y%m%d}"
    calendar = _parsed(trimmed(content, since=since))
    tz = _zone(calendar, question.zone)
    emails = question.emails | _own_address(calendar)
    skipped, found = 0, set[OutsideBusy]()
    for series in _by_uid(calendar.walk("VEVENT")):
        try:
            found.update(list(_of_series(series, tz, emails, question)))
        except Unreadable:
            skipped += 1
        _check_number(found)
    for entry in calendar.walk("VFREEBUSY"):
        try:
            found.update(_of_periods(entry, question))
        except Unreadable:
            skipped += 1
        _check_number(found)
    return FeedReading(busy=tuple(sorted(found)), skipped=skipped)


def _parsed(text: str) -> Any:
    from icalendar import Calendar  # noqa: PLC0415 as much to load as all of our own modules

    for attempt in (text, _without_zones(text)):
        try:
            found = Calendar.from_ical(attempt, multiple=True)
        except Exception:  # noqa: BLE001, S112 a stranger's text: nobody can list what it may raise
            continue
        if found:
            for more in found[1:]:
                found[0].subcomponents.extend(more.subcomponents)
            return found[0]
    raise FeedProblem(FeedState.NO_CALENDAR)


def _without_zones(text: str) -> str:
    """A description of a zone that makes no sense: its name may do all the same."""
    before, *others = text.split("BEGIN:VTIMEZONE")
    return before + "".join(each.partition("END:VTIMEZONE\r\n")[2] for each in others)


def _zone(calendar: Any, name: str) -> ZoneInfo:
    try:
        return zone(str(calendar.get("X-WR-TIMEZONE", "")).strip() or name)
    except DomainError:
        return zone(name)


def _own_address(calendar: Any) -> frozenset[str]:
    """Some programs name a calendar after its owner's address."""
    name = email_key(str(calendar.get("X-WR-CALNAME", "")))
    return frozenset({name.lower()}) if "@" in name else frozenset()


def _by_uid(entries: Iterable[Any]) -> Iterator[list[Any]]:
    series: defaultdict[str, list[Any]] = defaultdict(list)
    for number, entry in enumerate(entries):
        series[str(entry.get("UID", "")) or f"entry {number}"].append(entry)
    yield from series.values()


def _of_series(
    series: list[Any], tz: ZoneInfo, emails: frozenset[str], question: FeedQuestion
) -> Iterator[OutsideBusy]:
    """Each of its dates, and instead of some of them the entries that stand for these."""
    replaced = {seconds_of(moment_of(entry, "RECURRENCE-ID"), tz) for entry in series if "RECURRENCE-ID" in entry}
    for entry in series:
        if not is_busy(entry, emails):
            continue
        length, ref = length_of(entry, tz), ref_of(str(entry.get("UID", "")))
        without = () if "RECURRENCE-ID" in entry else replaced
        for moment in occurrences(entry, tz, before=question.last, without=without):
            begin, end = stretch(moment, length, tz)
            if begin < end and end > question.first:
                yield OutsideBusy(begin, end, ref)


def _of_periods(entry: Any, question: FeedQuestion) -> Iterator[OutsideBusy]:
    """What a calendar tells that says no more than when somebody is taken."""
    given = entry.get("FREEBUSY", [])
    for period in given if isinstance(given, list) else [given]:
        begin, end = _ends_of(period)
        if begin < end and end > question.first and begin < question.last:
            yield OutsideBusy(begin, end)


def _ends_of(period: Any) -> tuple[int, int]:
    try:
        if str(period.params.get("FBTYPE", "BUSY")).upper() not in _BUSY:
            return 0, 0
        start, end = period.dt
        end = start + end if isinstance(end, timedelta) else end
        if isinstance(start, datetime) and isinstance(end, datetime):
            return int(start.timestamp()), int(end.timestamp())
    except Exception:  # noqa: BLE001, S110 a stranger's text: nobody can list what it may raise
        pass
    raise Unreadable  # outside: the parser's error holds what it could not read


def _check_number(found: set[OutsideBusy]) -> None:
    if len(found) > STRETCHES_MAX:
        raise FeedProblem(FeedState.TOO_MUCH)
