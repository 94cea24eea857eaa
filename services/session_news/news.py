"""What a session message is about, looked up and judged anew at the moment of sending."""

from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from domain.booking import Booked
from domain.delivery import Delivery, Suppressed
from domain.groups import GroupPart
from domain.people import Person
from domain.sides import Side, side_of, side_of_part
from domain.times import instant_of
from services.desk import SupportDesk
from services.session_news.calendar_file import calendar_file
from services.session_news.deliveries import REMINDERS, SessionMessage, ledger
from services.sessions.sight import may_see, may_see_part
from storage.confidential import booking_queries, group_queries
from storage.delivery import was_told

GONE = Suppressed("gone")
APART = Suppressed("may not meet")
"""Only that a session is off is told to somebody who has left, or may not meet the other any more: it must leave their
calendar."""

LATE_AT_MOST = 1 / 10
"""Of its time ahead: a reminder "in 15 minutes" may come with 13 and a half to go, "in about a day" with 22 hours."""


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionNews:
    """All that a message may tell: the reader's own reference, when it is, and their zone. Nobody is named.

    `may_look` is False for one who has left, or may not meet the other any more: who, where and what would not open.
    `before` is from when it has moved, if the reader was told of that time; of a move they missed it would be no help.
    """

    ref: str
    version: int
    starts: datetime
    ends: datetime
    zone: str
    is_for_scholar: bool
    may_look: bool
    before: datetime | None = None
    series: tuple[datetime, ...] = ()
    """Of a series all the times it tells of, soonest first."""
    rung: str = ""
    """Of a reminder, one of `REMINDERS`; "" when it goes so late that the rung's time ahead is not true any more.

    Of a question after a session, whether it is the first one or asked once more.
    """


def session_news(desk: SupportDesk, delivery: Delivery) -> SessionNews | Suppressed:
    """The news, or why it need not be told any more."""
    session = _session(desk, delivery.object_id)
    if session is None:
        return GONE
    side = _side(session, delivery.person_id)
    reason = _outdated(side, delivery)
    if reason is not None:
        return Suppressed(reason)
    told = told_of(desk, side, session, delivery.person_id)
    if isinstance(told, Suppressed):
        return told
    return replace(
        told,
        before=_told_before(desk, delivery) if delivery.kind == SessionMessage.MOVED else None,
        rung=_rung(desk, delivery) if delivery.kind == SessionMessage.REMINDER else "",
    )


def session_file(desk: SupportDesk, delivery: Delivery) -> bytes | Suppressed:
    """The calendar file as the session stands now, unless a later change has a file of its own."""
    session = _session(desk, delivery.object_id)
    if session is None:
        return GONE
    side = _side(session, delivery.person_id)
    if side.version != delivery.object_version:
        return Suppressed("session changed")
    kept = kept_from(desk, desk.people.person(delivery.person_id), session)
    if side.is_open and kept is not None:
        return kept
    return calendar_file(side, ref=side.ref, organizer=desk.organizer)


def told_of(desk: SupportDesk, side: Side, session: Booked | GroupPart, person_id: str) -> SessionNews | Suppressed:
    """What this person may be told of a session as it stands, or why they are told nothing."""
    reader = desk.people.person(person_id)
    kept = kept_from(desk, reader, session)
    if side.is_open and kept is not None:
        return kept
    zone = desk.people.zone_of_recipient(person_id) if reader is None else reader.zone
    if zone is None:
        return GONE
    return SessionNews(
        ref=side.ref,
        version=side.version,
        starts=side.starts,
        ends=side.ends,
        zone=zone,
        is_for_scholar=side.is_scholar,
        may_look=kept is None,
    )


def kept_from(desk: SupportDesk, reader: Person | None, session: Booked | GroupPart) -> Suppressed | None:
    """Why the reader may not look at the session now, if so: they have left, or may not meet the other any more."""
    if reader is None:
        return GONE
    if isinstance(session, GroupPart):
        return None if may_see_part(reader, session) else APART
    return None if may_see(desk, reader, session) else APART


def _session(desk: SupportDesk, object_id: str) -> Booked | GroupPart | None:
    """A session of two, or else somebody's part in one of several: the messages of both are made from here on alike."""
    with desk.store.ask() as connection:
        booked = booking_queries.booking_by_id(connection, object_id)
    if booked is not None:
        return booked
    with desk.store.ask() as connection:
        return group_queries.part_by_id(connection, object_id)


def _side(session: Booked | GroupPart, person_id: str) -> Side:
    return side_of_part(session) if isinstance(session, GroupPart) else side_of(session, person_id)


def _rung(desk: SupportDesk, delivery: Delivery) -> str:
    name, _, _ = delivery.rung.partition(" ")
    late = desk.clock.now() - delivery.send_at
    return name if late <= REMINDERS[name] * LATE_AT_MOST else ""


def _told_before(desk: SupportDesk, delivery: Delivery) -> datetime | None:
    last = delivery.object_version - 1
    with desk.store.ask() as connection:
        was = booking_queries.start_at_version(connection, delivery.object_id, last)
        if was is None or not _was_told(connection, delivery, delivery.object_id, last):
            series_id = booking_queries.series_id_of(connection, delivery.object_id) if last == 1 else None
            if was is None or series_id is None or not _was_told(connection, delivery, series_id, last):
                return None
    return instant_of(was)


def _was_told(connection: Connection, delivery: Delivery, object_id: str, version: int) -> bool:
    kinds = (SessionMessage.BOOKED, SessionMessage.MOVED, SessionMessage.LENGTH, SessionMessage.SERIES)
    return was_told(connection, ledger, object_id=object_id, person_id=delivery.person_id, kinds=kinds, version=version)


def _outdated(side: Side, delivery: Delivery) -> str | None:
    if delivery.kind == SessionMessage.CANCELED:
        return None
    if not side.is_open:
        return "session canceled"
    if delivery.kind == SessionMessage.REMINDER:
        return None if side.starts == delivery.due else "session moved"
    return None if side.version == delivery.object_version else "session changed"
