"""Sessions for several scholars, everybody's part in them, their seats, and the line for a seat."""

from sqlalchemy import BigInteger, CheckConstraint, Index, LargeBinary, UniqueConstraint
from sqlmodel import Field

from storage.confidential.base import ConfidentialBase
from storage.engine import WITHOUT_ROWID


class GroupSession(ConfidentialBase, table=True):
    """One session that somebody in support holds for several scholars, perhaps with a colleague.

    `words` is sealed anew with each version: title, what it is about, where, and why it was changed. `busy_from` and
    `busy_to` include the buffers. All instants are epoch seconds. `id` never leaves the house.
    """

    __tablename__ = "group_session"
    __table_args__ = (Index("group_ahead", "program_id", "status", "starts_at"),)
    id: str = Field(primary_key=True)
    program_id: str
    kind: str
    host_id: str
    cohost_id: str | None = None
    status: str
    starts_at: int = Field(sa_type=BigInteger)
    ends_at: int = Field(sa_type=BigInteger)
    busy_from: int = Field(sa_type=BigInteger)
    busy_to: int = Field(sa_type=BigInteger)
    seats: int
    version: int
    words: bytes = Field(sa_type=LargeBinary)
    created_at: int = Field(sa_type=BigInteger)
    changed_at: int = Field(sa_type=BigInteger)


class GroupPart(ConfidentialBase, table=True):
    """What a group session is to one person: when it takes their time, and what their messages and calendar say.

    It outlives a seat that is given back, so that who takes one again keeps the entry in their calendar. `version`
    rises with every change of this part; `sequence` is the calendar file's. A host's busy time includes the buffers.
    """

    __tablename__ = "group_part"
    __table_args__ = (
        UniqueConstraint("group_id", "person_id"),
        Index("group_part_of_person", "person_id", "status", "starts_at"),
        Index("group_part_ahead", "status", "starts_at"),
    )
    id: str = Field(primary_key=True)
    group_id: str
    program_id: str
    person_id: str
    ref: str = Field(unique=True)
    is_host: bool
    status: str
    starts_at: int = Field(sa_type=BigInteger)
    ends_at: int = Field(sa_type=BigInteger)
    busy_from: int = Field(sa_type=BigInteger)
    busy_to: int = Field(sa_type=BigInteger)
    version: int
    sequence: int
    changed_at: int = Field(sa_type=BigInteger)
    roster_version: int


class Seat(ConfidentialBase, table=True):
    """A seat that is taken. The primary key is what keeps two from sitting on one."""

    __tablename__ = "seat"
    __table_args__ = (UniqueConstraint("group_id", "person_id"), CheckConstraint("seat_no > 0", name="seat_no_counts"))
    group_id: str = Field(primary_key=True)
    seat_no: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    program_id: str
    person_id: str


class SeatWait(ConfidentialBase, table=True):
    """Somebody who waits for a seat; the lowest number is the first in line."""

    __tablename__ = "seat_wait"
    __table_args__ = (UniqueConstraint("group_id", "person_id"), WITHOUT_ROWID)
    group_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True, sa_column_kwargs={"autoincrement": False})
    program_id: str
    person_id: str
    since: int = Field(sa_type=BigInteger)
