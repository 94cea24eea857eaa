"""Tells the owner, once for each time, that a calendar of theirs has not been read for a day."""

from datetime import datetime, timedelta

from sqlalchemy import Connection

from domain.delivery import Delivery, Suppressed, Tier, news
from domain.feeds import TOLD_AFTER, FeedState
from domain.people import SUPPORT_ROLES
from domain.ports import IdSource
from domain.times import instant_of
from services.desk import SupportDesk
from services.session_news.deliveries import ledger
from services.session_news.news import GONE
from storage.confidential import feed_queries
from storage.confidential.feed_queries import StoredFeed
from storage.delivery import enqueue

UNREAD = "calendar.unread"
"""Kind of the delivery."""
_LIFE = timedelta(days=2)


def enqueue_unread(connection: Connection, ids: IdSource, feed: StoredFeed, *, now: datetime) -> None:
    """Write the message, if it is time; the ledger's key is one for each time that it was read last."""
    due = instant_of(feed.read_at or feed.set_at) + TOLD_AFTER
    if now < due:
        return
    row = news(
        UNREAD,
        program_id=feed.program_id,
        object_id=feed.id,
        person_id=feed.staff_id,
        rung="day",
        tier=Tier.NOTICE,
        at=due,
        expires_at=now + _LIFE,
    )
    enqueue(connection, ledger, [row], ids=ids, now=now)


def unread_news(desk: SupportDesk, delivery: Delivery) -> Suppressed | None:
    """Why the message need not be sent any more, or None."""
    reader = desk.people.person(delivery.person_id)
    if reader is None or not reader.has(*SUPPORT_ROLES):
        return GONE
    with desk.store.read() as connection:
        feed = feed_queries.feed_by_id(connection, delivery.object_id)
    if feed is None or not desk.reads_calendars:
        return GONE
    return Suppressed("read since") if feed.state == FeedState.READ else None
