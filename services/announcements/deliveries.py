"""The ledger's rows about announcements. Every row has the announcement's id as its object, and names no reader."""

from collections.abc import Iterable
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from domain.announcements import InChannel, Rung
from domain.delivery import NewDelivery, Tier, Way, channel_address, news
from services.announcements.facts import Announcement
from services.desk import Desk
from storage.delivery import enqueue
from storage.engine import table_of
from storage.program.delivery import ProgramDelivery

ledger = table_of(ProgramDelivery)


class AnnouncementMessage(StrEnum):
    """Kinds of the deliveries."""

    TOLD = "announcement.told"
    """To a reader, as a ladder."""
    RECORD = "announcement.record"
    """The message of record in a channel."""
    REWRITE = "announcement.rewrite"
    """Other words in one of these two."""
    APPROVAL = "announcement.approval"
    """Asks somebody for a yes."""
    ANSWERED = "announcement.answered"
    """Tells the author what was answered, or that somebody has changed it instead."""
    UNANSWERED = "announcement.unanswered"
    """Tells the author that nobody has answered yet."""
    LIST = "announcement.list"
    """Staff can see who has not acknowledged it."""
    TROUBLE = "announcement.trouble"
    """Something kept it from going out."""


class Trouble(StrEnum):
    """What is told to the author; the rung of the row."""

    EXPIRED = "expired"
    PARTLY = "partly"
    """It expired before all had it."""
    NOBODY = "nobody"
    LEFT = "left"
    """Who wrote a critical one, or said yes to it, is not on staff any more. All of the staff are told."""
    CHANNEL = InChannel.CLOSED.value
    REFUSED = InChannel.REFUSED.value
    UNSURE = InChannel.UNSURE.value
    TWICE = InChannel.TWICE.value
    OUTDONE = "outdone"
    """What a correction was to correct has another text meanwhile, or was taken back."""


EDITED = "edited"
"""The rung under which the author hears that somebody has taken it back from its way by changing it."""
CHANGED = "text "
"""How the rung begins under which a new text waits for a digest; its version follows."""
ASKING_LIFE = timedelta(days=7)
NEWS_LIFE = timedelta(days=7)


def told(announcement: Announcement, person_id: str, *, rung: str, send_at: datetime, base: datetime) -> NewDelivery:
    """A message to a reader. `base` is when it was sent: the rungs of an announcement are one ladder."""
    return NewDelivery(
        kind=AnnouncementMessage.TOLD,
        program_id=announcement.program_id,
        object_id=announcement.id,
        object_version=announcement.text_version,
        person_id=person_id,
        rung=rung,
        tier=announcement.tier,
        due=base,
        send_at=send_at,
        expires_at=announcement.plan.expires_at,
    )


def record(announcement: Announcement, *, at: datetime) -> NewDelivery:
    """The message of record."""
    return NewDelivery(
        kind=AnnouncementMessage.RECORD,
        program_id=announcement.program_id,
        object_id=announcement.id,
        object_version=announcement.text_version,
        person_id=channel_address(announcement.channel),
        rung=Rung.RECORD,
        tier=announcement.tier,
        due=at,
        send_at=at,
        expires_at=announcement.plan.expires_at,
    )


def rewrite(
    announcement: Announcement, person_id: str, *, after: str, version: int, at: datetime, why: str = ""
) -> NewDelivery:
    """Other words in the message with the key `after`. What everybody in a channel reads goes before all others.

    Once for each version of the text, and for each `why` besides.
    """
    is_record = person_id == channel_address(announcement.channel)
    return NewDelivery(
        kind=AnnouncementMessage.REWRITE,
        program_id=announcement.program_id,
        object_id=announcement.id,
        object_version=version,
        person_id=person_id,
        rung=f"{after[-12:]}.v{version}{why and f'.{why}'}",
        tier=Tier.IMPORTANT if is_record else Tier.NOTICE,
        due=at,
        send_at=at,
        after=after,
        way=Way.UPDATE,
    )


def to_staff(
    announcement: Announcement,
    kind: AnnouncementMessage,
    person_ids: Iterable[str],
    *,
    rung: str,
    at: datetime,
    life: timedelta = NEWS_LIFE,
) -> list[NewDelivery]:
    """News for members of staff about one; the same kind and rung at one version of it is once for each."""
    return [
        news(
            kind,
            program_id=announcement.program_id,
            object_id=announcement.id,
            person_id=person_id,
            rung=rung if kind is AnnouncementMessage.TROUBLE else f"{rung}.{announcement.version}",
            at=at,
            expires_at=at + life,
            version=announcement.version,
            tier=Tier.CRITICAL if kind is AnnouncementMessage.APPROVAL else Tier.IMPORTANT,
        )
        for person_id in dict.fromkeys(person_ids)
    ]


def put(desk: Desk, connection: Connection, rows: Iterable[NewDelivery]) -> int:
    """Write the rows that are not there yet and return how many."""
    return enqueue(connection, ledger, rows, ids=desk.ids, now=desk.clock.now())
