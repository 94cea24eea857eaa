"""One announcement as the services and the surface see it: frozen, read from its row."""

from dataclasses import dataclass
from datetime import date, datetime

from domain.announcements import NoAnnouncement, Plan, State, Text, Timing
from domain.audience import Audience
from domain.delivery import Tier
from domain.people import Person
from domain.times import instant_of
from services.audiences.stored import audience_from
from storage.program.announcement_queries import AnnouncementRow

ON_ITS_WAY = (State.WAITING, State.PLANNED)
"""Sent off, and not out yet."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Announcement:
    """One of them. Instants are aware UTC program time; ids are of people. For staff, but for its text."""

    id: str
    program_id: str
    author_id: str
    written_by: str
    state: State
    version: int
    text_version: int
    tier: Tier
    text: Text
    plan: Plan
    audience: Audience
    channel: str
    needs_ack: bool
    takes_newcomers: bool
    approver_id: str
    approved_by: str
    corrects: str
    refusal: str
    asked_at: datetime | None
    all_asked_at: datetime | None
    changed_at: datetime
    sent_at: datetime | None
    ended_at: datetime | None
    readers: int

    @property
    def is_open(self) -> bool:
        """Whether it can still be written to."""
        return self.state in (State.DRAFT, State.TEMPLATE, State.WAITING, State.PLANNED)

    @property
    def waits_for_channel(self) -> bool:
        """Whether a message goes only to who has not acknowledged it in the channel first, where that can be seen."""
        return bool(self.channel) and self.tier is Tier.IMPORTANT and self.needs_ack

    @property
    def has_changed(self) -> bool:
        """Whether what some have of it may not hold any more: it got another text, or was taken back."""
        return self.text_version > 1 or self.state is State.RETRACTED

    def is_over(self, now: datetime) -> bool:
        """Whether nobody need read it any more."""
        return self.plan.expires_at is not None and self.plan.expires_at <= now


def announcement_of(row: AnnouncementRow) -> Announcement:
    """The value of a row."""
    return Announcement(
        id=row.id,
        program_id=row.program_id,
        author_id=row.author_id,
        written_by=row.written_by,
        state=State(row.state),
        version=row.version,
        text_version=row.text_version,
        tier=Tier(row.tier),
        text=Text(title=row.title, body=row.body, link=row.link),
        plan=Plan(
            timing=Timing(row.timing),
            at=_instant(row.begins_at) if row.timing == Timing.AT else None,
            on=date.fromisoformat(row.morning_on) if row.morning_on else None,
            expires_at=_instant(row.expires_at),
        ),
        audience=audience_from(row.audience),
        channel=row.channel,
        needs_ack=bool(row.needs_ack),
        takes_newcomers=bool(row.takes_newcomers),
        approver_id=row.approver_id,
        approved_by=row.approved_by,
        corrects=row.corrects,
        refusal=row.refusal,
        asked_at=_instant(row.asked_at),
        all_asked_at=_instant(row.all_asked_at),
        changed_at=instant_of(row.changed_at),
        sent_at=_instant(row.sent_at),
        ended_at=_instant(row.ended_at),
        readers=row.readers,
    )


def of_staff(row: AnnouncementRow | None, staff: Person) -> Announcement:
    """One for a member of staff to work with. Raises `NotFound` for none, and for another program's."""
    if row is None or row.program_id != staff.program_id or row.state == State.DISCARDED:
        raise NoAnnouncement
    return announcement_of(row)


def _instant(seconds: int | None) -> datetime | None:
    return None if seconds is None else instant_of(seconds)
