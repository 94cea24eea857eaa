"""What is written for many people some hundreds at a time, and how far it has come."""

from sqlalchemy import BigInteger
from sqlmodel import Field

from storage.program.base import ProgramBase


class PortionWork(ProgramBase, table=True):
    """Something about an announcement or a deadline that is still to be written; the row is gone when it is done.

    `step` says what, `number` is the text's version or the instant that it is about, and `after` the last person it was
    written for, in the order of their ids.
    """

    __tablename__ = "portion_work"
    subject: str = Field(primary_key=True)
    object_id: str = Field(primary_key=True)
    step: str = Field(primary_key=True)
    program_id: str
    number: int = Field(sa_type=BigInteger)
    after: str
