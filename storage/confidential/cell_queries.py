"""Statements about cells of time: where two rivals meet, and one of them loses."""

from sqlalchemy import Connection, delete, insert
from sqlalchemy.exc import IntegrityError

from domain.booking import Booked
from domain.cells import cells
from storage.confidential.bookings import OccupiedCell
from storage.engine import table_of
from storage.prepared import Prepared

_cell = table_of(OccupiedCell)
_add_cell = Prepared(insert(_cell))


class CellTaken(Exception):
    """A rival has taken a part of that time and committed first; the transaction can only be rolled back."""


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
