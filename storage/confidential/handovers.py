"""Who took over a scholar from whom, what the scholar says of it, and everything that happened to it."""

from sqlalchemy import BigInteger, LargeBinary
from sqlmodel import Field

from storage.confidential.base import ConfidentialBase
from storage.engine import WITHOUT_ROWID


class Handover(ConfidentialBase, table=True):
    """A scholar goes from one person in support to another. `from_at` is the first instant of `from_day` (ISO).

    `current` is a key of scholar and role as long as this one is the last word on them, and NULL afterwards: being
    unique, it lets no two be open at once. `words` is sealed. Each of the three knows it by a reference of their own,
    and `id` never leaves the house. Instants are epoch seconds.
    """

    __tablename__ = "handover"
    id: str = Field(primary_key=True)
    program_id: str = Field(index=True)
    role: str
    scholar_id: str = Field(index=True)
    from_id: str = Field(index=True)
    to_id: str = Field(index=True)
    scholar_ref: str = Field(unique=True)
    from_ref: str = Field(unique=True)
    to_ref: str = Field(unique=True)
    from_day: str
    from_at: int = Field(sa_type=BigInteger)
    status: str
    consent: str
    version: int
    words: bytes = Field(sa_type=LargeBinary)
    created_at: int = Field(sa_type=BigInteger)
    current: str | None = Field(default=None, unique=True)


class HandoverStep(ConfidentialBase, table=True):
    """One step in the life of a handover, of its version or of a session (`booking_id`) in it. Append-only."""

    __tablename__ = "handover_step"
    __table_args__ = WITHOUT_ROWID
    handover_id: str = Field(primary_key=True)
    number: int = Field(primary_key=True)
    program_id: str
    what: str
    by_id: str
    at: int = Field(sa_type=BigInteger)
    booking_id: str | None = None
