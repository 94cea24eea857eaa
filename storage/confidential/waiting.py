"""The table of those who wait for a time to come free."""

from sqlalchemy import BigInteger, Index, UniqueConstraint
from sqlmodel import Field

from storage.confidential.base import ConfidentialBase


class Waiting(ConfidentialBase, table=True):
    """A scholar waits for a session of a kind, with one staff member or ("") with anyone. Gone once it is over.

    `from_day` and `until_day` are ISO dates on the scholar's own clock, "" for no limit. `place` orders the line;
    `booking_id` is the time that is kept for them, None while there is none. Until `rests_until` (epoch seconds) they
    are offered only what others give up.
    """

    __tablename__ = "waiting"
    __table_args__ = (
        UniqueConstraint("scholar_id", "kind", "staff_id"),
        Index("waiting_in_line", "program_id", "kind", "place"),
    )
    id: str = Field(primary_key=True)
    program_id: str
    scholar_id: str
    kind: str
    staff_id: str
    from_day: str
    until_day: str
    place: int = Field(sa_type=BigInteger)
    booking_id: str | None = Field(default=None, index=True)
    rests_until: int = Field(sa_type=BigInteger)
    joined_at: int = Field(sa_type=BigInteger)
