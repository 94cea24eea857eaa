"""On which dates an entry takes place: its rule, the dates added and taken out, within a window and within bounds."""

from collections.abc import Collection, Iterator
from datetime import datetime, time
from typing import Any
from zoneinfo import ZoneInfo

from dateutil.rrule import rruleset, rrulestr

from bot.calendars.counting import Moment, Unreadable, begins, pinned, seconds_of

STEPS_MAX = 20_000
"""Dates that a rule may count through before the window is over: a daily one does so for fifty years."""
_TOO_OFTEN = frozenset({"SECONDLY", "MINUTELY"})
"""No appointment is every minute; such a rule is a mistake or an attack."""


def occurrences(entry: Any, fallback: ZoneInfo, *, before: int, without: Collection[int] = ()) -> Iterator[Moment]:
    """When it takes place, before an instant (epoch seconds); `without` has starts that other entries stand for.

    Raises `Unreadable` for a rule that cannot be followed, or not within bounds.
    """
    start = begins(entry)
    if "RRULE" not in entry and "RDATE" not in entry:
        starts: Iterator[Moment] = iter([start])
    else:
        starts = _repeated(entry, start, fallback)
    for steps, moment in enumerate(starts):
        if steps > STEPS_MAX:
            raise Unreadable
        at = seconds_of(moment, fallback)
        if at >= before:
            return
        if at not in without:
            yield moment


def _repeated(entry: Any, start: Moment, fallback: ZoneInfo) -> Iterator[Moment]:
    """Counted on the clock on the wall of the entry's own zone; each one is an instant only when that is over."""
    tz = start.tzinfo if isinstance(start, datetime) else None
    dates = rruleset()
    wall = _wall(start, tz, fallback)
    try:
        for rule in _each(entry, "RRULE"):
            dates.rrule(rrulestr(_rule_text(rule, tz, fallback), dtstart=wall))
        if "RRULE" not in entry:
            dates.rdate(wall)
        for moment in _dates(entry, "RDATE"):
            dates.rdate(_wall(moment, tz, fallback))
        left_out = [_wall(moment, tz, fallback) for moment in _dates(entry, "EXDATE")]
    except Unreadable:
        raise
    except Exception:  # noqa: BLE001 a stranger's text: nobody can list what it may raise
        left_out = None
    if left_out is None:
        raise Unreadable  # outside: the parser's error holds what it could not read
    for each in left_out:
        dates.exdate(each)
    for each in dates:
        yield each.replace(tzinfo=tz) if isinstance(start, datetime) else each.date()


def _rule_text(rule: Any, tz: Any, fallback: ZoneInfo) -> str:
    if _TOO_OFTEN.intersection(str(each).upper() for each in rule.get("FREQ", ())):
        raise Unreadable
    if any(each < 1 for each in rule.get("INTERVAL", ())):  # it would stand still
        raise Unreadable
    parts = [part for part in rule.to_ical().decode().split(";") if not part.upper().startswith("UNTIL=")]
    for until in list(rule.get("UNTIL", ()))[:1]:
        # A date means all of its day, also where the entry has a time.
        last = _wall(until, tz, fallback) if isinstance(until, datetime) else datetime.combine(until, time(23, 59, 59))
        parts.append(f"UNTIL={last:%Y%m%dT%H%M%S}")
    return ";".join(parts)


def _wall(moment: Moment, tz: Any, fallback: ZoneInfo) -> datetime:
    """What the clock of the entry's zone shows then, without the zone."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time())
    if moment.tzinfo is None:
        return moment.replace(microsecond=0)
    return moment.astimezone(tz or fallback).replace(tzinfo=None, microsecond=0)


def _dates(entry: Any, name: str) -> Iterator[Moment]:
    for each in _each(entry, name):
        for one in each.dts:
            moment = one.dt[0] if isinstance(one.dt, tuple) else one.dt
            yield pinned(moment)


def _each(entry: Any, name: str) -> list[Any]:
    found = entry.get(name, [])
    return found if isinstance(found, list) else [found]
