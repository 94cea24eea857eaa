"""Why somebody asks for more time: the only thing about deadlines that is confidential."""

from sqlalchemy import BigInteger, LargeBinary
from sqlmodel import Field

from storage.confidential.base import ConfidentialBase
from storage.engine import WITHOUT_ROWID


class ExtensionReason(ConfidentialBase, table=True):
    """The sealed reason of one request, under its id, which is that of its row in the program store.

    Written before that row: one that was never followed by it is read by nobody. `at` is epoch seconds.
    """

    __tablename__ = "extension_reason"
    __table_args__ = WITHOUT_ROWID
    request_id: str = Field(primary_key=True)
    program_id: str
    deadline_id: str
    person_id: str
    reason: bytes = Field(sa_type=LargeBinary)
    at: int = Field(sa_type=BigInteger)
