"""Tables of the roster: programs, people, what they are when, and who may not meet whom."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from storage.program.base import ProgramBase


class Program(ProgramBase, table=True):
    """One program of the installation. `roster_version` rises with every import that changes something.

    `rules_version` is which of its rules are in force, 0 being the defaults.
    `swept_version` is the roster up to which sessions ahead have been rechecked, `swept_on` the UTC hour (ISO) when:
    memberships end by themselves, so every day is checked once.
    """

    __tablename__ = "program"
    id: str = Field(primary_key=True)
    name: str = Field(unique=True)
    roster_version: int = 0
    rules_version: int = 0
    swept_version: int = 0
    swept_on: str = ""


class RosterPerson(ProgramBase, table=True):
    """Somebody who is or was on the roster; never deleted. The e-mail address is as `domain.people.email_key` has it.

    `slack_user_id` is the account matched by e-mail, one person's only; it stays when either address changes later,
    and moves on only when the account is gone and another one has the address. `welcomed_at` is set with the one
    welcome, in epoch seconds.
    """

    __tablename__ = "person"
    __table_args__ = (
        Index("person_of_email", "program_id", "email", unique=True),
        Index("person_of_account", "program_id", "slack_user_id", unique=True),
    )
    id: str = Field(primary_key=True)
    program_id: str
    email: str = Field(index=True)
    name: str
    slack_user_id: str | None = Field(default=None, index=True)
    welcomed_at: int | None = Field(default=None, sa_type=BigInteger)


class Membership(ProgramBase, table=True):
    """What somebody is, from one local date to another, both inclusive (ISO dates in `zone`).

    `removed_at` (epoch seconds) ends it at once; rows stay as history. `mentor_id` is "" where there is none.
    """

    __tablename__ = "membership"
    __table_args__ = (Index("membership_of_role", "program_id", "role"),)
    id: str = Field(primary_key=True)
    program_id: str
    person_id: str = Field(index=True)
    cohort: str
    role: str
    stream: str
    mentor_id: str = Field(default="", index=True)
    phase: str
    site: str
    zone: str
    starts_on: str
    ends_on: str
    removed_at: int | None = Field(default=None, sa_type=BigInteger)


class Recusal(ProgramBase, table=True):
    """A pair who never meet in support, so that one may mentor or judge the other."""

    __tablename__ = "recusal"
    supporter_id: str = Field(primary_key=True)
    scholar_id: str = Field(primary_key=True)
    program_id: str
