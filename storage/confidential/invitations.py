"""Who has been offered a first session, and who does not want to be."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from storage.confidential.base import ConfidentialBase
from storage.engine import WITHOUT_ROWID


class Invitation(ConfidentialBase, table=True):
    """One friendly offer to a scholar who never booked: once, ever. `declined_at` says that they want no other.

    Instants are epoch seconds. That somebody has a row tells that they had no session by then, so it is kept here.
    """

    __tablename__ = "invitation"
    __table_args__ = (Index("invitation_of_program", "program_id", "invited_at"), WITHOUT_ROWID)
    scholar_id: str = Field(primary_key=True)
    program_id: str
    invited_at: int = Field(sa_type=BigInteger)
    declined_at: int | None = Field(default=None, sa_type=BigInteger)
