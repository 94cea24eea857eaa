"""What all replicas share to keep Slack's limits, and the sign that somebody dispatches. No row names a person."""

from sqlalchemy import BigInteger
from sqlmodel import Field

from storage.program.base import ProgramBase


class Pace(ProgramBase, table=True):
    """The token bucket and the 429 bar of one Slack method in one workspace. All instants are real milliseconds.

    `spent_until` is the instant at which the bucket is full again (the "theoretical arrival time" of the generic cell
    rate algorithm, ITU-T I.371), so one number holds both the level and when it was measured.
    """

    __tablename__ = "pace"
    workspace: str = Field(primary_key=True)
    method: str = Field(primary_key=True)
    spent_until: int = Field(default=0, sa_type=BigInteger)
    barred_until: int = Field(default=0, sa_type=BigInteger)


class Heartbeat(ProgramBase, table=True):
    """When any replica last finished a cycle (real milliseconds), and what keeps it from sending, if anything does."""

    __tablename__ = "heartbeat"
    workspace: str = Field(primary_key=True)
    at: int = Field(sa_type=BigInteger)
    trouble: str = ""
