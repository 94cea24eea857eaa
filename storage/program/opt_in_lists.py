"""Lists that people put themselves on, for announcements about one subject; who is on one only its owner may see."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from storage.engine import WITHOUT_ROWID
from storage.program.base import ProgramBase


class OptInList(ProgramBase, table=True):
    """One list. Its title and what it is about are for everybody; `closed_at` (epoch seconds) ends it."""

    __tablename__ = "opt_in_list"
    __table_args__ = (Index("opt_in_list_of_program", "program_id", "title"),)
    id: str = Field(primary_key=True)
    program_id: str
    owner_id: str
    title: str
    about: str
    created_at: int = Field(sa_type=BigInteger)
    closed_at: int | None = Field(default=None, sa_type=BigInteger)


class OptIn(ProgramBase, table=True):
    """Somebody who is on a list by their own press; leaving deletes the row."""

    __tablename__ = "opt_in"
    __table_args__ = (Index("opt_in_of_person", "person_id"), WITHOUT_ROWID)
    list_id: str = Field(primary_key=True)
    person_id: str = Field(primary_key=True)
    program_id: str
    joined_at: int = Field(sa_type=BigInteger)
