"""Which messages a booking brings, as ledger rows; their words are made when they are sent."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from domain.booking import Booked, Change
from domain.delivery import NewDelivery, Tier, Way, delivery_key
from domain.ports import IdSource
from domain.sides import Side, sides_of
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
    CHANGED = "session.changed"
    LENGTH = "session.length"
    SERIES = "session.series"
    SERIES_CANCELED = "session.series_canceled"
    FILE = "session.file"
    SERIES_FILE = "session.series_file"
    SERIES_CANCELED_FILE = "session.series_canceled_file"
    REMINDER = "session.reminder"
    PROPOSED = "session.proposed"
    DECLINED = "session.declined"
    WITHDRAWN = "session.withdrawn"


_OF_CHANGE = {
    Change.BOOKED: SessionMessage.BOOKED,
    Change.MOVED: SessionMessage.MOVED,
    Change.CHANGED: SessionMessage.LENGTH,
    Change.CANCELED: SessionMessage.CANCELED,
}


def enqueue_for(connection: Connection, ids: IdSource, booked: Booked, change: Change, *, now: datetime) -> None:
    """Write the rows of a change into the ledger, in the transaction of the change itself."""
    enqueue(connection, ledger, deliveries_for(booked, change, now=now), ids=ids, now=now)


def enqueue_for_sides(
    connection: Connection, ids: IdSource, sides: Iterable[Side], change: Change, *, now: datetime
) -> None:
    """The same for those of a session of several whom the change concerns."""
    rows = [row for side in sides for row in deliveries_for_side(side, change, now=now)]
    enqueue(connection, ledger, rows, ids=ids, now=now)


def enqueue_changed(connection: Connection, ids: IdSource, sides: Iterable[Side], *, rung: str, now: datetime) -> None:
    """That something other than its times has changed, which opens on a press. Files hold times, so there is none."""
    rows = [_row(side, SessionMessage.CHANGED, rung=rung, due=now) for side in sides]
    enqueue(connection, ledger, rows, ids=ids, now=now)


def enqueue_for_series(
    connection: Connection, ids: IdSource, series_id: str, booked: Sequence[Booked], *, now: datetime
) -> None:
    """One piece of news for each of the two, one file with all of the sessions, and the reminders of each."""
    rows: list[NewDelivery] = []
    for sides in zip(*map(sides_of, booked), strict=True):
        news = replace(_row(sides[-1], SessionMessage.SERIES, rung="v1", due=now), object_id=series_id)
        file = _row(sides[-1], SessionMessage.SERIES_FILE, rung="v1", due=now, after=delivery_key(news))
        rows += [news, replace(file, object_id=series_id), *reminders_for_sides(sides, now=now)]
    enqueue(connection, ledger, rows, ids=ids, now=now)


def enqueue_for_canceled(connection: Connection, ids: IdSource, canceled: Sequence[Booked], *, now: datetime) -> None:
    """One piece of news for each of the two about all of these sessions of a series, and one file."""
    rows: list[NewDelivery] = []
    for sides in zip(*map(sides_of, canceled), strict=True):
        rung = f"v{sides[0].version}"
        news = _row(sides[0], SessionMessage.SERIES_CANCELED, rung=rung, due=now)
        file = _row(sides[0], SessionMessage.SERIES_CANCELED_FILE, rung=rung, due=now, after=delivery_key(news))
        rows += [news, replace(file, expires_at=sides[-1].ends)]
    enqueue(connection, ledger, rows, ids=ids, now=now)


def cancel_reminders(connection: Connection, session: Booked | Side) -> None:
    """Take back what has not been sent about the session as it stood before: reminders and calendar files."""
    kinds = (SessionMessage.REMINDER, SessionMessage.FILE)
    cancel(connection, ledger, object_id=session.id, kinds=kinds, reason="session changed")


def deliveries_for(booked: Booked, change: Change, *, now: datetime) -> list[NewDelivery]:
    """Rows for both people: the news, the calendar file after it, and the reminders that are still ahead."""
    return [row for side in sides_of(booked) for row in deliveries_for_side(side, change, now=now)]


def deliveries_for_side(side: Side, change: Change, *, now: datetime) -> list[NewDelivery]:
    """The same for one person."""
    news = _row(side, _OF_CHANGE[change], rung=f"v{side.version}", due=now)
    return [news, _file_after(news, side, now), *(() if change is Change.CANCELED else _reminders(side, now))]


def reminders_for(booked: Booked, *, now: datetime) -> list[NewDelivery]:
    """The reminders of a session that are still ahead, for both people."""
    return reminders_for_sides(sides_of(booked), now=now)


def reminders_for_sides(sides: Iterable[Side], *, now: datetime) -> list[NewDelivery]:
    """The same for all these people."""
    return [row for side in sides for row in _reminders(side, now)]


def _file_after(news: NewDelivery, side: Side, now: datetime) -> NewDelivery:
    return _row(side, SessionMessage.FILE, rung=f"v{side.version}", due=now, after=delivery_key(news))


def _reminders(side: Side, now: datetime) -> Iterator[NewDelivery]:
    for name, lead in REMINDERS.items():
        send_at = side.starts - lead
        # The version keeps a session that moves away and back apart from itself: a canceled row is never used again.
        rung = f"{name} v{side.version}"
        if send_at > now:
            yield _row(side, SessionMessage.REMINDER, rung=rung, due=side.starts, send_at=send_at)


def _row(
    side: Side,
    kind: SessionMessage,
    *,
    rung: str,
    due: datetime,
    send_at: datetime | None = None,
    after: str | None = None,
) -> NewDelivery:
    return NewDelivery(
        kind=kind,
        program_id=side.program_id,
        object_id=side.id,
        object_version=side.version,
        person_id=side.person_id,
        rung=rung,
        tier=Tier.SESSION,
        due=due,
        send_at=send_at or due,
        expires_at=_expiry(side, kind, due),
        after=after,
        way=Way.POST if after is None else Way.FILE,
    )


def _expiry(side: Side, kind: SessionMessage, due: datetime) -> datetime:
    """News help until the session is over, a reminder until it begins."""
    if kind in (SessionMessage.CANCELED, SessionMessage.SERIES_CANCELED):
        return due + NEWS_LIFE
    return side.starts if kind is SessionMessage.REMINDER else side.ends
