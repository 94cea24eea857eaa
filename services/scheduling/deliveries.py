"""Which messages a booking brings, as ledger rows; their words are made when they are sent."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from domain.booking import Booked, Change
from domain.delivery import NewDelivery, Tier, delivery_key
from domain.ports import IdSource
from storage.confidential.delivery import ConfidentialDelivery
from storage.delivery import cancel, enqueue
from storage.engine import table_of

REMINDERS = {"24h": timedelta(hours=24), "15m": timedelta(minutes=15)}
"""Elapsed time before the start, whatever the clock on the wall does in between."""
NEWS_LIFE = timedelta(days=2)
"""News of a session that could not be delivered by then is told by the session's other messages, or is over."""

ledger = table_of(ConfidentialDelivery)


class SessionMessage(StrEnum):
    """Kinds of delivery that a session brings."""

    BOOKED = "session.booked"
    MOVED = "session.moved"
    CANCELED = "session.canceled"
    FILE = "session.file"
    REMINDER = "session.reminder"
    PROPOSED = "session.proposed"
    DECLINED = "session.declined"
    WITHDRAWN = "session.withdrawn"


_OF_CHANGE = {
    Change.BOOKED: SessionMessage.BOOKED,
    Change.MOVED: SessionMessage.MOVED,
    Change.CANCELED: SessionMessage.CANCELED,
}


def enqueue_for(connection: Connection, ids: IdSource, booked: Booked, change: Change, *, now: datetime) -> None:
    """Write the rows of a change into the ledger, in the transaction of the change itself."""
    enqueue(connection, ledger, deliveries_for(booked, change, now=now), ids=ids, now=now)


def news_of_times(
    kind: SessionMessage,
    *,
    rung: str,
    proposal_id: str,
    program_id: str,
    person_id: str,
    now: datetime,
    expires_at: datetime,
) -> NewDelivery:
    """The row that tells one of the two about offered times."""
    return NewDelivery(
        kind=kind,
        program_id=program_id,
        object_id=proposal_id,
        object_version=1,
        person_id=person_id,
        rung=rung,
        tier=Tier.SESSION,
        due=now,
        send_at=now,
        expires_at=expires_at,
    )


def cancel_reminders(connection: Connection, booked: Booked) -> None:
    """Take back what has not been sent about the session as it stood before: reminders and calendar files."""
    kinds = (SessionMessage.REMINDER, SessionMessage.FILE)
    cancel(connection, ledger, object_id=booked.id, kinds=kinds, reason="session changed")


def deliveries_for(booked: Booked, change: Change, *, now: datetime) -> list[NewDelivery]:
    """Rows for both people: the news, the calendar file after it, and the reminders that are still ahead."""
    rows: list[NewDelivery] = []
    for person_id in (booked.scholar_id, booked.staff_id):
        news = _row(booked, _OF_CHANGE[change], person_id, rung=f"v{booked.version}", due=now)
        file = _row(
            booked, SessionMessage.FILE, person_id, rung=f"v{booked.version}", due=now, after=delivery_key(news)
        )
        rows += [news, file]
        if change is not Change.CANCELED:
            rows += _reminders(booked, person_id, now)
    return rows


def reminders_for(booked: Booked, *, now: datetime) -> list[NewDelivery]:
    """The reminders of a session that are still ahead, for both people."""
    return [row for person_id in (booked.scholar_id, booked.staff_id) for row in _reminders(booked, person_id, now)]


def _reminders(booked: Booked, person_id: str, now: datetime) -> Iterator[NewDelivery]:
    for name, lead in REMINDERS.items():
        send_at = booked.starts - lead
        # The version keeps a session that moves away and back apart from itself: a canceled row is never used again.
        rung = f"{name} v{booked.version}"
        if send_at > now:
            yield _row(booked, SessionMessage.REMINDER, person_id, rung=rung, due=booked.starts, send_at=send_at)


def _row(
    booked: Booked,
    kind: SessionMessage,
    person_id: str,
    *,
    rung: str,
    due: datetime,
    send_at: datetime | None = None,
    after: str | None = None,
) -> NewDelivery:
    return NewDelivery(
        kind=kind,
        program_id=booked.program_id,
        object_id=booked.id,
        object_version=booked.version,
        person_id=person_id,
        rung=rung,
        tier=Tier.SESSION,
        due=due,
        send_at=send_at or due,
        expires_at=_expiry(booked, kind, due),
        after=after,
    )


def _expiry(booked: Booked, kind: SessionMessage, due: datetime) -> datetime:
    """News help until the session is over, a reminder until it begins."""
    if kind is SessionMessage.CANCELED:
        return due + NEWS_LIFE
    return booked.starts if kind is SessionMessage.REMINDER else booked.ends
