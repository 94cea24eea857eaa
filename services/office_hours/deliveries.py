"""Which messages a line brings, as ledger rows; their words are made when they are sent, and they name nobody."""

from datetime import datetime, timedelta
from enum import StrEnum

from domain.delivery import NewDelivery, news
from domain.office_hours import ANSWER_MINUTES, LINGER_MINUTES, Entry, OfficeHours, Transfer
from storage.confidential.delivery import ConfidentialDelivery
from storage.engine import table_of

ledger = table_of(ConfidentialDelivery)
CLOSED_LIFE = timedelta(hours=12)
"""Who could not be told that the line has closed for so long has noticed."""
_LINGER = timedelta(minutes=LINGER_MINUTES)
_ANSWER = timedelta(minutes=ANSWER_MINUTES)


class OfficeMessage(StrEnum):
    """Kinds of delivery that a line brings."""

    BEGUN = "line.begun"
    NEXT = "line.next"
    TURN = "line.turn"
    BACK = "line.back"
    OUT = "line.out"
    CLOSED = "line.closed"
    CHOICE = "line.choice"
    FAVOR = "line.favor"
    TIME = "line.time"


def about_entry(kind: OfficeMessage, entry: Entry, office: OfficeHours, *, now: datetime) -> NewDelivery:
    """The row that tells a scholar how they stand; the same after the same number of calls is the same message."""
    expires_at = now + CLOSED_LIFE if kind is OfficeMessage.CLOSED else office.ends + _LINGER
    return news(
        kind,
        object_id=entry.id,
        version=entry.calls,
        person_id=entry.scholar_id,
        program_id=entry.program_id,
        rung=f"call {entry.calls}",
        at=now,
        expires_at=expires_at,
    )


def about_time(entry: Entry, helper_id: str, office: OfficeHours, *, now: datetime) -> NewDelivery:
    """The row that tells a helper that the time of whom they are with is over while others wait."""
    return news(
        OfficeMessage.TIME,
        object_id=entry.id,
        version=entry.calls,
        person_id=helper_id,
        program_id=entry.program_id,
        rung=f"call {entry.calls}",
        # Of one instant whenever it is written, so that it is one message.
        at=datetime.fromtimestamp(entry.taken_at or 0, now.tzinfo) + timedelta(minutes=office.minutes),
        expires_at=office.ends + _LINGER,
    )


def about_transfer(kind: OfficeMessage, transfer: Transfer, person_id: str, *, now: datetime) -> NewDelivery:
    """The row that asks the scholar, or the peer."""
    return news(
        kind,
        object_id=transfer.id,
        version=1,
        person_id=person_id,
        program_id=transfer.program_id,
        rung="asked",
        at=now,
        expires_at=now + _ANSWER,
    )


def about_beginning(office: OfficeHours, helper_id: str) -> NewDelivery:
    """The row that tells who planned office hours that they have begun."""
    return news(
        OfficeMessage.BEGUN,
        object_id=office.id,
        version=1,
        person_id=helper_id,
        program_id=office.program_id,
        rung="begun",
        at=office.starts,
        expires_at=office.ends,
    )
