"""What somebody was told: the announcements that are for them and still hold, with what waits for their press."""

from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.announcements import InChannel, NotForYou, State
from domain.delivery import channel_address
from domain.people import Person
from domain.times import epoch_seconds, instant_of, zone
from domain.wall import local_date, wall_instant
from services.announcements.facts import Announcement, announcement_of
from services.apart import legible
from services.desk import Desk
from services.homes import AT_ONCE
from storage.program import (
    announcement_own_queries,
    announcement_queries,
    announcement_rows,
    announcement_troubles,
)
from storage.program.announcement_own_queries import Mornings

KEPT = timedelta(days=30)
"""How long what waits for nothing is still listed."""
LISTED = 30
"""On one page."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """One of them, and when this reader acknowledged it."""

    announcement: Announcement
    acknowledged_at: datetime | None

    @property
    def waits(self) -> bool:
        """Whether it asks for a press that has not come."""
        return self.announcement.needs_ack and self.acknowledged_at is None


@dataclass(frozen=True, slots=True, kw_only=True)
class OwnAnnouncements:
    """A page of what is for somebody, and how many in all wait for their press."""

    told: tuple[Told, ...]
    waiting: int
    page: int = 0
    has_more: bool = False


def told_to(desk: Desk, person: Person, *, page: int = 0) -> OwnAnnouncements:
    """What waits for this person first, then the newest, but for what cannot be read. Two queries.

    What goes out in mornings is theirs from their own one on.
    """
    now = desk.clock.now()
    mornings = _mornings(desk, person, now)
    with desk.program.read() as connection:
        found = announcement_own_queries.of_reader(
            connection,
            person.id,
            mornings,
            now=epoch_seconds(now),
            since=epoch_seconds(now - KEPT),
            at_most=LISTED + 1,
            but_first=page * LISTED,
        )
        waiting = announcement_own_queries.number_waiting(connection, person.id, mornings, now=epoch_seconds(now))
    shown = found[:LISTED]
    acknowledged = {row.id: at for row, at in shown}
    read_, _ = legible("show announcement", [row for row, _ in shown], announcement_of)
    told = tuple(_told(each, acknowledged[each.id]) for each in read_)
    return OwnAnnouncements(told=told, waiting=waiting, page=page, has_more=len(found) > LISTED)


def _mornings(desk: Desk, person: Person, now: datetime) -> Mornings:
    tz, minute = zone(person.zone), desk.rules.of(person).attention.morning_time
    today, day = local_date(now, tz), timedelta(days=1)
    last = today if wall_instant(today, minute, tz) <= now else today - day
    return Mornings(
        last_day=last.isoformat(),
        last=epoch_seconds(wall_instant(last, minute, tz)),
        today=today.isoformat(),
        next=epoch_seconds(wall_instant(last + day, minute, tz)),
    )


def whose_homes(desk: Desk, announcement_id: str) -> tuple[str, ...]:
    """Those whose Home tabs one comes to or goes from: its first readers. One query."""
    with desk.program.ask() as connection:
        return tuple(announcement_queries.readers_after(connection, announcement_id, "", at_most=AT_ONCE))


def read(desk: Desk, person: Person, announcement_id: str) -> Told:
    """One of them whole, also when it is over or was taken back. Raises `NotForYou` for who it was not for."""
    with desk.program.read() as connection:
        row = announcement_queries.one(connection, announcement_id)
        is_reader, at = announcement_queries.acknowledged_at(connection, announcement_id, person.id)
    if row is None or not is_reader or row.state not in (State.SENT, State.RETRACTED):
        raise NotForYou
    return _told(announcement_of(row), at)


def _told(found: Announcement, at: int | None) -> Told:
    return Told(announcement=found, acknowledged_at=None if at is None else instant_of(at))


def is_in_channel(desk: Desk, found: Announcement) -> bool:
    """Whether its message of record is out, or may be. Two queries, or none."""
    if not found.channel:
        return False
    with desk.program.ask() as connection:
        if announcement_rows.messages_out(connection, found.id, [channel_address(found.channel)]):
            return True
    return stays_in_channel(desk, found) is not None


def stays_in_channel(desk: Desk, found: Announcement) -> InChannel | None:
    """Why something may stand in its channel that no other text and no taking back changes. One query, or none."""
    if not found.channel:
        return None
    with desk.program.ask() as connection:
        at = epoch_seconds(desk.clock.now())
        trouble = announcement_troubles.channel_trouble(connection, found.id, now=at)
    return trouble if trouble is not None and trouble.may_stand else None
