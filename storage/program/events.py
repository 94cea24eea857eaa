"""Events of a program, what people say to them, and talks they sign up for. Nothing here is about anybody's support."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from storage.engine import WITHOUT_ROWID
from storage.program.base import ProgramBase


class EventRow(ProgramBase, table=True):
    """One event; instants are program time in epoch seconds, seats None where there is no limit.

    `version` rises with every change, `time_version` with those that people must hear of; `audience` is the query as
    JSON. `by_id` planned it, `host_id` hosts it.
    """

    __tablename__ = "event"
    __table_args__ = (Index("event_of_program", "program_id", "starts_at"), Index("event_by_start", "starts_at"))
    id: str = Field(primary_key=True)
    program_id: str
    by_id: str
    host_id: str
    status: str
    kind: str
    format: str
    title: str
    text: str
    site: str
    place: str
    link: str
    audience: str
    starts_at: int = Field(sa_type=BigInteger)
    ends_at: int = Field(sa_type=BigInteger)
    closes_at: int | None = Field(default=None, sa_type=BigInteger)
    room_seats: int | None = None
    remote_seats: int | None = None
    has_waitlist: bool
    talk_slots: int
    talk_minutes: int
    version: int
    time_version: int
    changed_at: int = Field(sa_type=BigInteger)
    reason: str = ""


class EventGuestRow(ProgramBase, table=True):
    """What somebody has said to an event, what they wait for, and whether they were there; see `domain.event_answers`.

    `said_at` and `came_at` are program time in epoch seconds.
    """

    __tablename__ = "event_guest"
    __table_args__ = (Index("event_of_guest", "person_id", "event_id"), WITHOUT_ROWID)
    event_id: str = Field(primary_key=True)
    person_id: str = Field(primary_key=True)
    program_id: str
    said: str = ""
    way: str = ""
    waits_for: str = ""
    line_no: int = 0
    said_at: int = Field(default=0, sa_type=BigInteger)
    came_way: str = ""
    came_by: str = ""
    came_at: int = Field(default=0, sa_type=BigInteger)
    has_file: bool = False


class EventTalkRow(ProgramBase, table=True):
    """A talk that somebody signed up for; `place_no` is its place in the order."""

    __tablename__ = "event_talk"
    __table_args__ = WITHOUT_ROWID
    event_id: str = Field(primary_key=True)
    person_id: str = Field(primary_key=True)
    program_id: str
    title: str
    place_no: int
    signed_at: int = Field(sa_type=BigInteger)
