"""Instants in words.

Slack's own date tokens follow the reader's device; menus cannot hold them, so menus name the profile's zone instead.
"""

import re
from datetime import date, datetime

from domain.daytime import off_hours
from domain.times import is_repeated, short_day_label, time_label, zone
from handlers import texts
from services.offers.facts import OfferedStart

_KEPT = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\dZ", re.ASCII)


def when_token(instant: datetime, zone_name: str) -> str:
    """For mrkdwn: rendered by Slack in the reader's device zone; the fallback names the profile's."""
    return f"<!date^{int(instant.timestamp())}^{{date_long_pretty}}, {{time}}|{when_plain(instant, zone_name)}>"


def time_token(instant: datetime, zone_name: str) -> str:
    """The same of a time alone, where the day is said already."""
    return f"<!date^{int(instant.timestamp())}^{{time}}|{clock_label(instant, zone_name)}>"


def when_plain(instant: datetime, zone_name: str) -> str:
    """For notifications, such as "Tue 24 Nov, 10:00 PST"."""
    local = instant.astimezone(zone(zone_name))
    return f"{day_label(local)}, {clock_label(instant, zone_name)}"


def day_label(day: date) -> str:
    """Such as "Tue 24 Nov"."""
    return short_day_label(day)


def clock_label(instant: datetime, zone_name: str) -> str:
    """Such as "10:00 PST"; what follows the time tells apart the two 01:30 of a night in which the clock goes back."""
    tz = zone(zone_name)
    label = time_label(instant, tz)
    return label if is_repeated(instant, tz) else f"{label} {instant.astimezone(tz):%Z}"


def start_label(offered: OfferedStart, zone_name: str, *, scholar_zone: str) -> str:
    """A time for the reader, as `_both_clocks` has it; and with whom, where that is not the one who was chosen."""
    label = _both_clocks(offered, zone_name, scholar_zone=scholar_zone)
    return f"{label} {texts.booking.WITH_OTHER.format(name=offered.with_name)}" if offered.with_name else label


def _both_clocks(offered: OfferedStart, zone_name: str, *, scholar_zone: str) -> str:
    """A time for the reader; behind it the one for the other side where clocks differ, with its day if that does too.

    Such as "23:00 PST (late) · Wed 08:00 CET for them": it says what is no time to meet on the scholar's clock, not on
    that of who takes the session, since those have set their hours themselves.
    """
    here = offered.starts.astimezone(zone(zone_name))
    there = offered.starts.astimezone(zone(offered.staff_zone))
    mine, theirs = clock_label(offered.starts, zone_name), clock_label(offered.starts, offered.staff_zone)
    remark = off_hours_remark(offered.starts, scholar_zone)
    if here.utcoffset() == there.utcoffset():
        return f"{mine}{remark}"
    if here.utcoffset() == offered.starts.astimezone(zone(scholar_zone)).utcoffset():
        mine, remark = f"{mine}{remark}", ""
    day = "" if here.date() == there.date() else f"{there:%a} "
    return f"{mine} · {day}{theirs}{remark} {texts.sessions.TIME_FOR_THEM}"


def off_hours_remark(instant: datetime, zone_name: str) -> str:
    """What stands behind a time that is early, late or in the night on that clock, with a blank; else nothing."""
    found = off_hours(instant, zone(zone_name))
    return f" ({texts.booking.OFF_HOURS[found]})" if found else ""


def with_times(text: str, zone_name: str) -> str:
    """A text in which instants stand as the audit trail keeps them, such as 2026-12-31T12:00Z, with a token for each.

    The text is escaped already.
    """
    return _KEPT.sub(lambda kept: when_token(datetime.fromisoformat(kept[0]), zone_name), text)
