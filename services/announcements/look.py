"""What staff see of announcements: what is on the way, who has not acknowledged, how long it took."""

import math
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from domain.announcements import State, Timing
from domain.delivery import Tier
from domain.people import Person, Role
from domain.times import instant_of
from services.announcements.facts import Announcement, announcement_of, of_staff
from services.announcements.missing import numbers_missing, still
from services.announcements.send import may_go_as_important
from services.announcements.writers import WRITING, own_of
from services.apart import Unread, legible
from services.desk import Desk
from storage.program import announcement_queries, announcement_rows, opt_in_queries, people_queries
from storage.program.announcement_missing_queries import missing as missing_of
from storage.program.announcement_missing_queries import number_done
from storage.program.announcement_queries import AnnouncementRow, Whose

LISTED = 12
"""Of each group so many stand on one page: all groups together stay within the hundred blocks of a modal."""
REPORTED = 30
"""Of each tier, the newest so many count in the report."""
SHARES = (50, 90, 100)
"""Percent of the readers."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingReader:
    """Somebody who has not acknowledged it, and when they were last written to about it, with which rung.

    Nobody waits for who is not `is_here` any more.
    """

    name: str
    told_at: datetime | None
    rung: str = ""
    is_here: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """One of them whole. `had` is how many people had it, wherever; `reached` is by share of readers.

    `missing` and `unreached`, who had no Slack account in use when it was sent and has not had it since, are empty when
    it is another one's private list: its owner alone may see who is on it. `done_meanwhile` have not acknowledged it
    and need not any more, as they have done what it is about.
    """

    line: Line
    author: str
    approver: str
    had: int
    missing: tuple[MissingReader, ...]
    reached: Mapping[int, float | None]
    is_private: bool
    may_answer: bool
    may_go_as_important: bool = False
    done_meanwhile: int = 0
    unreached: tuple[str, ...] = ()
    unserved: tuple[str, ...] = ()
    """The names of those who had not had it when it was over; as `missing`, nobody of another one's private list."""


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
        lines = _lines(desk, connection, [each for found, _ in read.values() for each in found])
    return Overview(
        **{name: tuple(lines[each.id] for each in found) for name, (found, _) in read.items()},
        unread=tuple(each for _, unread in read.values() for each in unread),
        page=page,
        has_more=any(len(rows) > LISTED for rows in groups.values()),
    )


def details(desk: Desk, staff: Person, announcement_id: str) -> Details:
    """One of them for a member of staff. Thirteen queries at most, however many readers. Raises `NotFound`."""
    with desk.program.read() as connection:
        row = announcement_queries.one(connection, announcement_id)
        found = of_staff(row, staff)
        line = _lines(desk, connection, [found])[found.id]
        is_private = bool(found.audience.secret_list) and not _owns(connection, found, staff)
        who = still(desk, connection, found)
        open_ = [] if is_private else missing_of(connection, found.id, who)
        done_meanwhile = number_done(connection, found.id, who) if who.behind else 0
        unserved = [] if is_private else _unserved(desk, connection, found)
        unreached = [] if is_private else announcement_queries.unreached_by(connection, found.id)
        ids = {found.author_id, found.approved_by or found.approver_id, *(each.person_id for each in open_)}
        ids |= {*unserved, *unreached}
        names = people_queries.names_of(connection, [each for each in ids if each], program_id=staff.program_id)
        reached = _seconds_to_reach(connection, [line])
        had = announcement_rows.people_reached(connection, found.id)
        may_answer = _may_answer(connection, found, staff)
    missing = [
        MissingReader(
            name=names.get(each.person_id, ""),
            told_at=None if each.told_at is None else instant_of(each.told_at),
            rung=each.rung,
            is_here=each.is_here,
        )
        for each in open_
    ]
    return Details(
        line=line,
        author=names.get(found.author_id, ""),
        approver=names.get(found.approved_by or found.approver_id, ""),
        had=had,
        missing=tuple(sorted(missing, key=lambda each: each.name)) if found.needs_ack else (),
        reached=_reached(line, reached),
        is_private=is_private,
        may_answer=may_answer,
        may_go_as_important=may_go_as_important(found, staff),
        done_meanwhile=done_meanwhile if found.needs_ack else 0,
        unreached=tuple(sorted(names.get(each, "") for each in unreached)),
        unserved=tuple(sorted(names.get(each, "") for each in unserved)),
    )


def hours_to_reach(desk: Desk, staff: Person) -> Mapping[Tier, Mapping[int, float | None]]:
    """By tier, how many hours it took until so many percent had acknowledged: the median over the newest ones.

    None where fewer than half of them got so far. For staff. Six queries at most, however many readers there were.
    """
    with desk.program.read() as connection:
        rows = announcement_queries.of_program(connection, staff.program_id, [State.SENT], at_most=10 * REPORTED)
        counted = [row for row in rows if row.needs_ack and row.readers]
        asked = _newest_of_each(legible("report announcement", counted, announcement_of)[0])
        lines = [line for line in _lines(desk, connection, asked).values() if line.readers]
        reached = _seconds_to_reach(connection, lines)
    found: dict[Tier, list[Mapping[int, float | None]]] = {}
    for each in lines:
        found.setdefault(each.announcement.tier, []).append(_reached(each, reached))
    return {tier: {share: _median([one[share] for one in ones]) for share in SHARES} for tier, ones in found.items()}


def _newest_of_each(asked: Sequence[Announcement]) -> list[Announcement]:
    return [each for tier in Tier for each in [one for one in asked if one.tier is tier][:REPORTED]]


def _lines(desk: Desk, connection: Connection, found: Sequence[Announcement]) -> dict[str, Line]:
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


def _may_answer(connection: Connection, found: Announcement, staff: Person) -> bool:
    may = found.state is State.WAITING and staff.has(Role.STAFF)
    return may and staff.id not in own_of(connection, found)


def _unserved(desk: Desk, connection: Connection, found: Announcement) -> list[str]:
    is_late = found.state is State.SENT and found.is_over(desk.clock.now())
    return announcement_rows.not_reached(connection, found.id) if is_late else []


def _owns(connection: Connection, found: Announcement, staff: Person) -> bool:
    return opt_in_queries.owner_of(connection, found.audience.secret_list, program_id=found.program_id) == staff.id


def _ranks(line: Line) -> list[tuple[str, int]]:
    """Which of its readers make up each share, by nearest rank; none for one without readers."""
    return [(line.announcement.id, _rank(line, share)) for share in SHARES if line.readers]


def _rank(line: Line, share: int) -> int:
    return math.ceil(share * line.readers / 100)


def _seconds_to_reach(connection: Connection, asked: Collection[Line]) -> dict[tuple[str, int], int]:
    """How long it took until the reader of each rank had acknowledged each of these; one query at most.

    Counted for each reader from when it was theirs to read: from the sending, or when they came later; of what goes
    out in each reader's morning from their first message.
    """
    in_mornings = {each.announcement.id for each in asked if each.announcement.plan.timing is Timing.MORNING}
    ranks = [rank for each in asked for rank in _ranks(each)]
    return announcement_rows.reached_after(connection, ranks, in_mornings=in_mornings)


def _reached(line: Line, reached: Mapping[tuple[str, int], int]) -> dict[int, float | None]:
    """Hours until so many percent of the readers had acknowledged it; None for never."""
    found = line.announcement
    if found.sent_at is None or not line.readers:
        return dict.fromkeys(SHARES)
    seconds = {share: reached.get((found.id, _rank(line, share))) for share in SHARES}
    return {share: None if it_took is None else it_took / 3600 for share, it_took in seconds.items()}


def _median(values: Sequence[float | None]) -> float | None:
    """The middle one, with what never came last; of an even number the later of the two."""
    ordered = sorted(math.inf if value is None else value for value in values)
    middle = ordered[len(ordered) // 2]
    return None if math.isinf(middle) else middle
