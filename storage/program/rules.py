"""The rules that staff of a program have set, every version of them."""

from sqlalchemy import BigInteger
from sqlmodel import Field

from storage.engine import WITHOUT_ROWID
from storage.program.base import ProgramBase


class RulesVersion(ProgramBase, table=True):
    """One version of a program's rules as a whole, in JSON; append-only. Version 0 is nowhere: it is the defaults.

    `at` is program time in epoch seconds, `by_id` the person who changed them. Nothing here is about a scholar.
    """

    __tablename__ = "rules_version"
    __table_args__ = WITHOUT_ROWID
    program_id: str = Field(primary_key=True)
    version: int = Field(primary_key=True)
    rules: str
    by_id: str
    at: int = Field(sa_type=BigInteger)
