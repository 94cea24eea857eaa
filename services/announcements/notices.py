"""Notices stand in their reader's digest; whoever's comes too late for one has a message of their own instead."""

from collections.abc import Callable, Sequence
from datetime import datetime, timedelta
from functools import cache

from sqlalchemy import Connection

from domain.announcements import Plan, Rung
from domain.attention import Preferences, Subject, morning_before, next_digest
from domain.times import zone
from services.announcements.deliveries import put, told
from services.announcements.facts import Announcement
from services.attention.standing import standing_of
from services.attention.waiting import Waiter, put_in_digests
from services.desk import Desk

TIME_TO_READ = timedelta(hours=1)
"""A digest that comes so shortly before a notice is over comes too late for it: all of them take their turn then."""


def serve_notice(
    desk: Desk, connection: Connection, found: Announcement, readers: Sequence[Waiter], *, base: datetime
) -> None:
    """Let these readers find it in their digest, or write it to those whose digest comes too late.

    `base` is when it was sent. In the caller's transaction; as many queries for ten thousand readers as for one.
    """
    early = early_ones(desk, connection, found, readers, at=desk.clock.now())
    put(desk, connection, [told(found, each, rung=Rung.FIRST, send_at=at, base=base) for each, at in early.items()])
    waiting = [each for each in readers if each.person_id not in early]
    put_in_digests(connection, desk, waiting, Subject.ANNOUNCEMENT, found.id)


def early_ones(
    desk: Desk, connection: Connection, found: Announcement, readers: Sequence[Waiter], *, at: datetime
) -> dict[str, datetime]:
    """By id, whose next digest after `at` comes too late for a notice, and when they are written to instead.

    That is in their own morning, or at once where it would be over by then, but not before a day that was chosen has
    begun for them. One query, or none for what has no end.
    """
    expires_at = found.plan.expires_at
    if expires_at is None:
        return {}
    standing = standing_of(connection, desk, sorted(each.person_id for each in readers))
    when = _when(found.plan, at, expires_at, desk.rules.now(found.program_id).attention.morning_time)
    times = {
        each.person_id: when(each.zone, standing[each.person_id][1]) for each in readers if each.person_id in standing
    }
    return {person_id: time for person_id, time in times.items() if time is not None}


def _when(plan: Plan, at: datetime, expires_at: datetime, minute: int) -> Callable[[str, Preferences], datetime | None]:
    """When somebody is written to, None for who has it in a digest; looked up once for all who live alike."""

    @cache
    def when(zone_name: str, preferences: Preferences) -> datetime | None:
        tz = zone(zone_name)
        if next_digest(at, tz, preferences).at + TIME_TO_READ <= expires_at:
            return None
        return morning_before(at, tz, minute, day=plan.on, ends=expires_at)

    return when
