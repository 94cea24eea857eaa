"""A reader acknowledges an announcement: it stops the ladder of that person, and of nobody else."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from domain.announcements import NotForYou, State
from domain.people import Person
from domain.times import epoch_seconds, instant_of
from services.announcements.deliveries import put, rewrite
from services.announcements.facts import Announcement, announcement_of
from services.desk import Desk
from storage.program import announcement_queries, announcement_rows


@dataclass(frozen=True, slots=True, kw_only=True)
class Acknowledged:
    """When somebody acknowledged it, and whether that was before this press."""

    announcement: Announcement
    at: datetime
    was_before: bool


def acknowledge(
    desk: Desk, person: Person, announcement_id: str, *, pressed: tuple[str, str] = ("", "")
) -> Acknowledged:
    """Note that this reader has read it. Once more is the same. Raises `NotForYou` for who it was not for.

    All other messages that they have of it stop asking; the one that was `pressed`, by Slack's channel and ts, is
    changed by who answers the press.

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
        if is_new and row.state == State.SENT:
            _change_others(desk, connection, announcement_of(row), person, pressed, now)
        return Acknowledged(announcement=announcement_of(row), at=instant_of(at), was_before=not is_new)


def _change_others(
    desk: Desk, connection: Connection, found: Announcement, person: Person, pressed: tuple[str, str], now: datetime
) -> None:
    out = announcement_rows.messages_out(connection, found.id, [person.id], but_not=pressed)
    version = found.text_version
    put(desk, connection, [rewrite(found, each, after=key, version=version, at=now, why="read") for key, each in out])
