"""A reader acknowledges an announcement: it stops the ladder of that person, and of nobody else."""

from dataclasses import dataclass
from datetime import datetime

from domain.announcements import NotForYou, State
from domain.people import Person
from domain.times import epoch_seconds, instant_of
from services.announcements.facts import Announcement, announcement_of
from services.desk import Desk
from storage.program import announcement_queries


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """When somebody acknowledged it, and whether that was before this press."""

    announcement: Announcement
    at: datetime
    was_before: bool


def acknowledge(desk: Desk, person: Person, announcement_id: str) -> Acknowledged:
    """Note that this reader has read it. Once more is the same. Raises `NotForYou` for who it was not for.

    One that was retracted, or has expired, can be acknowledged still: whoever presses has read it.
    """
    now = desk.clock.now()
    with desk.program.write() as connection:
        row = announcement_queries.one(connection, announcement_id)
        if row is None or row.program_id != person.program_id or row.state not in (State.SENT, State.RETRACTED):
            raise NotForYou
        is_new = announcement_queries.acknowledge(connection, row.id, person.id, at=epoch_seconds(now))
        is_reader, at = announcement_queries.acknowledged_at(connection, row.id, person.id)
        if not is_reader or at is None:
            raise NotForYou
        return Acknowledged(announcement=announcement_of(row), at=instant_of(at), was_before=not is_new)
