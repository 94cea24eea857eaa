"""Statements about many sessions ahead at once: for the sweep after a roster change, and for the planner of reminders.

Never on behalf of a person.
"""

from collections.abc import Sequence

from sqlalchemy import Connection, func, select, update

from domain.booking import Booked
from storage.confidential.booking_rows import OPEN, booked_of, booking, columns, occupying


def future_of_program(connection: Connection, program_id: str, *, after: int) -> list[Booked]:
    """Every booking ahead that has its time, kept ones too, for the sweep after a roster change."""
    found = connection.execute(
        select(*columns).where(booking.c.program_id == program_id, occupying, booking.c.starts_at > after)
    )
    return [booked_of(row) for row in found]


def oldest_rosters(connection: Connection, *, after: int) -> dict[str, int]:
    """By program, the oldest version of the roster by which such a booking ahead was judged."""
    found = connection.execute(
        select(booking.c.program_id, func.min(booking.c.roster_version))
        .where(occupying, booking.c.starts_at > after)
        .group_by(booking.c.program_id)
    )
    return {str(program_id): int(version) for program_id, version in found}


def note_roster(connection: Connection, booking_ids: Sequence[str], version: int) -> None:
    """Note that these bookings were judged by a version of the roster; one judged by a newer one keeps that."""
    connection.execute(
        update(booking)
        .where(booking.c.id.in_(booking_ids), booking.c.roster_version < version)
        .values(roster_version=version)
    )


def starting_between(connection: Connection, since: int, until: int) -> list[Booked]:
    """Sessions that start after one instant and not after another, for the planner of reminders: booked ones alone."""
    found = connection.execute(
        select(*columns).where(booking.c.status == OPEN, booking.c.starts_at > since, booking.c.starts_at <= until)
    )
    return [booked_of(row) for row in found]
