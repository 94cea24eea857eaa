"""Instants as the reader sees them: Slack's date tokens and the times beside messages, in a person's zone."""

import re
from datetime import UTC, datetime
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError

_FIELD = re.compile(r"\{(\w+)\}")
MINUTE, HOUR, DAY = 60, 3600, 86400


def zone_of(name: str) -> ZoneInfo:
    """A zone by name; UTC for one that this machine does not know."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError):
        return ZoneInfo("UTC")


def date_token(inside: str, fallback: str, *, zone: ZoneInfo, now: float) -> tuple[str, str | None]:
    """The words for the inside of `<!date^...>` and its link, if it has one; the fallback when it makes no sense."""
    seconds, _, rest = inside.partition("^")
    template, _, link = rest.partition("^")
    if not seconds.isdigit() or not template:
        return fallback, None
    local, today = _local(float(seconds), zone), _local(now, zone)
    words = _FIELD.sub(lambda match: _field(match[1], local, today) or match[0], template)
    return words, link or None


def clock_label(seconds: float, zone: ZoneInfo) -> str:
    """Such as "9:05 AM"."""
    return f"{_local(seconds, zone):%-I:%M %p}"


def day_label(seconds: float, zone: ZoneInfo, now: float) -> str:
    """Such as "Today" or "Tuesday, November 24th"."""
    local, today = _local(seconds, zone), _local(now, zone)
    near = _near(local, today)
    return near.capitalize() if near else f"{local:%A}, {local:%B} {_ordinal(local.day)}"


def _local(seconds: float, zone: ZoneInfo) -> datetime:
    return datetime.fromtimestamp(seconds, UTC).astimezone(zone)


def _field(name: str, local: datetime, today: datetime) -> str | None:
    plain = name.removesuffix("_pretty")
    near = _near(local, today) if plain != name else None
    if near:
        return near
    year = "" if plain == "date" and local.year == today.year else f", {local.year}"
    forms = {
        "date_num": f"{local:%Y-%m-%d}",
        "date_slash": f"{local:%m/%d/%Y}",
        "date": f"{local:%B} {_ordinal(local.day)}{year}",
        "date_short": f"{local:%b} {local.day}, {local.year}",
        "date_long": f"{local:%A}, {local:%B} {_ordinal(local.day)}, {local.year}",
        "time": f"{local:%-I:%M %p}",
        "time_secs": f"{local:%-I:%M:%S %p}",
        "ago": _ago((today - local).total_seconds()),
    }
    return forms.get(plain)


def _near(local: datetime, today: datetime) -> str | None:
    return {-1: "yesterday", 0: "today", 1: "tomorrow"}.get((local.date() - today.date()).days)


def _ordinal(day: int) -> str:
    teens = range(11, 14)
    ending = "th" if day in teens else {1: "st", 2: "nd", 3: "rd"}.get(day % 10, "th")
    return f"{day}{ending}"


def _ago(seconds: float) -> str:
    size, unit = next(
        ((size, unit) for size, unit in ((DAY, "day"), (HOUR, "hour"), (MINUTE, "minute")) if abs(seconds) >= size),
        (1, "second"),
    )
    count = int(abs(seconds) // size)
    words = f"{count} {unit}{'' if count == 1 else 's'}"
    return f"{words} ago" if seconds >= 0 else f"in {words}"
