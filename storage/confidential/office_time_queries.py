"""Statements about the time that office hours take of those who help: cells, like those of any session."""

from collections.abc import Collection

from sqlalchemy import Connection, delete, insert, select, update
from sqlalchemy.exc import IntegrityError

from domain.cells import CELL_SECONDS, cells
from domain.intervals import Interval
from domain.office_hours import Helping
from storage.confidential.bookings import OccupiedCell
from storage.confidential.cell_queries import CellTaken
from storage.confidential.office_hours import OfficeHelper, OfficeHoursRow
from storage.engine import table_of

_cell, _helper, _office = table_of(OccupiedCell), table_of(OfficeHelper), table_of(OfficeHoursRow)
_helping = (
    *(_helper.c[name] for name in ("office_id", "ref", "busy_from", "busy_to")),
    _office.c.starts_at,
    _office.c.ends_at,
)


def occupy(connection: Connection, office_id: str, helper_id: str, busy: Interval) -> None:
    """Take the cells of who helps in a sitting, in place of those that it had of them. Raises `CellTaken`.

    Ascending, so that two writers cannot deadlock.
    """
    _vacate(connection, office_id, helper_id, from_cell=0)
    rows = [{"resource_id": helper_id, "cell": cell, "booking_id": office_id} for cell in cells(*busy)]
    try:
        if rows:
            connection.execute(insert(_cell), rows)
    except IntegrityError:
        raise CellTaken from None


def give_back(connection: Connection, office_id: str, helper_ids: Collection[str] = (), *, at: int) -> None:
    """Free what a sitting takes from the cell of an instant (epoch seconds) on; of all who help there unless told."""
    # The cell that has begun is freed too: no session can begin in it any more, but other office hours can.
    first_free = at // CELL_SECONDS * CELL_SECONDS
    ahead = select(_helper.c.helper_id, _helper.c.busy_from).where(
        _helper.c.office_id == office_id, _helper.c.busy_to > first_free
    )
    for helper_id, busy_from in connection.execute(ahead).all():
        if helper_ids and helper_id not in helper_ids:
            continue
        own = (_helper.c.office_id == office_id, _helper.c.helper_id == helper_id)
        connection.execute(update(_helper).where(*own).values(busy_to=max(busy_from, first_free)))
        _vacate(connection, office_id, helper_id, from_cell=first_free // CELL_SECONDS)


def helping_ahead(connection: Connection, helper_id: str, *, after: int) -> list[Helping]:
    """What office hours take of somebody's time later than an instant, those that are open included; soonest first."""
    found = (
        select(*_helping)
        .join_from(_helper, _office, _office.c.id == _helper.c.office_id)
        .where(_helper.c.helper_id == helper_id, _helper.c.busy_to > after, _helper.c.busy_from < _helper.c.busy_to)
        .where(_helper.c.left_at.is_(None), _office.c.closed_at.is_(None))
    )
    return [Helping(**row._asdict()) for row in connection.execute(found.order_by(_helper.c.busy_from))]


def _vacate(connection: Connection, office_id: str, helper_id: str, *, from_cell: int) -> None:
    connection.execute(
        delete(_cell).where(
            _cell.c.resource_id == helper_id, _cell.c.cell >= from_cell, _cell.c.booking_id == office_id
        )
    )
