"""The address of somebody's calendar is as good as the calendar: sealed for its row, and opened to be read only."""

from sqlalchemy import Connection

from domain.people import Person
from domain.sealing import RecordClass, RecordIdentity
from services.desk import SupportDesk
from services.unsealing import unsealed
from storage.confidential.feed_queries import StoredFeed


def seal_address(desk: SupportDesk, connection: Connection, address: str, *, feed_id: str, staff: Person) -> bytes:
    """Seal it for the row with this id."""
    return desk.sealer.seal(connection, address, identity=_identity(feed_id, staff.id, staff.program_id))


def open_address(desk: SupportDesk, connection: Connection, feed: StoredFeed) -> str | None:
    """The address, for the reading of it and for showing its owner the host; None for a row that was touched."""
    return unsealed(desk, connection, feed.address, _identity(feed.id, feed.staff_id, feed.program_id))


def _identity(feed_id: str, staff_id: str, program_id: str) -> RecordIdentity:
    return RecordIdentity(
        program_id=program_id,
        domain="calendar.address",
        record_id=feed_id,
        scholar_id=staff_id,  # whose record it is; here somebody in support
        author_id=staff_id,
        record_class=RecordClass.CALENDAR,
        version=1,
    )
