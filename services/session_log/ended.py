"""Sessions whose time is over: how they are found, and held while something is said of them."""

from datetime import timedelta

from sqlalchemy import Connection

from domain.booking import Booked
from domain.errors import NotFound
from domain.kinds import kind_of
from domain.people import Person, Role
from domain.session_log import RATED_KINDS
from domain.times import epoch_seconds
from services.desk import SupportDesk
from services.session_log.several import details_of_several, hosted_session, seat_session
from services.sessions.facts import SessionDetails
from services.sessions.own import details_in, own_session
from storage.confidential import booking_queries, group_queries
from storage.confidential.once import once
from storage.once import remember


def taken_session(desk: SupportDesk, connection: Connection, staff: Person, ref: str) -> Booked:
    """A session this person took or held. Raises `NotFound`, also for one in which they are the scholar."""
    if is_of_several(connection, staff, ref):
        return hosted_session(connection, staff, ref)
    booked = own_session(desk, connection, staff, ref)
    if booked.staff_id != staff.id:
        raise NotFound
    return booked


def attended_session(desk: SupportDesk, connection: Connection, scholar: Person, ref: str) -> Booked:
    """A session this person booked and is asked about, or their seat in one of several.

    Raises `NotFound`, also for one that they took, once they are no scholar, and for what they booked as a mentor.
    """
    if is_of_several(connection, scholar, ref):
        return seat_session(connection, scholar, ref)
    booked = own_session(desk, connection, scholar, ref)
    if booked.scholar_id != scholar.id or not scholar.has(Role.SCHOLAR) or booked.kind not in RATED_KINDS:
        raise NotFound
    return booked


def lock_session(desk: SupportDesk, connection: Connection, person: Person, ref: str) -> None:
    """Let nobody else say anything about the session, or change it, until the transaction ends.

    It is looked up first, since the lock goes by its id. Raises `NotFound`.
    """
    part = group_queries.part_of(connection, ref, person.id)
    if part is not None:
        desk.store.lock(connection, part.group_id)
        return
    found = booking_queries.booking_of(connection, ref, person.id)
    if found is None:
        raise NotFound
    desk.store.lock(connection, found.id)


def details_after(desk: SupportDesk, connection: Connection, person: Person, booked: Booked) -> SessionDetails:
    """What the forms say of the session, of two or of several."""
    details = details_of_several if kind_of(booked.kind).has_seats else details_in
    return details(desk, connection, person, booked)


def is_of_several(connection: Connection, person: Person, ref: str) -> bool:
    """Whether it is a group session that the person knows by this reference."""
    return group_queries.part_of(connection, ref, person.id) is not None


def now_of(desk: SupportDesk) -> int:
    """Program time in epoch seconds."""
    return epoch_seconds(desk.clock.now())


def since(desk: SupportDesk, span: timedelta) -> int:
    """The instant (epoch seconds) that lies so long ago."""
    return epoch_seconds(desk.clock.now() - span)


def remember_request(desk: SupportDesk, connection: Connection, key: str, booked: Booked) -> None:
    """Write the once-only key, in the transaction of what it did."""
    outcome = {"booking_id": booked.id}
    remember(connection, once, key, program_id=booked.program_id, outcome=outcome, at=desk.clock.now())
