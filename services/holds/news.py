"""What a message about a kept time tells, looked up and judged anew at the moment of sending."""

from dataclasses import dataclass
from datetime import datetime

from domain.booking import Booked, BookingStatus
from domain.delivery import Delivery, Suppressed
from domain.people import Person
from services.desk import SupportDesk
from services.holds.deliveries import LIVE
from services.session_news.news import APART, GONE
from services.sessions.sight import may_see
from storage.confidential import booking_queries, kept_queries

ANSWERED = Suppressed("answered")


@dataclass(frozen=True, slots=True, kw_only=True)
class HoldNews:
    """All that a message may tell: the reader's own reference, when it would be, and until when. Nobody is named."""

    ref: str
    version: int
    starts: datetime
    until: datetime
    zone: str


def hold_news(desk: SupportDesk, delivery: Delivery) -> HoldNews | Suppressed:
    """The news, or why it need not be told any more."""
    with desk.store.ask() as connection:
        booked = booking_queries.booking_by_id(connection, delivery.object_id)
    reader = desk.people.person(delivery.person_id)
    if booked is None or reader is None:
        return GONE
    if not may_see(desk, reader, booked):
        return APART
    if booked.version != delivery.object_version or (delivery.kind in LIVE and booked.kept_until <= desk.clock.now()):
        return ANSWERED
    return _news(booked, reader)


def kept_instead(desk: SupportDesk, delivery: Delivery) -> HoldNews | None:
    """What is kept for the scholar, with somebody else, at the time of the session whose cancellation they read of."""
    with desk.store.read() as connection:
        canceled = booking_queries.booking_by_id(connection, delivery.object_id)
        if canceled is None or canceled.status != BookingStatus.CANCELED or delivery.person_id != canceled.scholar_id:
            return None
        kept = kept_queries.kept_instead(connection, canceled)
    scholar = desk.people.person(delivery.person_id)
    if kept is None or scholar is None or kept.kept_until <= desk.clock.now():
        return None
    return _news(kept, scholar)


def _news(booked: Booked, reader: Person) -> HoldNews:
    return HoldNews(
        ref=booked.ref_of(reader.id),
        version=booked.version,
        starts=booked.starts,
        until=booked.kept_until,
        zone=reader.zone,
    )
