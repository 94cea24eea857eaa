"""Which entries of a calendar take somebody's time, and when such an entry begins and ends."""

import re
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any, NamedTuple
from zoneinfo import ZoneInfo

from domain.feeds import OWN_UID
from domain.people import email_key
from domain.times import epoch_seconds, zone
from domain.zone_names import zone_names

_ENCODED_UID = "040000008200e00074c5b7101a82e008"
"""How Outlook's own UIDs begin. One that it has wrapped stands in the bytes that follow."""
_NOT_BUSY = frozenset({"FREE", "WORKINGELSEWHERE"})

_REF = re.compile(r"[A-Za-z0-9_-]{1,64}", re.ASCII)
"""Whatever is longer is none of ours, and is repeated for each date of a series."""

Moment = date | datetime


class Unreadable(Exception):
    """An entry makes no sense; the others may."""


class Length(NamedTuple):
    """How long an entry takes: whole days of a calendar, or seconds that really pass (policy C), never both."""

    days: int = 0
    seconds: int = 0


def is_busy(entry: Any, emails: Collection[str]) -> bool:
    """Whether its owner is taken then: not canceled, not marked as free, and not declined by them."""
    if _text(entry, "STATUS") == "CANCELLED" or _text(entry, "TRANSP") == "TRANSPARENT":
        return False
    return _text(entry, "X-MICROSOFT-CDO-BUSYSTATUS") not in _NOT_BUSY and not _is_declined(entry, emails)


def ref_of(uid: str) -> str:
    """By what we know the session that this entry is, "" for any other entry."""
    plain = uid.strip()
    if plain.lower().startswith(_ENCODED_UID):
        try:
            plain = bytes.fromhex(plain).rstrip(b"\0").rpartition(b"\0")[2].decode("ascii", errors="ignore")
        except ValueError:
            return ""
    ref = plain.removesuffix(OWN_UID)
    return ref if ref != plain and _REF.fullmatch(ref) else ""


def begins(entry: Any) -> Moment:
    """When it begins, as it is written. Raises `Unreadable`."""
    return moment_of(entry, "DTSTART")


def length_of(entry: Any, fallback: ZoneInfo) -> Length:
    """How long it takes; 0 for what takes no time. Raises `Unreadable`, also for an end before the start."""
    start = begins(entry)
    if "DTEND" in entry:
        length = _between(start, moment_of(entry, "DTEND"), fallback)
    elif "DURATION" in entry:
        length = _lasting(start, _value(entry, "DURATION"))
    else:
        length = Length() if isinstance(start, datetime) else Length(days=1)
    if min(length) < 0:
        raise Unreadable
    return length


def stretch(start: Moment, length: Length, fallback: ZoneInfo) -> tuple[int, int]:
    """Begin and end in epoch seconds, of whole days from midnight to midnight."""
    if isinstance(start, datetime):
        begin = seconds_of(start, fallback)
        return begin, begin + length.seconds
    return seconds_of(start, fallback), seconds_of(start + timedelta(days=length.days), fallback)


def seconds_of(moment: Moment, fallback: ZoneInfo) -> int:
    """Epoch seconds; a time that clocks skip counts by the offset before them, as RFC 5545 has it (3.3.5)."""
    if not isinstance(moment, datetime):
        moment = datetime.combine(moment, time())
    aware = moment if moment.tzinfo is not None else moment.replace(tzinfo=fallback)
    return epoch_seconds(aware.replace(microsecond=0))


def moment_of(entry: Any, name: str) -> Moment:
    """A date or an instant of an entry. Raises `Unreadable`."""
    return pinned(_value(entry, name))


def pinned(value: object) -> Moment:
    """A moment in the zone as our own data have it: the machine's may be older. Raises `Unreadable` for none."""
    if not isinstance(value, date):
        raise Unreadable
    if isinstance(value, datetime) and isinstance(value.tzinfo, ZoneInfo) and value.tzinfo.key in zone_names():
        return value.replace(tzinfo=zone(value.tzinfo.key))
    return value


def _value(entry: Any, name: str) -> Any:
    """The first of them where a name stands twice. Whatever the parser stumbles over means only this entry."""
    try:
        found = entry[name]
        return (found[0] if isinstance(found, list) else found).dt
    except Exception:  # noqa: BLE001, S110 a stranger's text: nobody can list what it may raise
        pass
    raise Unreadable  # outside: the parser's error holds what it could not read


def _between(start: Moment, end: Moment, fallback: ZoneInfo) -> Length:
    if isinstance(start, datetime):
        return Length(seconds=seconds_of(end, fallback) - seconds_of(start, fallback))
    last = end.date() if isinstance(end, datetime) else end
    return Length(days=(last - start).days)


def _lasting(start: Moment, duration: Any) -> Length:
    if not isinstance(duration, timedelta):
        raise Unreadable
    if isinstance(start, datetime):
        return Length(seconds=int(duration.total_seconds()))
    return Length(days=-(-int(duration.total_seconds()) // 86400))


def _is_declined(entry: Any, emails: Collection[str]) -> bool:
    for each in _all(entry, "ATTENDEE"):
        address = email_key(str(each).lower().removeprefix("mailto:"))
        if address in emails and str(each.params.get("PARTSTAT", "")).upper() == "DECLINED":
            return True
    return False


def _all(entry: Any, name: str) -> list[Any]:
    found = entry.get(name, [])
    return found if isinstance(found, list) else [found]


def _text(entry: Any, name: str) -> str:
    return "".join(str(each).strip().upper() for each in _all(entry, name)[:1])
