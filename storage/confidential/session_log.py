"""What became of a session: its log and its scholar's answer. Versions are added, never changed."""

from sqlalchemy import BigInteger, LargeBinary
from sqlmodel import Field

from storage.confidential.base import ConfidentialBase


class SessionLog(ConfidentialBase, table=True):
    """One version of a session's log; the last one counts.

    `sealed` holds focus areas and next step, and is bound to the columns that are not sealed: what became of it, and
    when it really was (epoch seconds; neither for a session that did not happen). Statistics read those.
    """

    __tablename__ = "session_log"
    booking_id: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    program_id: str
    author_id: str
    outcome: str
    started_at: int | None = Field(default=None, sa_type=BigInteger)
    ended_at: int | None = Field(default=None, sa_type=BigInteger)
    sealed: bytes = Field(sa_type=LargeBinary)
    at: int = Field(sa_type=BigInteger)


class SessionRating(ConfidentialBase, table=True):
    """One version of a scholar's answer about a session; the last one counts.

    `score` is from 1 to 10 and goes into protected totals only. `sealed` holds the scholar's words, empty ones too, so
    that nobody can tell by looking who wrote something.
    """

    __tablename__ = "session_rating"
    booking_id: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    program_id: str
    score: int
    sealed: bytes = Field(sa_type=LargeBinary)
    at: int = Field(sa_type=BigInteger)
