"""Zones from the pinned tzdata package, and the way between typed local times, instants and labels.

Instants are aware `datetime`s (UTC) or whole epoch seconds; a local time is a date and minutes after local midnight
in a zone. Offsets are never stored, because zones change their rules.
"""

import re
from collections.abc import Iterable
from datetime import UTC, date, datetime, time, timedelta
from functools import lru_cache
from importlib.resources import files
from itertools import groupby
from zoneinfo import ZoneInfo

from domain.errors import DomainError
from domain.offsets import DAY_SECONDS, runs_around
from domain.zone_names import nearest_zone, same_zone, zone_names

MINUTE_SECONDS = 60
DAY_MINUTES = 1440
END_OF_TIME = 2**40
"""Epoch seconds that are later than any that are asked for."""
_YEARS = range(2000, 2200)
_EPOCH = datetime(1970, 1, 1, tzinfo=UTC)
_EPOCH_DAY = _EPOCH.toordinal()
_SECOND = timedelta(seconds=1)
_TYPED_DAY = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")


class UnknownZone(DomainError):
    """I do not know that time zone. Please write it like Europe/Berlin or America/Los_Angeles."""


class UnreadableTime(DomainError):
    """I could not read that date. Please write it like 2027-03-15."""


class TimeSkipped(DomainError):
    """That local time does not exist, because clocks go forward over it. Please choose another one.

    `gap` holds the skipped local times as first and first-after; `instant` is what RFC 5545 3.3.5 would make of it.
    """

    def __init__(self, message: str, *, field: str | None, gap: tuple[datetime, datetime], instant: datetime) -> None:
        super().__init__(message, field=field)
        self.gap = gap
        self.instant = instant


class TimeRepeated(DomainError):
    """That local time happens twice, because clocks go back. Please say which one you mean.

    `choices` holds both instants, the earlier (the default) first, and `names` what tells them apart, such as PDT.
    """

    def __init__(
        self, message: str, *, field: str | None, choices: tuple[datetime, datetime], names: tuple[str, str]
    ) -> None:
        super().__init__(message, field=field)
        self.choices = choices
        self.names = names


@lru_cache(maxsize=1)
def tzdata_version() -> str:
    """The IANA release of the pinned data, such as "2026f"."""
    with files("tzdata").joinpath("zoneinfo", "tzdata.zi").open(encoding="utf-8") as lines:
        return next(lines).removeprefix("# version").strip()


@lru_cache(maxsize=1024)
def zone(name: str) -> ZoneInfo:
    """The zone of an IANA name, always from the pinned package, never from the machine's own, possibly older, copy.

    Raises `UnknownZone` (field "zone"), with the nearest name when there is one.
    """
    if name not in zone_names():
        raise UnknownZone(_unknown_zone(name), field="zone")
    with files("tzdata").joinpath("zoneinfo", *name.split("/")).open("rb") as data:
        return ZoneInfo.from_file(data, key=name)


def zone_called(typed: str) -> str:
    """The IANA name of a zone that somebody typed, in whatever case. Raises as `zone` does."""
    return zone(same_zone(typed) or typed).key


def epoch_seconds(instant: datetime) -> int:
    """Whole seconds since 1970 of an aware instant, fractions cut. Raises `ValueError` for a naive one."""
    if instant.tzinfo is None:
        raise ValueError("an instant needs a time zone")
    return (instant - _EPOCH) // _SECOND


def epoch_seconds_up(instant: datetime) -> int:
    """Whole seconds since 1970 of an aware instant, a fraction counted as a whole one: for what must not be earlier."""
    return -((_EPOCH - instant) // _SECOND)


def instant_of(seconds: int) -> datetime:
    """The aware UTC instant of whole seconds since 1970."""
    return datetime.fromtimestamp(seconds, UTC)


def day_number(day: date) -> int:
    """Days since 1970-01-01."""
    return day.toordinal() - _EPOCH_DAY


def day_of_number(number: int) -> date:
    """The date so many days after 1970-01-01."""
    return date.fromordinal(number + _EPOCH_DAY)


def day_bounds(day: date, tz: ZoneInfo) -> tuple[int, int]:
    """Epoch seconds of the first instant of a local day and of the first after it: 23 to 25 hours in all."""
    return _day_begin(day_number(day), tz), _day_begin(day_number(day) + 1, tz)


def resolve_local(day: date, minute: int, tz: ZoneInfo, *, field: str = "start") -> datetime:
    """The UTC instant of a local time that somebody typed.

    Raises `TimeSkipped` when clocks jump over it and `TimeRepeated` when it happens twice, both at `field`.
    """
    naive = datetime.combine(day, time.min) + timedelta(minutes=minute)
    first = naive.replace(tzinfo=tz, fold=0)
    second = naive.replace(tzinfo=tz, fold=1)
    earlier, later = first.astimezone(UTC), second.astimezone(UTC)
    if earlier < later:
        names = (_which(first), _which(second))
        raise TimeRepeated(_repeated(first, second), field=field, choices=(earlier, later), names=names)
    if earlier > later:
        gap = _gap(day_number(day), earlier, tz)
        raise TimeSkipped(_skipped(naive, gap, tz), field=field, gap=gap, instant=earlier)
    return earlier


def parse_day(text: str, *, field: str = "day") -> date:
    """A date written like 2027-03-15. Raises `UnreadableTime`."""
    found = _TYPED_DAY.fullmatch(text.strip())
    try:
        if found and int(found[1]) in _YEARS:
            return date(int(found[1]), int(found[2]), int(found[3]))
    except ValueError:
        raise UnreadableTime("There is no such date. Please check the month and the day.", field=field) from None
    raise UnreadableTime(field=field)


def is_repeated(instant: datetime, tz: ZoneInfo) -> bool:
    """Whether the zone's clocks show this instant's local time twice."""
    local = instant.astimezone(tz)
    return local.replace(fold=1 - local.fold).utcoffset() != local.utcoffset()


def pass_names(instant: datetime, tz: ZoneInfo) -> tuple[str, str]:
    """What tells apart the two instants at which clocks show this one's local time, the earlier first."""
    local = instant.astimezone(tz)
    return _which(local.replace(fold=0)), _which(local.replace(fold=1))


def time_label(instant: datetime, tz: ZoneInfo) -> str:
    """The time of day such as "09:00"; when it happens twice, which one: "01:30 PDT"."""
    local = instant.astimezone(tz)
    return f"{local:%H:%M} {_which(local)}" if is_repeated(instant, tz) else f"{local:%H:%M}"


def day_label(day: date) -> str:
    """A date such as "Sun 1 Nov 2026"."""
    return f"{short_day_label(day)} {day:%Y}"


def short_day_label(day: date) -> str:
    """A date of these months, such as "Sun 1 Nov"."""
    return f"{day:%a} {day.day} {day:%b}"


def local_label(instant: datetime, tz: ZoneInfo) -> str:
    """Date and time in a zone, such as "Sun 1 Nov 2026, 01:30 PDT"; different instants of a zone read differently."""
    return f"{day_label(instant.astimezone(tz).date())}, {time_label(instant, tz)}"


def next_labels(instants: Iterable[datetime], tz: ZoneInfo) -> str:
    """Ascending instants in a zone by day, such as "Mon 11 Jan, 16:00 GMT; Tue 12 Jan, 09:00, 09:30 GMT"."""
    local = (instant.astimezone(tz) for instant in instants)
    by_day = groupby(local, lambda each: f"{short_day_label(each)}, {{}} {each:%Z}")
    return "; ".join(day.format(", ".join(f"{each:%H:%M}" for each in on_day)) for day, on_day in by_day)


def _which(local: datetime) -> str:
    """The abbreviation, or the offset where both passes of the hour have the same abbreviation."""
    other = local.replace(fold=1 - local.fold)
    if local.tzname() != other.tzname():
        return str(local.tzname())
    return f"UTC{local:%z}"


def _day_begin(day: int, tz: ZoneInfo) -> int:
    midnight = day * DAY_SECONDS
    begins = (max(run.begin, midnight - run.offset) for run in runs_around(tz, day) if midnight - run.offset < run.end)
    return min(begins)


def _gap(day: int, instant: datetime, tz: ZoneInfo) -> tuple[datetime, datetime]:
    """The skipped local times around the instant that RFC 5545 gives a time inside them."""
    seconds = epoch_seconds(instant)
    runs = runs_around(tz, day)
    at = next(number for number, run in enumerate(runs) if run.begin <= seconds < run.end)
    change, before, after = runs[at].begin, runs[at - 1].offset, runs[at].offset
    return (instant_of(change + before).replace(tzinfo=None), instant_of(change + after).replace(tzinfo=None))


def _unknown_zone(name: str) -> str:
    near = nearest_zone(name)
    hint = f"Did you mean {near}?" if near else "Please write it like Europe/Berlin or America/Los_Angeles."
    return f"I do not know that time zone. {hint}"


def _repeated(first: datetime, second: datetime) -> str:
    return (
        f"{first:%H:%M} happens twice on {day_label(first.date())} in {first.tzinfo}, because clocks go back. "
        f"Please say which: {first:%H:%M} {_which(first)} (the first) or {second:%H:%M} {_which(second)}."
    )


def _skipped(naive: datetime, gap: tuple[datetime, datetime], tz: ZoneInfo) -> str:
    begin, end = gap
    return (
        f"There is no {naive:%H:%M} on {day_label(naive.date())} in {tz.key}: clocks go from {begin:%H:%M} "
        f"straight to {end:%H:%M}. Please choose a time before {begin:%H:%M}, or from {end:%H:%M} on."
    )
