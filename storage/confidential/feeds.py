"""Somebody's own calendars outside, and when they are taken by them: nothing else of what is in them is kept."""

from sqlalchemy import BigInteger, Index, LargeBinary
from sqlmodel import Field

from storage.confidential.base import ConfidentialBase
from storage.engine import WITHOUT_ROWID


class CalendarFeed(ConfidentialBase, table=True):
    """One calendar of somebody in support. `address` is sealed: who has it can read the calendar.

    A row is for one address; another one is another row. Program time in epoch seconds: `set_at`, `read_at` (0 for not
    yet), `due_at` (when to read next), `known_until` (how far the rows of `outside_busy` reach). `lease_until` is real
    time in milliseconds, `claim` rises with each reading. `etag` and `modified` are the other side's words for what was
    read.
    """

    __tablename__ = "calendar_feed"
    __table_args__ = (Index("calendar_feed_due", "due_at"),)
    id: str = Field(primary_key=True)
    program_id: str
    staff_id: str = Field(index=True)
    address: bytes = Field(sa_type=LargeBinary)
    state: str
    set_at: int = Field(sa_type=BigInteger)
    read_at: int = Field(sa_type=BigInteger)
    due_at: int = Field(sa_type=BigInteger)
    known_until: int = Field(sa_type=BigInteger)
    failures: int
    skipped: int
    etag: str
    modified: str
    claim: int
    lease_until: int = Field(sa_type=BigInteger)


class OutsideBusy(ConfidentialBase, table=True):
    """A stretch of whole cells that somebody is taken by their own calendar, in epoch seconds, half-open.

    Those of one calendar lie apart.
    """

    __tablename__ = "outside_busy"
    __table_args__ = WITHOUT_ROWID
    staff_id: str = Field(primary_key=True)
    starts_at: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    feed_id: str = Field(primary_key=True)
    ends_at: int = Field(sa_type=BigInteger)
    program_id: str
