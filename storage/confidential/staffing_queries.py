"""Statements about who has set hours, over any number of staff at once."""

from collections.abc import Sequence

from sqlalchemy import Connection, select, union

from storage.confidential.hours import StaffOverride, StaffWindow
from storage.engine import table_of

_window = table_of(StaffWindow)
_override = table_of(StaffOverride)


def with_hours(connection: Connection, staff_ids: Sequence[str], *, since: str) -> set[str]:
    """Those of these staff who have a weekly window for scholars, or hours on a date from an ISO date on.

    A day off and a phase's empty week are none, and hours set aside for one kind are not for scholars.
    """
    weekly = select(_window.c.staff_id).where(
        _window.c.staff_id.in_(staff_ids), _window.c.purpose == "", _window.c.end_minute > 0
    )
    dated = select(_override.c.staff_id).where(
        _override.c.staff_id.in_(staff_ids), _override.c.local_date >= since, _override.c.end_minute > 0
    )
    return {str(staff_id) for (staff_id,) in connection.execute(union(weekly, dated))}
