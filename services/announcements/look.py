"""What staff see of announcements: what is on the way, who has not acknowledged, how long it took."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from domain.announcements import State
from domain.delivery import Tier
from domain.people import Person, Role
from domain.times import instant_of
from services.announcements.facts import Announcement, announcement_of, of_staff
from services.announcements.send import may_go_as_important
from services.desk import Desk
from storage.program import announcement_queries, announcement_rows, opt_in_queries, people_queries

LISTED = 300
"""The latest changed so many of a program are looked at."""
REPORTED = 30
"""Of each tier, the newest so many count in the report."""
SHARES = (50, 90, 100)
"""Percent of the readers."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One in a list, with how many readers it has and how many of them have acknowledged it."""

    announcement: Announcement
    readers: int
    acknowledged: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Overview:
    """All that staff have to do with, by what is to be done; the latest changed first."""

    to_approve: tuple[Line, ...]
    waiting: tuple[Line, ...]
    drafts: tuple[Line, ...]
    planned: tuple[Line, ...]
    sent: tuple[Line, ...]
    templates: tuple[Line, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class MissingReader:
    """Somebody who has not acknowledged it, and when they were last written to about it."""

    name: str
    told_at: datetime | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Details:
    """One of them whole. `had` is how many people had it, wherever; `reached` is by share of readers.

    `missing` is empty when the list is another one's private list: its owner alone may see who is on it.
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


def overview(desk: Desk, staff: Person) -> Overview:
    """Everything at a glance for a member of staff. Two queries."""
    with desk.program.read() as connection:
        shown = [state for state in State if state not in (State.DISCARDED, State.APPLIED)]
        rows = announcement_queries.of_program(connection, staff.program_id, shown, at_most=LISTED)
        numbers = announcement_queries.acknowledgements(connection, [row.id for row in rows])
    lines = [
        Line(announcement=announcement_of(row), readers=all_, acknowledged=done)
        for row in rows
        for all_, done in [numbers.get(row.id, (row.readers, 0))]
    ]
    waiting = _in(lines, State.WAITING)
    mine = [line for line in waiting if _may_answer(line.announcement, staff)]
    return Overview(
        to_approve=tuple(mine),
        waiting=tuple(line for line in waiting if line not in mine),
        drafts=tuple(_in(lines, State.DRAFT)),
        planned=tuple(_in(lines, State.PLANNED)),
        sent=tuple(_in(lines, State.SENT, State.RETRACTED, State.EXPIRED)),
        templates=tuple(_in(lines, State.TEMPLATE)),
    )


def details(desk: Desk, staff: Person, announcement_id: str) -> Details:
    """One of them for a member of staff. Six queries, however many readers it has. Raises `NotFound`."""
    with desk.program.read() as connection:
        row = announcement_queries.one(connection, announcement_id)
        found = of_staff(row, staff)
        readers, done = announcement_queries.acknowledgements(connection, [found.id]).get(found.id, (found.readers, 0))
        is_private = bool(found.audience.secret_list) and not _owns(connection, found, staff)
        open_ = [] if is_private else announcement_rows.missing(connection, found.id)
        ids = [found.author_id, found.approved_by or found.approver_id, *(each.person_id for each in open_)]
        names = people_queries.names_of(connection, [each for each in ids if each], program_id=staff.program_id)
        instants = announcement_queries.acknowledgement_instants(connection, found.id)
        had = announcement_rows.people_reached(connection, found.id)
    missing = [
        MissingReader(
            name=names.get(each.person_id, ""), told_at=None if each.told_at is None else instant_of(each.told_at)
        )
        for each in open_
    ]
    return Details(
        line=Line(announcement=found, readers=readers, acknowledged=done),
        author=names.get(found.author_id, ""),
        approver=names.get(found.approved_by or found.approver_id, ""),
        had=had,
        missing=tuple(sorted(missing, key=lambda each: each.name)) if found.needs_ack else (),
        reached=_reached(found, readers, instants),
        is_private=is_private,
        may_answer=_may_answer(found, staff),
        may_go_as_important=may_go_as_important(found, staff),
    )


def hours_to_reach(desk: Desk, staff: Person) -> Mapping[Tier, Mapping[int, float | None]]:
    """By tier, how many hours it took until so many percent had acknowledged: the median over the newest ones.

    None where fewer than half of them got so far. For staff; as many queries as there are announcements, thirty at
    most of each tier.
    """
    with desk.program.read() as connection:
        rows = announcement_queries.of_program(connection, staff.program_id, [State.SENT], at_most=10 * REPORTED)
        asked = [announcement_of(row) for row in rows if row.needs_ack]
        numbers = announcement_queries.acknowledgements(connection, [each.id for each in asked])
        instants = announcement_queries.instants_of_each(connection, [each.id for each in asked])
    found: dict[Tier, list[Mapping[int, float | None]]] = {}
    for each in asked:
        readers = numbers.get(each.id, (0, 0))[0]
        if readers and len(found.setdefault(each.tier, [])) < REPORTED:
            found[each.tier].append(_reached(each, readers, instants.get(each.id, [])))
    return {tier: {share: _median([one[share] for one in ones]) for share in SHARES} for tier, ones in found.items()}


def _in(lines: Sequence[Line], *states: State) -> list[Line]:
    return [line for line in lines if line.announcement.state in states]


def _may_answer(found: Announcement, staff: Person) -> bool:
    own = (found.author_id, found.written_by)
    return found.state is State.WAITING and staff.has(Role.STAFF) and staff.id not in own


def _owns(connection: Connection, found: Announcement, staff: Person) -> bool:
    return opt_in_queries.owner_of(connection, found.audience.secret_list, program_id=found.program_id) == staff.id


def _reached(found: Announcement, readers: int, instants: Sequence[int]) -> dict[int, float | None]:
    """Hours until so many percent of the readers had acknowledged it, by nearest rank; None for never."""
    if found.sent_at is None or not readers:
        return dict.fromkeys(SHARES)
    began = found.sent_at.timestamp()
    ranks = {share: math.ceil(share * readers / 100) for share in SHARES}
    return {
        share: (instants[rank - 1] - began) / 3600 if 0 < rank <= len(instants) else None
        for share, rank in ranks.items()
    }


def _median(values: Sequence[float | None]) -> float | None:
    """The middle one, with what never came last; of an even number the later of the two."""
    ordered = sorted(math.inf if value is None else value for value in values)
    middle = ordered[len(ordered) // 2]
    return None if math.isinf(middle) else middle
