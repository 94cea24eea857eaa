"""Which hours of a scholar's day are no time to meet for most people; they can be booked all the same."""

from datetime import datetime
from enum import StrEnum
from zoneinfo import ZoneInfo

NIGHT_ENDS_HOUR = 5
DAY_BEGINS_HOUR = 7
DAY_ENDS_HOUR = 22


class OffHours(StrEnum):
    """What a local time outside the day is."""

    LATE = "late"
    NIGHT = "night"
    EARLY = "early"


def off_hours(instant: datetime, tz: ZoneInfo) -> OffHours | None:
    """What the local time is, or None from 7:00 to 22:00: early from 5:00 on, late from 22:00, night from midnight."""
    hour = instant.astimezone(tz).hour
    if hour < NIGHT_ENDS_HOUR:
        return OffHours.NIGHT
    if hour < DAY_BEGINS_HOUR:
        return OffHours.EARLY
    return OffHours.LATE if hour >= DAY_ENDS_HOUR else None
