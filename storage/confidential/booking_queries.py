"""Statements about bookings. Fetching and the right to see are one query: who may not see a booking finds nothing."""

from collections.abc import Collection, Mapping
from typing import Any

from sqlalchemy import Connection, and_, bindparam, insert, or_, select, union_all, update

from domain.booking import Booked
from domain.times import END_OF_TIME
from storage.confidential.booking_rows import OPEN, REACH_SECONDS, booked_of, booking, columns
from storage.confidential.bookings import BookingChange
from storage.engine import table_of
from storage.prepared import Prepared

_change = table_of(BookingChange)
_add_booking, _add_change = Prepared(insert(booking)), Prepared(insert(_change))


def add_booking(connection: Connection, values: Mapping[str, Any]) -> None:
    """Insert a booking row."""
    _add_booking.run(connection, values)


def add_change(connection: Connection, values: Mapping[str, Any]) -> None:
    """Append one step to a booking's life."""
    _add_change.run(connection, values)


def change_booking(connection: Connection, booked: Booked, values: Mapping[str, Any]) -> bool:
    """Change a booking if it still is what it was when it was read; False when somebody else was quicker."""
    guarded = (
        update(booking)
        .where(booking.c.id == booked.id, booking.c.version == booked.version, booking.c.status == booked.status)
        .values(**values)
    )
    return connection.execute(guarded).rowcount == 1


_fetch = Prepared(
    select(*columns).where(
        or_(
            and_(booking.c.scholar_ref == bindparam("ref"), booking.c.scholar_id == bindparam("person_id")),
            and_(booking.c.staff_ref == bindparam("ref"), booking.c.staff_id == bindparam("person_id")),
        )
    )
)
_fetch_any = Prepared(select(*columns).where(booking.c.id == bindparam("booking_id")))
_is_scholar, _is_staff = (who == bindparam("person_id") for who in (booking.c.scholar_id, booking.c.staff_id))
_ahead = select(*columns).where(
    booking.c.status == OPEN,
    booking.c.ends_at > bindparam("after"),
    # What the indexes are ordered by. Without it every session somebody ever had would be looked at.
    booking.c.starts_at > bindparam("since"),
    booking.c.starts_at < bindparam("before"),
)
_upcoming = Prepared(
    # Each side has an index of its own; with "or" between them everybody's sessions would be looked at instead.
    union_all(_ahead.where(_is_scholar), _ahead.where(_is_staff, ~_is_scholar))
    .order_by(booking.c.starts_at.name)
    .limit(bindparam("at_most"))
)


def booking_of(connection: Connection, ref: str, person_id: str) -> Booked | None:
    """The booking that this person, its scholar or its staff member, knows by this reference."""
    row = _fetch.first(connection, {"ref": ref, "person_id": person_id})
    return None if row is None else booked_of(row)


def booking_by_id(connection: Connection, booking_id: str) -> Booked | None:
    """The booking, for the system's own work (messages, sweeps); never on behalf of a person."""
    row = _fetch_any.first(connection, {"booking_id": booking_id})
    return None if row is None else booked_of(row)


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


def series_of(connection: Connection, series_id: str) -> list[Booked]:
    """The sessions of a series, canceled ones too, soonest first."""
    found = connection.execute(select(*columns).where(booking.c.series_id == series_id).order_by(booking.c.starts_at))
    return [booked_of(row) for row in found]


def series_starts(connection: Connection, series_ids: Collection[str]) -> dict[str, list[int]]:
    """When the sessions of each of these series are that still stand, over ones too, soonest first."""
    asked = select(booking.c.series_id, booking.c.starts_at).where(
        booking.c.series_id.in_(series_ids), booking.c.status == OPEN
    )
    starts: dict[str, list[int]] = {}
    for series_id, start in connection.execute(asked.order_by(booking.c.starts_at)):
        starts.setdefault(str(series_id), []).append(int(start))
    return starts


def series_id_of(connection: Connection, booking_id: str) -> str | None:
    """The series that a booking is of."""
    found = connection.execute(select(booking.c.series_id).where(booking.c.id == booking_id)).scalar()
    return None if found is None else str(found)


def upcoming_of(
    connection: Connection, person_id: str, *, after: int, before: int = END_OF_TIME, at_most: int
) -> list[Booked]:
    """Open bookings of a scholar or staff member that end after one instant and begin before another, soonest first."""
    asked = {"person_id": person_id, "after": after, "since": after - REACH_SECONDS, "before": before}
    found = _upcoming.rows(connection, asked | {"at_most": at_most})
    return [booked_of(row) for row in found]
