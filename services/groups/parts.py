"""Somebody's part in a session begins, changes and ends: row, cells, messages, in the caller's transaction.

The caller holds the session's lock. All cells of one change are taken in one go, ascending.
"""

from collections.abc import Iterable, Sequence
from dataclasses import replace

from sqlalchemy import Connection

from domain.booking import CHANGING, BookingStatus, Change
from domain.groups import Group, GroupPart
from domain.people import Person
from domain.sides import side_of_part
from domain.times import epoch_seconds
from services.desk import SupportDesk
from services.groups.rules import ref_for
from services.groups.steps import add_step
from services.session_news.deliveries import cancel_reminders, enqueue_for_sides
from storage.confidential import group_queries

_CHANGING = ("is_host", *CHANGING)


def begin_part(
    desk: SupportDesk, connection: Connection, group: Group, person: Person, *, is_host: bool, by_id: str
) -> GroupPart:
    """Let somebody take part, for the first time or again. Raises `CellTaken` when a rival has taken their time."""
    before = group_queries.part_in(connection, group.id, person.id)
    fresh = _fresh(desk, group, person, is_host=is_host)
    if before is None:
        part = fresh
        group_queries.occupy_parts(connection, [part])
        group_queries.add_part(connection, part)
    else:
        part = replace(
            fresh,
            id=before.id,
            version=before.version + 1,
            sequence=before.sequence + 1,
            changed_at=max(fresh.changed_at, before.changed_at),
        )
        group_queries.occupy_parts(connection, [part])
        _store(connection, before, part)
    _tell(desk, connection, part, Change.BOOKED, by_id=by_id)
    return part


def end_part(desk: SupportDesk, connection: Connection, part: GroupPart, *, by_id: str) -> GroupPart:
    """It is off for this person; they are told, and their calendar is."""
    after = _changed(desk, replace(part, status=BookingStatus.CANCELED))
    group_queries.vacate_parts(connection, [part])
    _store(connection, part, after)
    cancel_reminders(connection, side_of_part(part))
    _tell(desk, connection, after, Change.CANCELED, by_id=by_id)
    return after


def move_parts(
    desk: SupportDesk,
    connection: Connection,
    group: Group,
    parts: Sequence[GroupPart],
    *,
    by_id: str,
    change: Change = Change.MOVED,
) -> None:
    """Everybody comes along to the group's new times; CHANGED is that it ends at another one. Raises `CellTaken`."""
    moved = [(part, _changed(desk, _timed(part, group))) for part in parts]
    group_queries.vacate_parts(connection, parts)
    group_queries.occupy_parts(connection, [after for _, after in moved])
    for before, after in moved:
        _store(connection, before, after)
        cancel_reminders(connection, side_of_part(before))
        _tell(desk, connection, after, change, by_id=by_id)


def persons_of(parts: Iterable[GroupPart]) -> tuple[str, ...]:
    """Whose parts these are."""
    return tuple(sorted({part.person_id for part in parts}))


def _fresh(desk: SupportDesk, group: Group, person: Person, *, is_host: bool) -> GroupPart:
    part = GroupPart(
        id=desk.ids.new(),
        group_id=group.id,
        program_id=group.program_id,
        person_id=person.id,
        ref=ref_for(group.id, person.id),
        is_host=is_host,
        status=BookingStatus.BOOKED,
        starts_at=0,
        ends_at=0,
        busy_from=0,
        busy_to=0,
        version=1,
        sequence=0,
        changed_at=epoch_seconds(desk.clock.now()),
        roster_version=person.roster_version,
    )
    return _timed(part, group)


def _timed(part: GroupPart, group: Group) -> GroupPart:
    """At the group's time. Buffers are the hosts' (policy H); of a scholar the session alone is busy."""
    busy = (group.busy_from, group.busy_to) if part.is_host else (group.starts_at, group.ends_at)
    return replace(part, starts_at=group.starts_at, ends_at=group.ends_at, busy_from=busy[0], busy_to=busy[1])


def _changed(desk: SupportDesk, part: GroupPart) -> GroupPart:
    return replace(
        part,
        version=part.version + 1,
        sequence=part.sequence + 1,
        changed_at=max(epoch_seconds(desk.clock.now()), part.changed_at),
    )


def _store(connection: Connection, before: GroupPart, after: GroupPart) -> None:
    if not group_queries.change_part(connection, before, {name: getattr(after, name) for name in _CHANGING}):
        raise RuntimeError("a part changed in spite of its session's lock")


def _tell(desk: SupportDesk, connection: Connection, part: GroupPart, change: Change, *, by_id: str) -> None:
    add_step(connection, part, change, by_id=by_id)
    enqueue_for_sides(connection, desk.ids, [side_of_part(part)], change, now=desk.clock.now())
