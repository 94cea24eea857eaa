"""Who did what, when, to an announcement, a deadline or an event: append-only, in the transaction of the deed."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from storage.program.base import ProgramBase


class AuditEntry(ProgramBase, table=True):
    """One deed. `number` is the store's own and counts up in the order of writing, which within a second `at` does not.

    `at` is program time in epoch seconds; `by_id` a person id, or "" for what the bot does by itself.

    `about_id` is the person it concerns where there is one. `detail` holds ids, numbers and dates, never words that
    somebody wrote.
    """

    __tablename__ = "audit"
    __table_args__ = (Index("audit_of_object", "object_id", "number"),)
    number: int | None = Field(default=None, primary_key=True)
    program_id: str
    object_id: str
    at: int = Field(sa_type=BigInteger)
    by_id: str
    deed: str
    about_id: str = ""
    detail: str = ""
