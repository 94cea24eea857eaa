"""Reads the calendars that are due, in the background: any number of replicas may, and each is read by one.

No transaction is open while somebody else's server is asked. What it says is written down only if the calendar is still
there and nobody else has begun to read it since.
"""

import logging
import zlib
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection

from domain.cells import CELL_SECONDS
from domain.feeds import (
    READ_AHEAD,
    READ_EVERY,
    FeedProblem,
    FeedQuestion,
    FeedReading,
    FeedState,
    pause_after,
    taken_cells,
)
from domain.hours import zone_at
from domain.offsets import DAY_SECONDS
from domain.people import SUPPORT_ROLES, Person
from domain.ports import CalendarReader
from domain.times import epoch_seconds
from services.desk import Desk, SupportDesk
from services.feeds.address import open_address
from services.feeds.unread import enqueue_unread
from services.hours.value import hours_value
from services.offers.availability import read_since
from storage.confidential import feed_queries
from storage.confidential.feed_queries import StoredFeed
from storage.confidential.hours_queries import hours_of
from storage.delivery import real_time
from storage.program import people_queries

AT_ONCE = 10
"""Calendars in one go; more of them wait for the next."""
ENOUGH_SECONDS = 60
"""After so long a go ends, so that a row of slow servers does not hold up the rest for long."""
LEASE_MS = 180_000
"""Longer than any reading may take."""
_JITTER_SECONDS = 40

logger = logging.getLogger(__name__)


def read_feeds(desk: Desk, reader: CalendarReader) -> int:
    """Read what is due, and return how many were tried. One that cannot be read is tried again later each time."""
    support = desk.support_desk
    if support is None:
        return 0
    began, tried = desk.clock.monotonic(), 0
    for feed_id in _due(support):
        feed = _claimed(support, feed_id)
        if feed is not None:
            _read(desk, support, reader, feed)
            tried += 1
        if desk.clock.monotonic() - began > ENOUGH_SECONDS:
            break
    return tried


def forget_feeds(desk: Desk) -> int:
    """Where calendars are not to be read: forget every one with all that is known by it. Returns how many."""
    if desk.support_desk is None:
        return 0
    store = desk.support_desk.store
    with store.read() as connection:
        ids = feed_queries.all_feeds(connection)
    if ids:
        with store.write() as connection:
            feed_queries.remove_feeds(connection, ids)
    return len(ids)


def drop_leavers(desk: Desk, program_id: str) -> int:
    """Forget the calendars of those in a program who are not in support any more; returns how many."""
    store = desk.support.store
    with store.read() as connection:
        feeds = feed_queries.feeds_in(connection, program_id)
    if not feeds:
        return 0
    here = {each.id for each in desk.people.people({owner for _, owner in feeds}) if each.has(*SUPPORT_ROLES)}
    left = [feed_id for feed_id, owner in feeds if owner not in here]
    if left:
        with store.write() as connection:
            feed_queries.remove_feeds(connection, left)
    return len(left)


def _due(desk: SupportDesk) -> list[str]:
    now, real = epoch_seconds(desk.clock.now()), real_time(desk.clock)
    with desk.store.read() as connection:
        return feed_queries.due_feeds(connection, now=now, real=real(connection), at_most=AT_ONCE)


def _claimed(desk: SupportDesk, feed_id: str) -> StoredFeed | None:
    now, real = epoch_seconds(desk.clock.now()), real_time(desk.clock)
    with desk.store.write() as connection:
        return feed_queries.claim_feed(connection, feed_id, now=now, real=real(connection), lease_ms=LEASE_MS)


def _read(desk: Desk, support: SupportDesk, reader: CalendarReader, feed: StoredFeed) -> None:
    owner = desk.people.person(feed.staff_id)
    if owner is None or not owner.has(*SUPPORT_ROLES) or owner.program_id != feed.program_id:
        with support.store.write() as connection:
            feed_queries.remove_feeds(connection, [feed.id])
        return
    now = desk.clock.now()
    address, question = _asked(desk, support, owner, feed, now)
    if address is None:
        _settle_problem(support, feed, FeedProblem(FeedState.MISSING))
        return
    try:
        reading = reader.read(address, question)
    except FeedProblem as problem:
        _settle_problem(support, feed, problem)
    except Exception as error:  # noqa: BLE001 a stranger's calendar must not keep others from being read
        logger.warning("a calendar could not be read", extra={"error": type(error).__name__})
        _settle_problem(support, feed, FeedProblem(FeedState.TOO_MUCH))
    else:
        _settle(support, feed, reading, question)


def _asked(
    desk: Desk, support: SupportDesk, owner: Person, feed: StoredFeed, now: datetime
) -> tuple[str | None, FeedQuestion]:
    """The address, and what is to be asked there: anew in any case when what is known does not reach far enough."""
    first = (epoch_seconds(now) - DAY_SECONDS) // CELL_SECONDS * CELL_SECONDS
    last = first + int(READ_AHEAD.total_seconds())
    with support.store.read() as connection:
        address = open_address(support, connection, feed)
        record = hours_of(connection, [owner.id], since=read_since(first)).get(owner.id)
    with desk.program.read() as connection:
        email = people_queries.email_of(connection, owner.id)
    is_known = feed.known_until > last - DAY_SECONDS
    return address, FeedQuestion(
        first=first,
        last=last,
        zone=zone_at(hours_value(record, owner.zone), epoch_seconds(now)),
        emails=frozenset({email} if email else ()),
        etag=feed.etag if is_known else "",
        modified=feed.modified if is_known else "",
    )


def _settle(desk: SupportDesk, feed: StoredFeed, reading: FeedReading | None, question: FeedQuestion) -> None:
    now = desk.clock.now()
    values: dict[str, Any] = {
        "state": FeedState.READ.value,
        "read_at": epoch_seconds(now),
        "due_at": epoch_seconds(now + READ_EVERY + _jitter(feed)),
        "failures": 0,
    }
    if reading is not None:
        values |= {"skipped": reading.skipped, "etag": reading.etag, "modified": reading.modified}
        values["known_until"] = question.last
    with desk.store.write() as connection:
        if feed_queries.settle_feed(connection, feed, values) and reading is not None:
            _replace_busy(connection, feed, reading, question)


def _replace_busy(connection: Connection, feed: StoredFeed, reading: FeedReading, question: FeedQuestion) -> None:
    """Without entries of our own files: a session that was moved would stand in the way of its old time."""
    ours = feed_queries.own_refs(connection, {each.ref for each in reading.busy if each.ref})
    outside = [each for each in reading.busy if each.ref not in ours]
    feed_queries.replace_busy(connection, feed, taken_cells(outside, question.first, question.last))


def _settle_problem(desk: SupportDesk, feed: StoredFeed, problem: FeedProblem) -> None:
    """What was known goes on to count: an appointment is not over because a server is away."""
    now = desk.clock.now()
    pause = pause_after(feed.failures, retry_after=problem.retry_after) + _jitter(feed)
    values = {
        "state": problem.state.value,
        "failures": feed.failures + 1,
        "due_at": epoch_seconds(now + pause),
    }
    with desk.store.write() as connection:
        if feed_queries.settle_feed(connection, feed, values):
            enqueue_unread(connection, desk.ids, feed, now=now)


def _jitter(feed: StoredFeed) -> timedelta:
    """Another pause each time, so that calendars on one server are not all read in the same second."""
    return timedelta(seconds=zlib.crc32(f"{feed.id} {feed.claim}".encode()) % _JITTER_SECONDS)
