"""Bookings, the cells they occupy and the times a staff member has proposed."""

from sqlalchemy import BigInteger, Index, LargeBinary
from sqlmodel import Field

from storage.confidential.base import ConfidentialBase
from storage.engine import WITHOUT_ROWID


class Booking(ConfidentialBase, table=True):
    """One session between a scholar and a staff member in support.

    `version` rises with every change and guards it; `sequence` is the calendar file's. `topic` is sealed: focus areas
    and the scholar's private words. `busy_from` and `busy_to` include the buffers. All instants are epoch seconds.
    What Slack keeps carries `scholar_ref` or `staff_ref`, whoever it is for, and never `id`. `held_until` is until when
    a time that is held or asked for waits for somebody's word.
    """

    __tablename__ = "booking"
    __table_args__ = (
        Index("booking_of_staff", "staff_id", "status", "starts_at"),
        Index("booking_of_scholar", "scholar_id", "status", "starts_at"),
        Index("booking_ahead", "status", "starts_at"),
    )
    id: str = Field(primary_key=True)
    scholar_ref: str = Field(unique=True)
    staff_ref: str = Field(unique=True)
    program_id: str
    scholar_id: str
    staff_id: str
    kind: str
    status: str
    starts_at: int = Field(sa_type=BigInteger)
    ends_at: int = Field(sa_type=BigInteger)
    busy_from: int = Field(sa_type=BigInteger)
    busy_to: int = Field(sa_type=BigInteger)
    version: int
    sequence: int
    topic: bytes = Field(sa_type=LargeBinary)
    created_at: int = Field(sa_type=BigInteger)
    changed_at: int = Field(sa_type=BigInteger)
    roster_version: int
    held_until: int | None = Field(default=None, sa_type=BigInteger)
    series_id: str | None = Field(default=None, index=True)


class BookingChange(ConfidentialBase, table=True):
    """One step in the life of a booking, of a group session or of a part in one: who did it and, sealed, why.

    Append-only; `booking_id` is the id of whichever of them it is.
    """

    __tablename__ = "booking_change"
    __table_args__ = WITHOUT_ROWID
    booking_id: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    program_id: str
    what: str
    by_id: str
    at: int = Field(sa_type=BigInteger)
    starts_at: int = Field(sa_type=BigInteger)
    reason: bytes | None = Field(default=None, sa_type=LargeBinary)


class OccupiedCell(ConfidentialBase, table=True):
    """Five minutes of somebody's time. The primary key is what makes a time bookable once."""

    __tablename__ = "occupied_cell"
    __table_args__ = WITHOUT_ROWID
    resource_id: str = Field(primary_key=True)
    cell: int = Field(primary_key=True, sa_type=BigInteger, sa_column_kwargs={"autoincrement": False})
    booking_id: str


class Proposal(ConfidentialBase, table=True):
    """Times a staff member offers one scholar. Nothing is held; accepting books like any other booking.

    `starts` and `named` are JSON lists of epoch seconds: all the times, and those of them that the staff member wrote
    themselves, which need not lie in their hours. `last_start` is the latest of them: what an index can leave behind.

    The scholar's messages carry `id` and the staff member's `staff_ref`, so that nobody can join the two by what Slack
    keeps.
    """

    __tablename__ = "proposal"
    __table_args__ = (Index("proposal_of_staff", "staff_id", "status", "last_start"),)
    id: str = Field(primary_key=True)
    program_id: str
    staff_id: str
    staff_ref: str = Field(unique=True)
    scholar_id: str = Field(index=True)
    kind: str
    starts: str
    named: str
    last_start: int = Field(sa_type=BigInteger)
    status: str
    booking_id: str | None = None
    created_at: int = Field(sa_type=BigInteger)
