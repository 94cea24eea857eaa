"""Statements about group sessions. Who may not know of one finds nothing: services ask by person wherever they can."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, bindparam, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from domain.booking import BookingStatus
from domain.cells import cells
from domain.groups import Group, GroupPart
from storage.confidential.booking_rows import REACH_SECONDS
from storage.confidential.bookings import OccupiedCell
from storage.confidential.cell_queries import CellTaken
from storage.confidential.group_sessions import GroupSession, Seat, SeatWait
from storage.confidential.part_rows import FIELDS as PART_FIELDS
from storage.confidential.part_rows import columns as part_columns
from storage.confidential.part_rows import part as _part
from storage.confidential.part_rows import part_of_row
from storage.engine import table_of
from storage.prepared import Prepared

_group, _cell = table_of(GroupSession), table_of(OccupiedCell)
_seat, _wait = table_of(Seat), table_of(SeatWait)
_OPEN = BookingStatus.BOOKED.value
_GROUP_FIELDS = tuple(Group.__dataclass_fields__)
_groups = select(*(_group.c[name] for name in _GROUP_FIELDS))
_parts = select(*part_columns)
_upcoming = Prepared(
    _parts.where(
        _part.c.person_id == bindparam("person_id"),
        _part.c.status == _OPEN,
        _part.c.ends_at > bindparam("after"),
        # Implied by the one before; said so that the index finds these few however many there ever were.
        _part.c.starts_at > bindparam("since"),
        _part.c.starts_at < bindparam("before"),
    )
    .order_by(_part.c.starts_at, _part.c.id)
    .limit(bindparam("at_most"))
)


def add_group(connection: Connection, group: Group) -> None:
    """Store a new session."""
    connection.execute(insert(_group), {name: getattr(group, name) for name in _GROUP_FIELDS})


def change_group(connection: Connection, before: Group, values: Mapping[str, Any]) -> bool:
    """Change an open session if nobody else has since it was read; False when somebody has."""
    guarded = (
        update(_group)
        .where(_group.c.id == before.id, _group.c.version == before.version, _group.c.status == _OPEN)
        .values(**values)
    )
    return connection.execute(guarded).rowcount == 1


def group_by_id(connection: Connection, group_id: str) -> Group | None:
    """The session, for the system's own work and behind its lock."""
    return next(iter(_found(connection, _group.c.id == group_id)), None)


def groups_by_id(connection: Connection, ids: Collection[str]) -> dict[str, Group]:
    """These sessions."""
    return {group.id: group for group in _found(connection, _group.c.id.in_(ids))} if ids else {}


def groups_ahead(connection: Connection, program_id: str, *, after: int) -> list[Group]:
    """Every open session of a program that starts after an instant, soonest first."""
    return _found(connection, _group.c.program_id == program_id, _group.c.status == _OPEN, _group.c.starts_at > after)


def part_of(connection: Connection, ref: str, person_id: str) -> GroupPart | None:
    """A person's part by their own reference."""
    return next(iter(_found_parts(connection, _part.c.ref == ref, _part.c.person_id == person_id)), None)


def part_by_id(connection: Connection, part_id: str) -> GroupPart | None:
    """A part, for the system's own messages; never on behalf of a person."""
    return next(iter(_found_parts(connection, _part.c.id == part_id)), None)


def part_in(connection: Connection, group_id: str, person_id: str) -> GroupPart | None:
    """A person's part in a session, taken or given back."""
    return next(iter(_found_parts(connection, _part.c.group_id == group_id, _part.c.person_id == person_id)), None)


def parts_in(connection: Connection, group_ids: Collection[str], person_id: str) -> list[GroupPart]:
    """A person's parts in these sessions, taken or given back."""
    return _found_parts(connection, _part.c.group_id.in_(group_ids), _part.c.person_id == person_id)


def open_parts(connection: Connection, group_id: str) -> list[GroupPart]:
    """Everybody who takes part in a session."""
    return _found_parts(connection, _part.c.group_id == group_id, _part.c.status == _OPEN)


def parts_ahead(connection: Connection, program_id: str, *, after: int) -> list[GroupPart]:
    """Every open part of a program that starts after an instant, for the sweep after a roster change."""
    return _found_parts(
        connection, _part.c.program_id == program_id, _part.c.status == _OPEN, _part.c.starts_at > after
    )


def parts_starting_between(connection: Connection, since: int, until: int) -> list[GroupPart]:
    """Open parts that start after one instant and not after another, for the planner of reminders."""
    return _found_parts(connection, _part.c.status == _OPEN, _part.c.starts_at > since, _part.c.starts_at <= until)


def parts_upcoming(connection: Connection, person_id: str, *, after: int, before: int, at_most: int) -> list[GroupPart]:
    """A person's open parts that end after one instant and begin before another, soonest first."""
    asked = {"person_id": person_id, "after": after, "since": after - REACH_SECONDS, "before": before}
    return [part_of_row(row) for row in _upcoming.rows(connection, asked | {"at_most": at_most})]


def add_part(connection: Connection, part: GroupPart) -> None:
    """Store somebody's first part in a session."""
    connection.execute(insert(_part), {name: getattr(part, name) for name in PART_FIELDS})


def change_part(connection: Connection, before: GroupPart, values: Mapping[str, Any]) -> bool:
    """Change a part if nobody else has since it was read; False when somebody has."""
    guarded = update(_part).where(_part.c.id == before.id, _part.c.version == before.version).values(**values)
    return connection.execute(guarded).rowcount == 1


def occupy_parts(connection: Connection, parts: Iterable[GroupPart]) -> None:
    """Take the cells of all of these. Ascending, so that two writers cannot deadlock. Raises `CellTaken`."""
    taken = sorted((part.person_id, cell, part.id) for part in parts for cell in cells(part.busy_from, part.busy_to))
    rows = [{"resource_id": who, "cell": cell, "booking_id": part_id} for who, cell, part_id in taken]
    try:
        connection.execute(insert(_cell), rows)
    except IntegrityError:
        raise CellTaken from None


def vacate_parts(connection: Connection, parts: Sequence[GroupPart]) -> None:
    """Give the cells of these parts of one session back."""
    if not parts:
        return
    spans = [cells(part.busy_from, part.busy_to) for part in parts]
    connection.execute(
        delete(_cell).where(
            _cell.c.resource_id.in_([part.person_id for part in parts]),
            _cell.c.cell.between(min(span.start for span in spans), max(span.stop for span in spans) - 1),
            _cell.c.booking_id.in_([part.id for part in parts]),
        )
    )


def busy_among(
    connection: Connection, person_ids: Collection[str], first: int, last: int, *, but_of: Collection[str] = ()
) -> frozenset[str]:
    """Those of these people of whom a cell of [first, last) epoch seconds is taken; not by sessions or parts given."""
    span = cells(first, last)
    found = select(_cell.c.resource_id).where(
        _cell.c.resource_id.in_(person_ids),
        _cell.c.cell.between(span.start, span.stop - 1),
        _cell.c.booking_id.not_in(but_of),
    )
    return frozenset(connection.execute(found.distinct()).scalars())


def seats_of(connection: Connection, group_id: str) -> dict[int, str]:
    """Who has which seat."""
    found = connection.execute(select(_seat.c.seat_no, _seat.c.person_id).where(_seat.c.group_id == group_id))
    return {int(row.seat_no): str(row.person_id) for row in found}


def taken_seats(connection: Connection, group_ids: Collection[str]) -> dict[str, int]:
    """How many seats of each session are taken."""
    counted = select(_seat.c.group_id, func.count()).where(_seat.c.group_id.in_(group_ids)).group_by(_seat.c.group_id)
    return {group_id: int(number) for group_id, number in connection.execute(counted)}


def add_seat(connection: Connection, group: Group, seat_no: int, person_id: str) -> None:
    """Take a seat. Raises SQLAlchemy's `IntegrityError` for one that somebody has, which the lock prevents."""
    row = {"group_id": group.id, "seat_no": seat_no, "program_id": group.program_id, "person_id": person_id}
    connection.execute(insert(_seat), row)


def drop_seat(connection: Connection, group_id: str, person_id: str) -> bool:
    """Give a seat back; False when the person had none."""
    gone = delete(_seat).where(_seat.c.group_id == group_id, _seat.c.person_id == person_id)
    return connection.execute(gone).rowcount == 1


def drop_seats(connection: Connection, group_id: str) -> None:
    """Nobody has a seat any more."""
    connection.execute(delete(_seat).where(_seat.c.group_id == group_id))


def renumber_seat(connection: Connection, group_id: str, *, old: int, new: int) -> None:
    """Put somebody on a seat that stays."""
    moved = update(_seat).where(_seat.c.group_id == group_id, _seat.c.seat_no == old).values(seat_no=new)
    connection.execute(moved)


def line_of(connection: Connection, group_id: str) -> list[str]:
    """Who waits for a seat, the first first."""
    found = select(_wait.c.person_id).where(_wait.c.group_id == group_id).order_by(_wait.c.number)
    return list(connection.execute(found).scalars())


def lines_of(connection: Connection, group_ids: Collection[str]) -> dict[str, list[str]]:
    """Who waits for each of these sessions, in no order."""
    found = connection.execute(select(_wait.c.group_id, _wait.c.person_id).where(_wait.c.group_id.in_(group_ids)))
    lines: dict[str, list[str]] = {}
    for group_id, person_id in found:
        lines.setdefault(group_id, []).append(person_id)
    return lines


def free_and_waited_for(connection: Connection, *, after: int) -> list[str]:
    """The open sessions ahead for which somebody waits though a seat is free."""
    taken = select(func.count()).where(_seat.c.group_id == _group.c.id).scalar_subquery()
    waited_for = select(_wait.c.group_id).where(_wait.c.group_id == _group.c.id).exists()
    found = select(_group.c.id).where(
        _group.c.status == _OPEN, _group.c.starts_at > after, waited_for, taken < _group.c.seats
    )
    return list(connection.execute(found.order_by(_group.c.id)).scalars())


def waits_of(connection: Connection, person_id: str) -> frozenset[str]:
    """For which sessions a person waits."""
    return frozenset(connection.execute(select(_wait.c.group_id).where(_wait.c.person_id == person_id)).scalars())


def add_wait(connection: Connection, group: Group, person_id: str, *, since: int) -> None:
    """Put somebody at the end of the line."""
    last = connection.execute(select(func.max(_wait.c.number)).where(_wait.c.group_id == group.id)).scalar() or 0
    row = {
        "group_id": group.id,
        "number": last + 1,
        "program_id": group.program_id,
        "person_id": person_id,
        "since": since,
    }
    connection.execute(insert(_wait), row)


def drop_wait(connection: Connection, group_id: str, person_id: str) -> bool:
    """Take somebody out of the line; False when they were not in it."""
    gone = delete(_wait).where(_wait.c.group_id == group_id, _wait.c.person_id == person_id)
    return connection.execute(gone).rowcount == 1


def ahead_of(connection: Connection, person_id: str, *, after: int) -> int:
    """How many group sessions a scholar has a seat in or waits for, of those that start after an instant."""
    of_open = (_group.c.status == _OPEN, _group.c.starts_at > after)
    seated = select(func.count()).select_from(_seat.join(_group, _group.c.id == _seat.c.group_id))
    waiting = select(func.count()).select_from(_wait.join(_group, _group.c.id == _wait.c.group_id))
    both = select(
        seated.where(_seat.c.person_id == person_id, *of_open).scalar_subquery()
        + waiting.where(_wait.c.person_id == person_id, *of_open).scalar_subquery()
    )
    return int(connection.execute(both).scalar_one())


def oldest_rosters(connection: Connection, *, after: int) -> dict[str, int]:
    """By program, the oldest version of the roster by which an open part ahead was judged."""
    found = connection.execute(
        select(_part.c.program_id, func.min(_part.c.roster_version))
        .where(_part.c.status == _OPEN, _part.c.starts_at > after)
        .group_by(_part.c.program_id)
    )
    return {str(program_id): int(version) for program_id, version in found}


def note_roster(connection: Connection, program_id: str, version: int, *, after: int) -> None:
    """Note that the open parts ahead were judged by a version of the roster; who was by a newer one keeps that."""
    connection.execute(
        update(_part)
        .where(
            _part.c.program_id == program_id,
            _part.c.status == _OPEN,
            _part.c.starts_at > after,
            _part.c.roster_version < version,
        )
        .values(roster_version=version)
    )


def _found(connection: Connection, *which: ColumnElement[bool]) -> list[Group]:
    rows = connection.execute(_groups.where(*which).order_by(_group.c.starts_at, _group.c.id))
    return [Group(**dict(zip(_GROUP_FIELDS, row, strict=True))) for row in rows]


def _found_parts(connection: Connection, *which: ColumnElement[bool]) -> list[GroupPart]:
    rows = connection.execute(_parts.where(*which).order_by(_part.c.starts_at, _part.c.id))
    return [part_of_row(row) for row in rows]
