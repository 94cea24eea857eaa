"""The questions after a session: planned once it is over, judged anew when they are sent, asked once more, then left.

They are planned by a tick of their own and not with the booking, which is on the way of a request; and a session that
is moved or canceled before it begins leaves none of them behind.
"""

from collections.abc import Iterator
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from domain.booking import Booked
from domain.delivery import Delivery, NewDelivery, Suppressed, Tier
from domain.groups import GroupPart
from domain.people import Role
from domain.session_log import RATED_KINDS, WAITS, Outcome
from domain.sides import Side, side_of, side_of_part, sides_of
from domain.times import epoch_seconds
from services.desk import Desk, SupportDesk
from services.session_news.deliveries import ledger
from services.session_news.news import APART, GONE, SessionNews, kept_from
from storage.batches import in_batches
from storage.confidential import booking_queries, group_log_queries, group_queries, session_log_queries
from storage.confidential.delivery import ConfidentialWatermark
from storage.delivery import advance_watermark, enqueue, watermark
from storage.engine import table_of

SOURCE = "questions after sessions"
SCHOLAR_ASKED_AFTER = timedelta(minutes=30)
"""From the end of a session: talks run over, and whoever took it has the time to say that nobody came."""
ASKED_AGAIN_AFTER = timedelta(days=1)
FIRST, AGAIN = "first", "again"
"""The two rungs."""
PLANNED_AT_ONCE = 100
"""Sessions in one transaction, so that after an outage nobody who books waits long."""

_planned = table_of(ConfidentialWatermark)


class AfterSession(StrEnum):
    """Kinds of delivery that the end of a session brings."""

    LOG = "session.log"
    RATING = "session.rating"


def plan_questions(desk: Desk, *, at_once: int = PLANNED_AT_ONCE) -> int:
    """Plan the questions about sessions that have ended since the last time, and return how many rows are new.

    One that ended so long ago that nobody would be asked any more is left. Any number of replicas may do so.
    """
    return _plan(desk.support_desk, at_once) if desk.support_desk is not None else 0


def question(desk: SupportDesk, delivery: Delivery) -> SessionNews | Suppressed:
    """What the message tells, or why the question need not be asked any more."""
    with desk.store.read() as connection:
        session = _session(connection, delivery.object_id)
        reason = "gone" if session is None else _needless(connection, session, delivery)
    reader = desk.people.person(delivery.person_id)
    if session is None or reader is None:
        return GONE
    if reason is not None:
        return Suppressed(reason)
    side = _side(session, reader.id)
    if side.is_scholar and not reader.has(Role.SCHOLAR):
        return GONE
    if kept_from(desk, reader, session) is not None:
        return APART
    return SessionNews(
        ref=side.ref,
        version=side.version,
        starts=side.starts,
        ends=side.ends,
        zone=reader.zone,
        is_for_scholar=side.is_scholar,
        may_look=True,
        rung=delivery.rung,
    )


def _plan(desk: SupportDesk, at_once: int) -> int:
    now = desk.clock.now()
    with desk.store.read() as connection:
        since = max(watermark(connection, _planned, SOURCE), epoch_seconds(now - WAITS))
        ended = _ended(connection, since, epoch_seconds(now))
    if not ended:
        return 0  # nothing to write: whoever books need not wait for this
    added = 0
    for some in in_batches(ended, at_once):
        rows = [row for sides in some for side in sides for row in _questions(side)]
        with desk.store.write() as connection:
            added += enqueue(connection, ledger, rows, ids=desk.ids, now=now)
    # Only now: who was interrupted plans the same rows once more, and the ledger knows those that are there.
    with desk.store.write() as connection:
        advance_watermark(connection, _planned, SOURCE, epoch_seconds(now))
    return added


def _ended(connection: Connection, since: int, until: int) -> list[tuple[Side, ...]]:
    """Those of each session of two, and each seat and each host of one of several by itself."""
    of_two = session_log_queries.ended_between(connection, since, until)
    parts = group_log_queries.parts_ended_between(connection, since, until)
    return [*map(_asked, of_two), *((side_of_part(part),) for part in parts)]


def _asked(booked: Booked) -> tuple[Side, ...]:
    """Whoever took it; and whoever booked it, unless that was a mentor."""
    return tuple(side for side in sides_of(booked) if not side.is_scholar or booked.kind in RATED_KINDS)


def _questions(side: Side) -> Iterator[NewDelivery]:
    kind, after = (AfterSession.RATING, SCHOLAR_ASKED_AFTER) if side.is_scholar else (AfterSession.LOG, timedelta())
    yield _row(side, kind, rung=FIRST, send_at=side.ends + after)
    yield _row(side, kind, rung=AGAIN, send_at=side.ends + after + ASKED_AGAIN_AFTER)


def _row(side: Side, kind: AfterSession, *, rung: str, send_at: datetime) -> NewDelivery:
    return NewDelivery(
        kind=kind,
        program_id=side.program_id,
        object_id=side.id,
        object_version=side.version,
        person_id=side.person_id,
        rung=rung,
        tier=Tier.SESSION,
        due=side.ends,
        send_at=send_at,
        expires_at=side.ends + WAITS,
    )


def _session(connection: Connection, object_id: str) -> Booked | GroupPart | None:
    booked = booking_queries.booking_by_id(connection, object_id)
    return booked if booked is not None else group_queries.part_by_id(connection, object_id)


def _side(session: Booked | GroupPart, person_id: str) -> Side:
    return side_of_part(session) if isinstance(session, GroupPart) else side_of(session, person_id)


def _needless(connection: Connection, session: Booked | GroupPart, delivery: Delivery) -> str | None:
    side = _side(session, delivery.person_id)
    if not side.is_open:
        return "session canceled"
    if side.ends != delivery.due:
        return "session moved"
    logged_id = session.group_id if isinstance(session, GroupPart) else session.id
    logs = session_log_queries.last_logs(connection, logged_id)
    if delivery.kind == AfterSession.LOG:
        return "answered" if logs else None
    if session_log_queries.last_ratings(connection, session.id):
        return "answered"
    return "did not happen" if logs and not Outcome(logs[0].outcome).has_happened else None
