"""Somebody in support adds a calendar of their own, sees how fresh it is, and takes it away again."""

from sqlalchemy import Connection

from domain.errors import DomainError, NotFound
from domain.feeds import FEEDS_MAX, SHOWN_AHEAD, FeedState, OwnFeed, TooManyFeeds, host_of, usable_address
from domain.people import Person
from domain.times import epoch_seconds, instant_of
from services.desk import SupportDesk
from services.feeds.address import open_address, seal_address
from storage.confidential import feed_queries
from storage.confidential.feed_queries import StoredFeed
from storage.confidential.once import once
from storage.once import recall, remember


class FeedTwice(DomainError):
    """You have added this calendar already. It is in the list above."""


def own_feeds(desk: SupportDesk, staff: Person) -> tuple[OwnFeed, ...]:
    """Their calendars, the oldest first. Raises `NotFound` where calendars are not read at all."""
    _check_on(desk)
    now = desk.clock.now()
    with desk.store.read() as connection:
        feeds = feed_queries.feeds_of(connection, staff.id)
        until = epoch_seconds(now + SHOWN_AHEAD)
        ahead = feed_queries.stretches_ahead(connection, staff.id, epoch_seconds(now), until)
        return tuple(_shown(desk, connection, feed, ahead.get(feed.id, 0)) for feed in feeds)


def add_feed(desk: SupportDesk, staff: Person, address: str, *, request_key: str) -> None:
    """Read a calendar at this address from now on. A repeated delivery changes nothing.

    Raises at field "address" `UnusableAddress`, `TooManyFeeds` or `FeedTwice`; `NotFound` as `own_feeds`.
    """
    _check_on(desk)
    usable = usable_address(address)
    now = desk.clock.now()
    with desk.store.write() as connection:
        desk.store.lock(connection, staff.id)
        if recall(connection, once, request_key) is not None:
            return
        feeds = feed_queries.feeds_of(connection, staff.id)
        if len(feeds) >= FEEDS_MAX:
            raise TooManyFeeds(field="address")
        if usable in {open_address(desk, connection, feed) for feed in feeds}:
            raise FeedTwice(field="address")
        feed_id = desk.ids.new()
        sealed = seal_address(desk, connection, usable, feed_id=feed_id, staff=staff)
        feed_queries.add_feed(connection, _new(feed_id, staff, sealed, epoch_seconds(now)))
        remember(connection, once, request_key, program_id=staff.program_id, outcome={}, at=now)


def remove_feed(desk: SupportDesk, staff: Person, feed_id: str) -> None:
    """Forget a calendar of their own and all that is known by it, at once. Doing it twice is once."""
    with desk.store.write() as connection:
        mine = {feed.id for feed in feed_queries.feeds_of(connection, staff.id)}
        if feed_id in mine:
            feed_queries.remove_feeds(connection, [feed_id])


def read_feed_soon(desk: SupportDesk, staff: Person, feed_id: str) -> None:
    """Let a calendar of their own be read next, in the background."""
    _check_on(desk)
    with desk.store.write() as connection:
        if feed_id in {feed.id for feed in feed_queries.feeds_of(connection, staff.id)}:
            feed_queries.read_soon(connection, feed_id, now=epoch_seconds(desk.clock.now()))


def _check_on(desk: SupportDesk) -> None:
    if not desk.reads_calendars:
        raise NotFound


def _shown(desk: SupportDesk, connection: Connection, feed: StoredFeed, ahead: int) -> OwnFeed:
    return OwnFeed(
        id=feed.id,
        host=host_of(open_address(desk, connection, feed) or ""),
        state=FeedState(feed.state),
        read=instant_of(feed.read_at) if feed.read_at else None,
        ahead=ahead,
        skipped=feed.skipped,
    )


def _new(feed_id: str, staff: Person, sealed: bytes, now: int) -> StoredFeed:
    return StoredFeed(
        id=feed_id,
        program_id=staff.program_id,
        staff_id=staff.id,
        address=sealed,
        state=FeedState.NEW.value,
        set_at=now,
        read_at=0,
        due_at=now,
        known_until=0,
        failures=0,
        skipped=0,
        etag="",
        modified="",
        claim=0,
    )
