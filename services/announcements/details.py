"""One announcement whole, for staff: who has not had it, who has not acknowledged it, and what can be done."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from domain.announcements import InChannel, State
from domain.people import Person, Role
from domain.times import epoch_seconds, instant_of
from services.announcements.facts import Announcement, of_staff
from services.announcements.look import Line, lines_of
from services.announcements.missing import hides_names, still
from services.announcements.reach import hours_of
from services.announcements.send import may_go_as_important
from services.announcements.writers import own_of
from services.audit import Trail, trail
from services.desk import Desk
from storage.program import announcement_missing_queries as missing_queries
from storage.program import announcement_queries, announcement_rows, announcement_troubles, people_queries
from storage.program.announcement_missing_queries import Still

NAMED = 1_000
"""So many people of a kind are looked up by name: more than a modal holds. Of the others there is a number."""


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingReader:
    """Somebody who has not acknowledged it, and when they were last written to about it, with which rung.

    Nobody waits for who is not `is_here` any more.
    """

    name: str
    told_at: datetime | None
    rung: str = ""
    is_here: bool = True


@dataclass(frozen=True, slots=True)
class Missing:
    """Who has not acknowledged it, the first of them by name, and how many there are; who has left is among them."""

    readers: tuple[MissingReader, ...] = ()
    number: int = 0


@dataclass(frozen=True, slots=True)
class Names:
    """The first of some people by name, and how many there are."""

    names: tuple[str, ...] = ()
    number: int = 0


_NONE_MISSING, _NOBODY = Missing(), Names()


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """One of them whole. `had` is how many people had it, wherever; `reached` is hours by percent of its readers.

    `unreached` had no Slack account in use when it was sent and have not had it since; `unserved` had not had it when
    it was over, and should have still. These and `missing` are empty when it is another one's private list, whose owner
    alone may see who is on it. `done_meanwhile` have not acknowledged it and need not any more: it is done, or not
    theirs to do. `in_channel` is what is wrong with its message of record.
    """

    line: Line
    author: str
    approver: str
    had: int
    reached: Mapping[int, float | None]
    is_private: bool
    may_answer: bool
    may_go_as_important: bool = False
    is_over: bool = False
    done_meanwhile: int = 0
    missing: Missing = _NONE_MISSING
    unreached: Names = _NOBODY
    unserved: Names = _NOBODY
    in_channel: InChannel | None = None


def details(desk: Desk, staff: Person, announcement_id: str) -> Details:
    """One of them for a member of staff. Fourteen queries at most, however many readers. Raises `NotFound`."""
    with desk.program.read() as connection:
        found = of_staff(announcement_queries.one(connection, announcement_id), staff)
        line = lines_of(desk, connection, [found])[found.id]
        is_private = hides_names(connection, found, staff)
        author, approver = _names(connection, found)
        who = still(desk, connection, found)
        missing, done_meanwhile = _missing(connection, found, who)
        return Details(
            line=line,
            author=author,
            approver=approver,
            had=announcement_rows.people_reached(connection, found.id),
            reached=hours_of(connection, line),
            is_private=is_private,
            may_answer=_may_answer(connection, found, staff),
            may_go_as_important=may_go_as_important(found, staff),
            is_over=found.is_over(desk.clock.now()),
            done_meanwhile=done_meanwhile,
            missing=_NONE_MISSING if is_private else missing,
            unreached=_NOBODY if is_private else _unreached(connection, found),
            unserved=_NOBODY if is_private else _unserved(desk, connection, found, who),
            in_channel=in_channel(desk, connection, found),
        )


def announcement_trail(desk: Desk, staff: Person, announcement_id: str, *, page: int = 0) -> Trail:
    """A page of who did what to one of them, newest first, for staff. Raises `NotFound`. Three queries.

    No reader is named in it, so that it may be read of another one's private list too.
    """
    with desk.program.ask() as connection:
        found = of_staff(announcement_queries.one(connection, announcement_id), staff)
    return trail(desk, staff, found.id, page=page)


def in_channel(desk: Desk, connection: Connection, found: Announcement) -> InChannel | None:
    """What is wrong with its message of record. One query, or none."""
    if not found.channel:
        return None
    return announcement_troubles.channel_trouble(connection, found.id, now=epoch_seconds(desk.clock.now()))


def _names(connection: Connection, found: Announcement) -> tuple[str, str]:
    """Of its author, and of who said yes or is to be asked."""
    approver_id = found.approved_by or found.approver_id
    names = people_queries.names_of(connection, {found.author_id, approver_id} - {""}, program_id=found.program_id)
    return names.get(found.author_id, ""), names.get(approver_id, "")


def _missing(connection: Connection, found: Announcement, who: Still) -> tuple[Missing, int]:
    """Who has not acknowledged it, and how many of the others need not any more."""
    if not found.needs_ack:
        return _NONE_MISSING, 0
    rows, number = missing_queries.missing(connection, found.id, who, at_most=NAMED)
    readers = tuple(
        MissingReader(
            name=each.name,
            told_at=None if each.told_at is None else instant_of(each.told_at),
            rung=each.rung,
            is_here=each.is_here,
        )
        for each in rows
    )
    return Missing(readers, number), missing_queries.number_done(connection, found.id, who) if who.behind else 0


def _unreached(connection: Connection, found: Announcement) -> Names:
    return _named(people_queries.named(connection, announcement_queries.unreached_by(found.id), at_most=NAMED))


def _unserved(desk: Desk, connection: Connection, found: Announcement, who: Still) -> Names:
    if found.state is not State.SENT or not found.is_over(desk.clock.now()):
        return _NOBODY
    return _named(people_queries.named(connection, missing_queries.unserved(found.id, who), at_most=NAMED))


def _named(found: tuple[list[str], int]) -> Names:
    names, number = found
    return Names(tuple(names), number)


def _may_answer(connection: Connection, found: Announcement, staff: Person) -> bool:
    may = found.state is State.WAITING and staff.has(Role.STAFF)
    return may and staff.id not in own_of(connection, found)
