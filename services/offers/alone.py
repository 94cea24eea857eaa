"""What somebody's times are by themselves, whoever the scholar: their hours, and what is taken of them."""

from dataclasses import replace

from sqlalchemy import Connection

from domain.kinds import SessionKind
from domain.people import Person
from domain.slots import StaffTime
from services.desk import SupportDesk
from services.offers.availability import availability


def staff_alone(
    desk: SupportDesk, connection: Connection, kind: SessionKind, staff: Person, *, first: int, last: int
) -> StaffTime:
    """The staff member between two instants (epoch seconds), until their own last day. Two queries."""
    found = availability(desk, connection, kind, staff=[staff], scholar=staff, first=first, last=last)
    return replace(found.staff[0], until=desk.taking(staff).until(kind, staff))
