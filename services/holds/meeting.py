"""Whether the two of a kept time may meet then, asked anew by whoever makes a session of it."""

from sqlalchemy import Connection

from domain.booking import Booked
from domain.errors import NotFound
from domain.people import Person
from services.desk import SupportDesk
from storage.confidential import booking_queries


def locked(desk: SupportDesk, connection: Connection, person: Person, ref: str) -> Booked:
    """What the person knows by this reference, once nobody else can change it. Raises `NotFound`."""
    found = booking_queries.booking_of(connection, ref, person.id)
    if found is None:
        raise NotFound
    desk.store.lock(connection, found.scholar_id)
    desk.store.lock(connection, found.id)
    current = booking_queries.booking_of(connection, ref, person.id)
    if current is None:
        raise NotFound
    return current


def roster_if_they_may(desk: SupportDesk, kept: Booked) -> int | None:
    """The version of the roster by which the two may meet then; None when they may not, or will have gone."""
    scholar = desk.people.person(kept.scholar_id)
    if scholar is None:
        return None
    taking, kind = desk.taking(scholar), desk.kind(kept.kind, scholar)
    if not scholar.has(kind.booked_by):
        return None
    for staff in desk.takers(scholar, kind):
        if staff.id == kept.staff_id:
            until = min(taking.until(kind, staff), scholar.holds_until(kind.booked_by))
            return min(scholar.roster_version, staff.roster_version) if kept.ends_at <= until else None
    return None
