"""What staff see of announcements: what is to be done with which, and how far each has been read."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from domain.announcements import State
from domain.people import Person
from services.announcements.facts import Announcement, announcement_of
from services.announcements.missing import numbers_missing
from services.announcements.writers import WRITING
from services.apart import Unread, legible
from services.desk import Desk
from storage.program import announcement_queries
from storage.program.announcement_queries import AnnouncementRow, Whose

LISTED = 12
"""Of each group so many stand on one page: all groups together stay within the hundred blocks of a modal."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One in a list, with how many readers it has and how many of them have acknowledged it.

    Where it asks for that, readers are those who have and those who are still missing: all of them can.
    """

    announcement: Announcement
    readers: int
    acknowledged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """A page of all that staff have to do with, by what is to be done; of each group the latest changed first.

    `has_more` says that of one of the groups there are others.
    """

    to_approve: tuple[Line, ...]
    waiting: tuple[Line, ...]
    drafts: tuple[Line, ...]
    planned: tuple[Line, ...]
    sent: tuple[Line, ...]
    templates: tuple[Line, ...]
    unread: tuple[Unread, ...] = ()
    page: int = 0
    has_more: bool = False


def overview(desk: Desk, staff: Person, *, page: int = 0) -> Overview:
    """A page of everything for a member of staff. Nine queries, however many announcements and readers there are.

    One that cannot be read is named, and hides no other.
    """
    with desk.program.read() as connection:

        def group(*states: State, whose: Whose | None = None) -> list[AnnouncementRow]:
            return announcement_queries.of_program(
                connection, staff.program_id, states, at_most=LISTED + 1, but_first=page * LISTED, whose=whose
            )

        # In the order of the fields. Whoever sent or wrote in one gives no second yes to it.
        groups = {
            "to_approve": group(State.WAITING, whose=Whose(staff.id, is_own=False, deeds=WRITING)),
            "waiting": group(State.WAITING, whose=Whose(staff.id, is_own=True, deeds=WRITING)),
            "drafts": group(State.DRAFT),
            "planned": group(State.PLANNED),
            "sent": group(State.SENT, State.RETRACTED, State.EXPIRED),
            "templates": group(State.TEMPLATE),
        }
        read = {name: legible("show announcement", rows[:LISTED], announcement_of) for name, rows in groups.items()}
        lines = lines_of(desk, connection, [each for found, _ in read.values() for each in found])
    return Overview(
        **{name: tuple(lines[each.id] for each in found) for name, (found, _) in read.items()},
        unread=tuple(each for _, unread in read.values() for each in unread),
        page=page,
        has_more=any(len(rows) > LISTED for rows in groups.values()),
    )


def lines_of(desk: Desk, connection: Connection, found: Sequence[Announcement]) -> dict[str, Line]:
    """Each of these of one program by id, with its numbers. Three queries at most."""
    told = [each for each in found if each.readers]
    done = announcement_queries.acknowledged(connection, [each.id for each in told])
    missing = numbers_missing(desk, connection, [each for each in told if each.needs_ack])
    return {
        each.id: Line(
            announcement=each,
            readers=done.get(each.id, 0) + missing.get(each.id, 0) if each.needs_ack else each.readers,
            acknowledged=done.get(each.id, 0),
        )
        for each in found
    }
