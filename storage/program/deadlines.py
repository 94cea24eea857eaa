"""Deadlines, whom each is for and how far they are, and who has asked for more time. Why they ask is not here."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from storage.engine import WITHOUT_ROWID
from storage.program.base import ProgramBase


class DeadlineRecord(ProgramBase, table=True):
    """One deadline or draft of one; instants are program time in epoch seconds.

    `kind`, `zone`, `day` (ISO), `minute` and `is_second` say when it is due, as `domain.deadlines.Due` has it; `due_at`
    is the first instant at which it is due for anybody without an extension. `ladder` is the text of its reminders,
    `audience` the query as JSON. `version` rises with every change. `people` is how many it is for.
    `roster_version` and `looked_at` say which roster was last searched for late joiners, and when.
    """

    __tablename__ = "deadline"
    __table_args__ = (
        Index("deadline_of_program", "program_id", "state", "due_at"),
        Index("deadline_newcomers", "state", "takes_newcomers"),
    )
    id: str = Field(primary_key=True)
    program_id: str
    author_id: str
    state: str
    version: int
    title: str
    words: str
    link: str
    kind: str
    zone: str
    day: str
    minute: int
    is_second: bool | None = None
    due_at: int = Field(sa_type=BigInteger)
    ladder: str
    audience: str
    takes_newcomers: bool
    needs_proof: bool
    is_told: bool
    created_at: int = Field(sa_type=BigInteger)
    changed_at: int = Field(sa_type=BigInteger)
    closed_at: int | None = Field(default=None, sa_type=BigInteger)
    nudged_at: int | None = Field(default=None, sa_type=BigInteger)
    people: int = 0
    roster_version: int = 0
    looked_at: int = Field(default=0, sa_type=BigInteger)


class DeadlinePerson(ProgramBase, table=True):
    """Somebody a deadline is for: when it is due for them, whether they have met it, and when they are told next.

    `zone` is that of their site. `due_at` is the effective instant, later than the deadline's own for `is_extended`.
    `next_at` is when the next message of their ladder goes, None when none is ahead: it is how far they are planned.
    `news` is what they are told apart from the rungs, at `news_at`. `snoozed_until` is until when they hear nothing.
    A change leaves for each of them: `arms_from`, since when their ladder is to begin anew, None where it has; and
    `is_outdated`, whether the last message they have is to say what holds now.
    """

    __tablename__ = "deadline_person"
    __table_args__ = (
        Index("deadline_due_for", "person_id", "done_at", "due_at"),
        Index("deadline_not_met", "deadline_id", "done_at"),
        Index("deadline_next", "next_at"),
        WITHOUT_ROWID,
    )
    deadline_id: str = Field(primary_key=True)
    person_id: str = Field(primary_key=True)
    program_id: str
    zone: str
    added_at: int = Field(sa_type=BigInteger)
    due_at: int = Field(sa_type=BigInteger)
    is_extended: bool
    done_at: int | None = Field(default=None, sa_type=BigInteger)
    done_by: str
    proof: str
    next_at: int | None = Field(default=None, sa_type=BigInteger)
    news: str
    news_at: int = Field(sa_type=BigInteger)
    snoozed_until: int | None = Field(default=None, sa_type=BigInteger)
    snoozes: int
    arms_from: int | None = Field(default=None, sa_type=BigInteger)
    is_outdated: bool


class DeadlineLeft(ProgramBase, table=True):
    """What somebody had done about a deadline that is not for them any more, for when it is again.

    There is a row only for who had met it. Nobody is shown it, and nothing counts it.
    """

    __tablename__ = "deadline_left"
    __table_args__ = (WITHOUT_ROWID,)
    deadline_id: str = Field(primary_key=True)
    person_id: str = Field(primary_key=True)
    program_id: str
    done_at: int = Field(sa_type=BigInteger)
    done_by: str
    proof: str


class ExtensionRequest(ProgramBase, table=True):
    """Somebody asks for more time. `until_at` is what they wish, `granted_at` what they got.

    `current` is a key of deadline and person while it waits, and NULL afterwards: being unique, it lets nobody ask
    twice. `has_reason` says that there is one, sealed in the confidential store under this id. `answer` is a sentence
    of whoever refused it.
    """

    __tablename__ = "extension_request"
    __table_args__ = (
        Index("extension_of_deadline", "deadline_id", "person_id", "asked_at"),
        Index("extension_waiting", "program_id", "state"),
    )
    id: str = Field(primary_key=True)
    program_id: str
    deadline_id: str
    person_id: str
    asked_at: int = Field(sa_type=BigInteger)
    until_at: int = Field(sa_type=BigInteger)
    has_reason: bool
    state: str
    decided_by: str
    decided_at: int | None = Field(default=None, sa_type=BigInteger)
    granted_at: int | None = Field(default=None, sa_type=BigInteger)
    answer: str
    current: str | None = Field(default=None, unique=True)
