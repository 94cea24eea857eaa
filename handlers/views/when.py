"""Instants in words.

Slack's own date tokens follow the reader's device; menus cannot hold them, so menus name the profile's zone instead.
"""

from datetime import date, datetime

from domain.times import zone
from services.scheduling.facts import OfferedStart


def when_token(instant: datetime, zone_name: str) -> str:
    """For mrkdwn: rendered by Slack in the reader's device zone; the fallback names the profile's."""
    return f"<!date^{int(instant.timestamp())}^{{date_long_pretty}}, {{time}}|{when_plain(instant, zone_name)}>"


def when_plain(instant: datetime, zone_name: str) -> str:
    """For notifications, such as "Tue 24 Nov, 10:00 PST"."""
    local = instant.astimezone(zone(zone_name))
    return f"{day_label(local)}, {clock_label(instant, zone_name)}"


def day_label(day: date) -> str:
    """Such as "Tue 24 Nov"."""
    return f"{day:%a} {day.day} {day:%b}"


def clock_label(instant: datetime, zone_name: str) -> str:
    """Such as "10:00 PST": the abbreviation tells the two 01:30 of a night apart in which the clock goes back."""
    return f"{instant.astimezone(zone(zone_name)):%H:%M %Z}"


def start_label(offered: OfferedStart, zone_name: str) -> str:
    """A time for the reader, and behind it the time for the other side where that differs."""
    mine = clock_label(offered.starts, zone_name)
    theirs = clock_label(offered.starts, offered.staff_zone)
    return mine if mine == theirs else f"{mine} · {theirs} for them"
