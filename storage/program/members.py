"""The local copy of the workspace's accounts. It belongs to the workspace, not to a program."""

from sqlalchemy import BigInteger
from sqlmodel import Field

from storage.program.base import ProgramBase


class Member(ProgramBase, table=True):
    """One Slack account, as Slack last told it; the e-mail address as `domain.people.email_key` has it.

    `zone` is "" when Slack names none that we know. `seen_at` is when Slack said so, in real time in epoch
    milliseconds; of a listing it is the moment the listing began, so that it never overrules an event that came later.
    """

    __tablename__ = "member"
    slack_user_id: str = Field(primary_key=True)
    team_id: str
    email: str | None = Field(default=None, index=True)
    name: str
    zone: str
    is_deleted: bool
    is_bot: bool
    is_guest: bool
    is_stranger: bool
    updated: int = Field(sa_type=BigInteger)
    seen_at: int = Field(sa_type=BigInteger)


class MemberTable(ProgramBase, table=True):
    """When the whole table was last read from Slack (real time, epoch seconds)."""

    __tablename__ = "member_table"
    team_id: str = Field(primary_key=True)
    refreshed_at: int = Field(sa_type=BigInteger)
