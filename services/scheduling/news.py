"""What a session message is about, looked up and judged anew at the moment of sending."""

from dataclasses import dataclass
from datetime import datetime

from domain.booking import Booked
from domain.delivery import Delivery, Suppressed
from services.desk import SupportDesk
from services.scheduling.calendar_file import calendar_file
from services.scheduling.deliveries import SessionMessage
from storage.confidential import booking_queries


@dataclass(frozen=True, slots=True, kw_only=True)
class SessionNews:
    """All that a message may tell: the session's id, when it is, and the reader's zone. Nobody is named."""

    session_id: str
    version: int
    starts: datetime
    ends: datetime
    zone: str
    is_for_scholar: bool


def session_news(desk: SupportDesk, delivery: Delivery) -> SessionNews | Suppressed:
    """The news, or why it need not be told any more."""
    booked = _booked(desk, delivery.object_id)
    reader = desk.people.person(delivery.person_id)
    if booked is None or reader is None:
        return Suppressed("gone")
    reason = _outdated(booked, delivery)
    if reason is not None:
        return Suppressed(reason)
    return SessionNews(
        session_id=booked.id,
        version=booked.version,
        starts=booked.starts,
        ends=booked.ends,
        zone=reader.zone,
        is_for_scholar=reader.id == booked.scholar_id,
    )


def session_file(desk: SupportDesk, delivery: Delivery) -> bytes | Suppressed:
    """The calendar file as the session stands now, unless a later change has a file of its own."""
    booked = _booked(desk, delivery.object_id)
    if booked is None or booked.version != delivery.object_version:
        return Suppressed("session changed")
    return calendar_file(booked, organizer=desk.organizer, stamp=booked_stamp(booked))


def booked_stamp(booked: Booked) -> datetime:
    """DTSTAMP is the instant of the change: the same bytes for the same version, never earlier than the one before."""
    return datetime.fromtimestamp(booked.changed_at, booked.starts.tzinfo)


def _booked(desk: SupportDesk, booking_id: str) -> Booked | None:
    with desk.store.read() as connection:
        return booking_queries.booking_by_id(connection, booking_id)


def _outdated(booked: Booked, delivery: Delivery) -> str | None:
    if delivery.kind == SessionMessage.CANCELED:
        return None
    if not booked.is_open:
        return "session canceled"
    if delivery.kind == SessionMessage.REMINDER:
        return None if booked.starts == delivery.due else "session moved"
    return None if booked.version == delivery.object_version else "session changed"
