"""When each reader is told: one answer for preview and sending, so that the one promises what the other does.

Of a notice it is another question, whose digest comes too late: see `notices`.
"""

from collections.abc import Callable
from datetime import datetime, timedelta

from domain.announcements import Timing
from domain.attention import morning_before
from domain.times import zone
from services.announcements.facts import Announcement
from services.attention.waiting import Waiter
from services.desk import Desk

HEAD_START = timedelta(hours=2)
"""What is important and stands in a channel goes out once more so much later, to who has not read it there."""


def when_told(
    desk: Desk, found: Announcement, *, now: datetime, is_in_channel: bool = True
) -> Callable[[Waiter], datetime]:
    """From when on each reader may have their message, were it sent now; the rules are asked for once.

    `is_in_channel` is false where it cannot stand in its channel, which then has no head start.
    """
    if found.plan.timing is Timing.MORNING:
        minute = desk.rules.now(found.program_id).attention.morning_time
        day, ends = found.plan.on, found.plan.expires_at
        # What would be over by then goes at once: late is better than never only while it holds.
        return lambda reader: morning_before(now, zone(reader.zone), minute, day=day, ends=ends)
    at = now + HEAD_START if is_in_channel and has_head_start(found, now) else now
    return lambda _reader: at


def has_head_start(found: Announcement, now: datetime) -> bool:
    """Whether the channel comes first, and a message only to who has not acknowledged it there in time."""
    waits = found.waits_for_channel and found.plan.timing is not Timing.MORNING
    return waits and not found.is_over(now + HEAD_START)
