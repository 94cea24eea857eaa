"""Which messages a handover brings, as ledger rows; what they say is made when they are sent, and names nobody."""

from dataclasses import replace
from datetime import UTC, datetime, time, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from domain.booking import Booked
from domain.booking import Change as BookingChange
from domain.delivery import NewDelivery, delivery_key, news
from domain.people import Person
from domain.sides import sides_of
from domain.times import instant_of, zone
from services.desk import SupportDesk
from services.session_news.deliveries import NEWS_LIFE, deliveries_for_side, ledger
from storage.confidential.handover_queries import Handed
from storage.delivery import cancel, enqueue, may_have_been_sent


class HandoverMessage(StrEnum):
    """Kinds of delivery that a handover brings.

    To the scholar, and once more to one who has not answered; to the successor; that it is off; to who planned it.
    """

    ANNOUNCED = "handover.announced"
    REMINDED = "handover.reminded"
    TAKING = "handover.taking"
    OFF = "handover.off"
    LAPSED = "handover.lapsed"


_MORNING = time(10)
_TOLD = (HandoverMessage.ANNOUNCED, HandoverMessage.TAKING)


def enqueue_announced(desk: SupportDesk, connection: Connection, handed: Handed, scholar: Person) -> None:
    """Let the scholar know, and the successor; and the scholar once more the day before."""
    now = desk.clock.now()
    rows = [
        _row(handed, HandoverMessage.ANNOUNCED, handed.scholar_id, now, expires_at=instant_of(handed.from_at)),
        _row(handed, HandoverMessage.TAKING, handed.to_id, now, expires_at=instant_of(handed.from_at)),
    ]
    asks_again_at = _day_before(handed, scholar)
    if asks_again_at > now:
        again = HandoverMessage.REMINDED
        rows.append(_row(handed, again, handed.scholar_id, asks_again_at, expires_at=instant_of(handed.from_at)))
    enqueue(connection, ledger, rows, ids=desk.ids, now=now)


def cancel_reminder(connection: Connection, handed: Handed) -> None:
    """The scholar has answered, and is not asked again."""
    cancel(connection, ledger, object_id=handed.id, kinds=(HandoverMessage.REMINDED,), reason="answered")


def enqueue_off(desk: SupportDesk, connection: Connection, handed: Handed, *, has_lapsed: bool = False) -> None:
    """What was not sent is not; who may have read of it hears that it is off, and who planned it if it lapsed."""
    now = desk.clock.now()
    cancel(connection, ledger, object_id=handed.id, kinds=(*_TOLD, HandoverMessage.REMINDED), reason="handover off")
    rows = [
        _row(handed, HandoverMessage.OFF, person_id, now)
        for kind, person_id in zip(_TOLD, (handed.scholar_id, handed.to_id), strict=True)
        if may_have_been_sent(connection, ledger, object_id=handed.id, kind=kind)
    ]
    if has_lapsed:
        rows.append(_row(handed, HandoverMessage.LAPSED, handed.from_id, now))
    enqueue(connection, ledger, rows, ids=desk.ids, now=now)


def enqueue_given_away(desk: SupportDesk, connection: Connection, canceled: Booked, moved: Booked) -> None:
    """A session that goes on with somebody else: who gave it away hears that it is off for them.

    The scholar is told of the one in its place, and after that gets the calendar file alone that takes the old entry
    away: a file is shown where the message before it went.
    """
    now = desk.clock.now()
    scholars, givers = sides_of(canceled)
    told = deliveries_for_side(sides_of(moved)[0], BookingChange(moved.status), now=now)[0]
    _, file = deliveries_for_side(scholars, BookingChange.CANCELED, now=now)
    rows = [*deliveries_for_side(givers, BookingChange.CANCELED, now=now), replace(file, after=delivery_key(told))]
    enqueue(connection, ledger, rows, ids=desk.ids, now=now)


def _day_before(handed: Handed, scholar: Person) -> datetime:
    """Ten in the morning on the scholar's clock, on the date before the one on which it begins there."""
    tz = zone(scholar.zone)
    begins = instant_of(handed.from_at).astimezone(tz).date()
    return datetime.combine(begins - timedelta(days=1), _MORNING, tz).astimezone(UTC)


def _row(
    handed: Handed, kind: HandoverMessage, person_id: str, now: datetime, *, expires_at: datetime | None = None
) -> NewDelivery:
    return news(
        kind,
        program_id=handed.program_id,
        object_id=handed.id,
        person_id=person_id,
        rung="once",
        at=now,
        expires_at=expires_at or now + NEWS_LIFE,
    )
