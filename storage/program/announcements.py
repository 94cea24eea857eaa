"""Announcements, who each was for, and who has acknowledged it. Nothing here is about anybody's support."""

from sqlalchemy import BigInteger, Index
from sqlmodel import Field

from storage.engine import WITHOUT_ROWID
from storage.program.base import ProgramBase


class Announcement(ProgramBase, table=True):
    """One announcement, draft or template; instants are program time in epoch seconds, None for what has not been.

    `author_id` is who sent it, or began it, `written_by` who last changed it; neither can give the second yes, nor can
    any who changed it before, whom the trail knows.
    `version` rises with every change; `text_version` with those of what readers read. `audience` is the query as JSON,
    `channel` the Slack channel of the message of record or "". `timing` is "now", "at" (then `begins_at`) or "morning"
    (then `morning_on`, an ISO date or ""). `approver_id` was asked for a yes, `approved_by` gave it, `refusal` is why
    somebody did not. `corrects` is the sent one whose text this one is to replace. `readers` is how many people it was
    frozen to. `listed_at` is when staff last had a list of who has not acknowledged it, None while readers are on none,
    and `listed_until` up to when readers were added who have been on one. `roster_version` and `looked_at` say which
    roster was last searched for late joiners, and when.
    """

    __tablename__ = "announcement"
    __table_args__ = (
        Index("announcement_of_program", "program_id", "state", "changed_at"),
        Index("announcement_by_state", "state", "begins_at"),
    )
    id: str = Field(primary_key=True)
    program_id: str
    author_id: str
    written_by: str
    state: str
    version: int
    text_version: int
    tier: str
    title: str
    body: str
    link: str
    audience: str
    channel: str
    timing: str
    begins_at: int | None = Field(default=None, sa_type=BigInteger)
    morning_on: str
    expires_at: int | None = Field(default=None, sa_type=BigInteger)
    needs_ack: bool
    takes_newcomers: bool
    corrects: str = ""
    refusal: str = ""
    approver_id: str = ""
    approved_by: str = ""
    asked_at: int | None = Field(default=None, sa_type=BigInteger)
    all_asked_at: int | None = Field(default=None, sa_type=BigInteger)
    created_at: int = Field(sa_type=BigInteger)
    changed_at: int = Field(sa_type=BigInteger)
    sent_at: int | None = Field(default=None, sa_type=BigInteger)
    listed_at: int | None = Field(default=None, sa_type=BigInteger)
    listed_until: int = Field(default=0, sa_type=BigInteger)
    ended_at: int | None = Field(default=None, sa_type=BigInteger)
    readers: int = 0
    roster_version: int = 0
    looked_at: int = Field(default=0, sa_type=BigInteger)


class AnnouncementReader(ProgramBase, table=True):
    """Somebody an announcement was for when it was sent, or who came later and is to have it too.

    `needs_again` is whether a second message may still have to be written for them. `acknowledged_at` is program time.
    """

    __tablename__ = "announcement_reader"
    __table_args__ = (
        Index("announcement_of_reader", "person_id", "added_at"),
        Index("announcement_acknowledged", "announcement_id", "acknowledged_at", "needs_again"),
        WITHOUT_ROWID,
    )
    announcement_id: str = Field(primary_key=True)
    person_id: str = Field(primary_key=True)
    program_id: str
    added_at: int = Field(sa_type=BigInteger)
    needs_again: bool
    acknowledged_at: int | None = Field(default=None, sa_type=BigInteger)


class AnnouncementUnreached(ProgramBase, table=True):
    """Somebody an announcement was meant for when it was sent, and who had no account in use then. For staff.

    Should they have one later and be added as a reader, that counts.
    """

    __tablename__ = "announcement_unreached"
    __table_args__ = WITHOUT_ROWID
    announcement_id: str = Field(primary_key=True)
    person_id: str = Field(primary_key=True)
    program_id: str
