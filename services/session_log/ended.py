"""Sessions whose time is over: how they are found, and held while something is said of them."""

from datetime import timedelta

from sqlalchemy import Connection

from domain.booking import Booked
from domain.errors import NotFound
from domain.people import Person, Role
from domain.session_log import RATED_KINDS
from domain.times import epoch_seconds
from services.desk import SupportDesk
from services.sessions.own import own_session
from storage.confidential import booking_queries
from storage.confidential.once import once
from storage.once import remember


def taken_session(desk: SupportDesk, connection: Connection, staff: Person, ref: str) -> Booked:
    """A session this person took. Raises `NotFound`, also for one in which they are the scholar."""
    booked = own_session(desk, connection, staff, ref)
    if booked.staff_id != staff.id:
        raise NotFound
    return booked


def attended_session(desk: SupportDesk, connection: Connection, scholar: Person, ref: str) -> Booked:
    """A session this person booked and is asked about.

    Raises `NotFound`, also for one that they took, once they are no scholar, and for what they booked as a mentor.
    """
    booked = own_session(desk, connection, scholar, ref)
    if booked.scholar_id != scholar.id or not scholar.has(Role.SCHOLAR) or booked.kind not in RATED_KINDS:
        raise NotFound
    return booked


def lock_session(desk: SupportDesk, connection: Connection, person: Person, ref: str) -> None:
    """Let nobody else say anything about the session, or change it, until the transaction ends.

    It is looked up first, since the lock goes by its id. Raises `NotFound`.
    """
    found = booking_queries.booking_of(connection, ref, person.id)
    if found is None:
        raise NotFound
    desk.store.lock(connection, found.id)


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
