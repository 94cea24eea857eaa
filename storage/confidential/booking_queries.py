"""Statements about bookings. Fetching and the right to see are one query: who may not see a booking finds nothing."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import (
    Connection,
    and_,
    bindparam,
    delete,
    func,
    insert,
    or_,
    select,
    union_all,
    update,
)
from sqlalchemy.exc import IntegrityError

from domain.booking import Booked, BookingStatus
from domain.cells import cells
from domain.kinds import LENGTH_MAX_MINUTES
from domain.times import END_OF_TIME, MINUTE_SECONDS
from storage.confidential.bookings import Booking, BookingChange, OccupiedCell
from storage.engine import table_of
from storage.prepared import Prepared

_booking = table_of(Booking)
_change = table_of(BookingChange)
_cell = table_of(OccupiedCell)
_OPEN = BookingStatus.BOOKED.value
_FIELDS = tuple(Booked.__dataclass_fields__)
_columns = [_booking.c[name] for name in _FIELDS]
_add_booking, _add_change, _add_cell = Prepared(insert(_booking)), Prepared(insert(_change)), Prepared(insert(_cell))
REACH_SECONDS = 2 * LENGTH_MAX_MINUTES * MINUTE_SECONDS
"""No session and buffer, which is as long at most, reach further from the start than this."""


class CellTaken(Exception):
    """A rival has taken a part of that time and committed first; the transaction can only be rolled back."""


class Busy(NamedTuple):
    """A stretch that is taken: of the staff member with buffers, of the scholar without. Epoch seconds, half-open."""

    booking_id: str
    staff_id: str
    scholar_id: str
    starts_at: int
    ends_at: int
    busy_from: int
    busy_to: int
    kind: str


_taken = select(
    _booking.c.id,
    _booking.c.staff_id,
    _booking.c.scholar_id,
    _booking.c.starts_at,
    _booking.c.ends_at,
    _booking.c.busy_from,
    _booking.c.busy_to,
    _booking.c.kind,
).where(
    _booking.c.status == _OPEN,
    _booking.c.busy_to > bindparam("first"),
    _booking.c.busy_from < bindparam("last"),
    # Implied by the two before; said so that an index finds these few however many sessions there ever were.
    _booking.c.starts_at > bindparam("earliest"),
    _booking.c.starts_at < bindparam("latest"),
)
_is_of_staff = _booking.c.staff_id.in_(bindparam("staff_ids", expanding=True))
_is_theirs_as_scholar = _booking.c.scholar_id.in_(bindparam("staff_ids", expanding=True))
_busy = Prepared(
    union_all(
        _taken.where(_is_of_staff),
        _taken.where(_is_theirs_as_scholar, ~_is_of_staff),
        _taken.where(
            or_(_booking.c.scholar_id == bindparam("scholar_id"), _booking.c.staff_id == bindparam("scholar_id")),
            ~_is_of_staff,
            ~_is_theirs_as_scholar,
        ),
    )
)


def busy(connection: Connection, *, staff_ids: Sequence[str], scholar_id: str, first: int, last: int) -> list[Busy]:
    """What is taken of these staff members and this scholar between two instants, whichever side of it they are on.

    One query.
    """
    who = {"staff_ids": list(staff_ids), "scholar_id": scholar_id}
    when = {"first": first, "last": last, "earliest": first - REACH_SECONDS, "latest": last + REACH_SECONDS}
    return [Busy._make(row) for row in _busy.rows(connection, who | when)]


def add_booking(connection: Connection, values: Mapping[str, Any]) -> None:
    """Insert a booking row."""
    _add_booking.run(connection, values)


def add_change(connection: Connection, values: Mapping[str, Any]) -> None:
    """Append one step to a booking's life."""
    _add_change.run(connection, values)


def occupy(connection: Connection, booked: Booked) -> None:
    """Take the cells of both: with buffers for the staff member, without for the scholar.

    Ascending, so that two writers cannot deadlock. Raises `CellTaken` for a rival's.
    """
    taken = [(booked.staff_id, cell) for cell in cells(booked.busy_from, booked.busy_to)]
    taken += [(booked.scholar_id, cell) for cell in cells(booked.starts_at, booked.ends_at)]
    rows = [{"resource_id": resource_id, "cell": cell, "booking_id": booked.id} for resource_id, cell in sorted(taken)]
    try:
        _add_cell.run_each(connection, rows)
    except IntegrityError:
        raise CellTaken from None


def vacate(connection: Connection, booked: Booked) -> None:
    """Give a booking's cells back, found by whose and when they are: one index less for each booking to write."""
    taken = cells(booked.busy_from, booked.busy_to)
    connection.execute(
        delete(_cell).where(
            _cell.c.resource_id.in_((booked.scholar_id, booked.staff_id)),
            _cell.c.cell.between(taken.start, taken.stop - 1),
            _cell.c.booking_id == booked.id,
        )
    )


def change_booking(connection: Connection, booked: Booked, values: Mapping[str, Any]) -> bool:
    """Change an open booking if nobody else has since it was read; False when somebody has."""
    guarded = (
        update(_booking)
        .where(_booking.c.id == booked.id, _booking.c.version == booked.version, _booking.c.status == _OPEN)
        .values(**values)
    )
    return connection.execute(guarded).rowcount == 1


_of_person = or_(_booking.c.scholar_id == bindparam("person_id"), _booking.c.staff_id == bindparam("person_id"))
_fetch = Prepared(
    select(*_columns).where(
        or_(
            and_(_booking.c.scholar_ref == bindparam("ref"), _booking.c.scholar_id == bindparam("person_id")),
            and_(_booking.c.staff_ref == bindparam("ref"), _booking.c.staff_id == bindparam("person_id")),
        )
    )
)
_fetch_any = Prepared(select(*_columns).where(_booking.c.id == bindparam("booking_id")))
_upcoming = Prepared(
    select(*_columns)
    .where(
        _of_person,
        _booking.c.status == _OPEN,
        _booking.c.ends_at > bindparam("after"),
        # What the indexes are ordered by. Without it every session somebody ever had would be looked at.
        _booking.c.starts_at > bindparam("since"),
        _booking.c.starts_at < bindparam("before"),
    )
    .order_by(_booking.c.starts_at)
    .limit(bindparam("at_most"))
)
_open_count = Prepared(
    select(func.count()).where(
        and_(
            _booking.c.scholar_id == bindparam("scholar_id"),
            _booking.c.status == _OPEN,
            _booking.c.starts_at > bindparam("after"),
            _booking.c.kind == bindparam("kind"),
        )
    )
)


def booking_of(connection: Connection, ref: str, person_id: str) -> Booked | None:
    """The booking that this person, its scholar or its staff member, knows by this reference."""
    row = _fetch.first(connection, {"ref": ref, "person_id": person_id})
    return None if row is None else _booked(row)


def booking_by_id(connection: Connection, booking_id: str) -> Booked | None:
    """The booking, for the system's own work (messages, sweeps); never on behalf of a person."""
    row = _fetch_any.first(connection, {"booking_id": booking_id})
    return None if row is None else _booked(row)


_step = select(_change.c.by_id, _change.c.reason).where(
    _change.c.booking_id == bindparam("booking_id"), _change.c.version == bindparam("version")
)


def last_change(connection: Connection, booked: Booked) -> tuple[str, bytes | None]:
    """Who brought the booking to its present version, and their sealed reason if they gave one."""
    row = connection.execute(_step, {"booking_id": booked.id, "version": booked.version}).one()
    return row.by_id, row.reason


def start_at_version(connection: Connection, booking_id: str, version: int) -> int | None:
    """When the booking was to start as of one of its versions, in epoch seconds."""
    asked = select(_change.c.starts_at).where(_change.c.booking_id == booking_id, _change.c.version == version)
    return connection.execute(asked).scalar()


def upcoming_of(
    connection: Connection, person_id: str, *, after: int, before: int = END_OF_TIME, at_most: int
) -> list[Booked]:
    """Open bookings of a scholar or staff member that end after one instant and begin before another, soonest first."""
    asked = {"person_id": person_id, "after": after, "since": after - REACH_SECONDS, "before": before}
    found = _upcoming.rows(connection, asked | {"at_most": at_most})
    return [_booked(row) for row in found]


def open_count(connection: Connection, scholar_id: str, kind: str, *, after: int) -> int:
    """How many bookings of a kind the scholar has ahead."""
    ((found,),) = _open_count.rows(connection, {"scholar_id": scholar_id, "kind": kind, "after": after})
    return int(found)


_load = Prepared(
    select(_booking.c.staff_id, func.sum(_booking.c.ends_at - _booking.c.starts_at))
    .where(
        _booking.c.staff_id.in_(bindparam("staff_ids", expanding=True)),
        _booking.c.status == _OPEN,
        _booking.c.starts_at >= bindparam("since"),
    )
    .group_by(_booking.c.staff_id)
)


def load_by_staff(connection: Connection, staff_ids: Sequence[str], *, since: int) -> dict[str, int]:
    """Seconds of sessions since an instant, booked ones ahead included, by staff member."""
    found = _load.rows(connection, {"staff_ids": list(staff_ids), "since": since})
    return {staff_id: int(total) for staff_id, total in found}


def future_of_program(connection: Connection, program_id: str, *, after: int) -> list[Booked]:
    """Every open booking ahead, for the sweep after a roster change."""
    found = connection.execute(
        select(*_columns).where(
            _booking.c.program_id == program_id, _booking.c.status == _OPEN, _booking.c.starts_at > after
        )
    )
    return [_booked(row) for row in found]


def oldest_rosters(connection: Connection, *, after: int) -> dict[str, int]:
    """By program, the oldest version of the roster by which an open booking ahead was judged."""
    found = connection.execute(
        select(_booking.c.program_id, func.min(_booking.c.roster_version))
        .where(_booking.c.status == _OPEN, _booking.c.starts_at > after)
        .group_by(_booking.c.program_id)
    )
    return {str(program_id): int(version) for program_id, version in found}


def note_roster(connection: Connection, booking_ids: Sequence[str], version: int) -> None:
    """Note that these bookings were judged by a version of the roster; one judged by a newer one keeps that."""
    connection.execute(
        update(_booking)
        .where(_booking.c.id.in_(booking_ids), _booking.c.roster_version < version)
        .values(roster_version=version)
    )


def starting_between(connection: Connection, since: int, until: int) -> list[Booked]:
    """Open bookings that start after one instant and not after another, for the planner of reminders."""
    found = connection.execute(
        select(*_columns).where(_booking.c.status == _OPEN, _booking.c.starts_at > since, _booking.c.starts_at <= until)
    )
    return [_booked(row) for row in found]


def _booked(row: Sequence[Any]) -> Booked:
    return Booked(**dict(zip(_FIELDS, row, strict=True)))
