"""What is still true of a ledger's row about an announcement at the moment of sending; the words are elsewhere."""

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import Connection

from domain.announcements import InChannel, Rung, State
from domain.delivery import Delivery, Suppressed
from domain.people import Person, Role
from domain.times import epoch_seconds, instant_of
from services.announcements.deliveries import EDITED, AnnouncementMessage, Trouble
from services.announcements.facts import Announcement, announcement_of
from services.announcements.missing import hides_names, numbers_missing, still
from services.audiences.behind import is_behind
from services.desk import Desk
from storage.program import (
    announcement_missing_queries,
    announcement_queries,
    announcement_rows,
    announcement_troubles,
    people_queries,
)

RETRACTED = "retracted"
ACKNOWLEDGED = "acknowledged"
GONE = "gone"
NOT_BEHIND = "not behind any more"
OUTDATED = "newer words go"


@dataclass(frozen=True, slots=True, kw_only=True)
class ReaderNews:
    """What a reader (or a channel, with no zone of its own) is to see. `acknowledged_at` is None while it waits."""

    announcement: Announcement
    zone: str
    acknowledged_at: datetime | None
    is_again: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class StaffNews:
    """What a member of staff is to hear. `open_` of `readers` are still missing.

    Of one that was over before all had it, `unserved` of `readers` have not: these are all who had it, and who should
    have still, without who has left or has done meanwhile what it is about. `is_private` is that who they are is for
    another one to see, whose list it went to. `by` is who has changed what was on its way, by name. `in_channel` is
    what is wrong with its message of record.
    """

    announcement: Announcement
    person: Person
    readers: int
    open_: int
    trouble: str
    unserved: int = 0
    is_private: bool = False
    by: str = ""
    is_over: bool = False
    in_channel: InChannel | None = None


def reader_news(desk: Desk, delivery: Delivery) -> ReaderNews | Suppressed:
    """For a message of its own, a message of record, or a change of one.

    What is for those who have not done something goes to nobody who has done it since. Three queries at most, and one
    more for each thing that they were to have done.
    """
    row, person = _row(desk, delivery), None
    if delivery.channel_meant is None:
        person = desk.people.person(delivery.person_id)
    is_change = delivery.kind == AnnouncementMessage.REWRITE
    if row is None or not (row.state == State.SENT or (is_change and row.state == State.RETRACTED)):
        return Suppressed(RETRACTED)
    if is_change and delivery.object_version < row.text_version:
        return Suppressed(OUTDATED)
    if delivery.channel_meant is not None:
        return ReaderNews(announcement=announcement_of(row), zone="UTC", acknowledged_at=None, is_again=False)
    if person is None:
        return Suppressed(GONE)
    found = announcement_of(row)
    with desk.program.ask() as connection:
        _, at = announcement_queries.acknowledged_at(connection, row.id, person.id)
    reason = "" if is_change else _why_not(desk, found, person, at)
    if reason:
        return Suppressed(reason)
    return ReaderNews(
        announcement=found,
        zone=person.zone,
        acknowledged_at=None if at is None else instant_of(at),
        is_again=not is_change and _is_again(desk, delivery),
    )


def staff_news(desk: Desk, delivery: Delivery) -> StaffNews | Suppressed:
    """For a member of staff: asked for a yes, told of an answer, given a list. Ten queries at most."""
    row, person = _row(desk, delivery), desk.people.person(delivery.person_id)
    if row is None or row.state == State.DISCARDED:
        return Suppressed(RETRACTED)
    if person is None or not person.has(Role.STAFF):
        return Suppressed(GONE)
    trouble, found = delivery.rung.partition(".")[0], announcement_of(row)
    if row.state == State.RETRACTED and delivery.kind == AnnouncementMessage.TROUBLE and not _may_stand(trouble):
        return Suppressed(RETRACTED)
    is_question = delivery.kind in (AnnouncementMessage.APPROVAL, AnnouncementMessage.UNANSWERED)
    if is_question and (row.state != State.WAITING or row.version != delivery.object_version):
        return Suppressed("answered")
    with desk.program.read() as connection:
        done = announcement_queries.acknowledged(connection, [row.id]).get(row.id, 0)
        open_ = numbers_missing(desk, connection, [found]).get(row.id, 0)
        unserved, readers = 0, done + open_ if row.needs_ack else row.readers
        if delivery.rung == Trouble.PARTLY:
            unserved, readers = _unserved(desk, connection, row)
        is_private = hides_names(connection, found, person)
        by = _editor(connection, row) if delivery.rung.startswith(EDITED) else ""
        now = desk.clock.now()
        in_channel = announcement_troubles.channel_trouble(connection, row.id, now=epoch_seconds(now))
    if delivery.kind == AnnouncementMessage.LIST and (row.state != State.SENT or not open_):
        return Suppressed("nobody is missing")
    return StaffNews(
        announcement=found,
        person=person,
        readers=readers,
        open_=open_,
        trouble=trouble,
        unserved=unserved,
        is_private=is_private,
        by=by,
        is_over=found.is_over(now),
        in_channel=in_channel,
    )


def _editor(connection: Connection, row: announcement_queries.AnnouncementRow) -> str:
    names = people_queries.names_of(connection, [row.written_by], program_id=row.program_id)
    return names.get(row.written_by, "")


def _may_stand(trouble: str) -> bool:
    return any(each.may_stand for each in InChannel if each.value == trouble)


def _unserved(desk: Desk, connection: Connection, row: announcement_queries.AnnouncementRow) -> tuple[int, int]:
    """How many have not had it, and of how many."""
    who = still(desk, connection, announcement_of(row))
    number = announcement_missing_queries.number_unserved(connection, row.id, who)
    return number, number + announcement_rows.people_reached(connection, row.id)


def _is_again(desk: Desk, delivery: Delivery) -> bool:
    """Whether it is not the first that this reader hears of it: what came before may have been for a digest to tell."""
    if delivery.rung == Rung.FIRST:
        return False
    with desk.program.ask() as connection:
        return announcement_rows.was_reached(connection, delivery.object_id, delivery.person_id, but_not=delivery.key)


def _why_not(desk: Desk, found: Announcement, person: Person, acknowledged_at: int | None) -> str:
    """Why somebody need not be told any more; "" for who is to be told."""
    if acknowledged_at is not None:
        return ACKNOWLEDGED
    if not found.audience.is_narrowed:
        return ""
    with desk.program.read() as connection:
        is_meant = is_behind(connection, found.audience, person.id, program_id=found.program_id)
    return "" if is_meant else NOT_BEHIND


def _row(desk: Desk, delivery: Delivery) -> announcement_queries.AnnouncementRow | None:
    with desk.program.ask() as connection:
        return announcement_queries.one(connection, delivery.object_id)
