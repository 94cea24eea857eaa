"""Office hours: sittings, who helps in them, who waits in line, and peers who offered help."""

from sqlalchemy import BigInteger, Index, LargeBinary
from sqlmodel import Field

from storage.confidential.base import ConfidentialBase


class OfficeHoursRow(ConfidentialBase, table=True):
    """One sitting; it is open from its start to its end unless it was closed. Instants are epoch seconds."""

    __tablename__ = "office_hours"
    __table_args__ = (Index("office_hours_of_program", "program_id", "ends_at"),)
    id: str = Field(primary_key=True)
    program_id: str
    starts_at: int = Field(sa_type=BigInteger)
    ends_at: int = Field(sa_type=BigInteger)
    minutes: int
    topics: str
    created_by: str
    created_at: int = Field(sa_type=BigInteger)
    closed_at: int | None = Field(default=None, sa_type=BigInteger)
    is_begun: bool = False
    is_settled: bool = False


class OfficeHelper(ConfidentialBase, table=True):
    """Somebody who helps in a sitting, and where. `ref` is by what their own messages and buttons name it.

    `busy_from` and `busy_to` are what it takes of their time, in epoch seconds: the cells in between are theirs. What
    is given back is not in between any more, and nothing is when the two are the same.
    """

    __tablename__ = "office_helper"
    __table_args__ = (Index("office_helper_busy", "helper_id", "busy_to"),)
    office_id: str = Field(primary_key=True)
    helper_id: str = Field(primary_key=True)
    program_id: str
    ref: str = Field(unique=True)
    place_kind: str
    place_detail: str
    busy_from: int = Field(sa_type=BigInteger)
    busy_to: int = Field(sa_type=BigInteger)
    joined_at: int = Field(sa_type=BigInteger)
    left_at: int | None = Field(default=None, sa_type=BigInteger)


class OfficeEntry(ConfidentialBase, table=True):
    """Somebody's place in a line; `words` is sealed. Places are counted from `band` and `number`, never stored.

    `in_line` is the scholar's id as long as the entry is open and NULL afterwards, `taken_by` whoever is with them now,
    helper or peer: their unique keys are what keeps everybody in one line, and with one person, at a time.
    """

    __tablename__ = "office_entry"
    __table_args__ = (Index("office_entry_of_line", "office_id", "status"),)
    id: str = Field(primary_key=True)
    scholar_ref: str = Field(unique=True)
    office_id: str
    program_id: str
    scholar_id: str = Field(index=True)
    in_line: str | None = Field(default=None, unique=True)
    status: str
    band: int
    number: int
    misses: int = 0
    calls: int = 0
    version: int = 1
    is_told_next: bool = False
    words: bytes = Field(sa_type=LargeBinary)
    joined_at: int = Field(sa_type=BigInteger)
    taken_by: str | None = Field(default=None, unique=True)
    served_by: str | None = None
    taken_at: int | None = Field(default=None, sa_type=BigInteger)
    ended_at: int | None = Field(default=None, sa_type=BigInteger)


class OfficeTransfer(ConfidentialBase, table=True):
    """A suggestion that a peer helps somebody in line. The peer's messages carry `peer_ref`, nobody else's do."""

    __tablename__ = "office_transfer"
    __table_args__ = (Index("office_transfer_of_line", "office_id", "status"),)
    id: str = Field(primary_key=True)
    program_id: str
    office_id: str
    entry_id: str = Field(index=True)
    helper_id: str
    peer_id: str = Field(index=True)
    peer_ref: str = Field(unique=True)
    status: str
    asked_at: int = Field(sa_type=BigInteger)
    expires_at: int = Field(sa_type=BigInteger)


class PeerOffer(ConfidentialBase, table=True):
    """Topics on which a scholar offers help to others; withdrawing deletes the row."""

    __tablename__ = "peer_offer"
    person_id: str = Field(primary_key=True)
    program_id: str = Field(index=True)
    topics: str
    updated_at: int = Field(sa_type=BigInteger)
