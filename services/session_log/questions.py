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
from domain.people import Role
from domain.session_log import RATED_KINDS, WAITS, Outcome
from domain.times import epoch_seconds
from services.desk import Desk, SupportDesk
from services.session_news.deliveries import ledger
from services.session_news.news import APART, GONE, SessionNews
from services.sessions.sight import may_see
from storage.batches import in_batches
from storage.confidential import booking_queries, session_log_queries
from storage.confidential.delivery import ConfidentialWatermark
from storage.delivery import advance_watermark, enqueue, watermark
from storage.engine import table_of

SOURCE = "questions after sessions"
SCHOLAR_ASKED_AFTER = timedelta(minutes=30)
"""From the end of a session: talks run over, and whoever took it has the time to say that nobody came."""
ASKED_AGAIN_AFTER = timedelta(days=1)
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
        booked = booking_queries.booking_by_id(connection, delivery.object_id)
        reason = "gone" if booked is None else _needless(connection, booked, delivery)
    reader = desk.people.person(delivery.person_id)
    if booked is None or reader is None:
        return GONE
    if reason is not None:
        return Suppressed(reason)
    is_for_scholar = delivery.person_id == booked.scholar_id
    if is_for_scholar and not reader.has(Role.SCHOLAR):
        return GONE
    if not may_see(desk, reader, booked):
        return APART
    return SessionNews(
        ref=booked.ref_of(reader.id),
        version=booked.version,
        starts=booked.starts,
        ends=booked.ends,
        zone=reader.zone,
        is_for_scholar=is_for_scholar,
        may_look=True,
    )


def _plan(desk: SupportDesk, at_once: int) -> int:
    now = desk.clock.now()
    with desk.store.read() as connection:
        since = max(watermark(connection, _planned, SOURCE), epoch_seconds(now - WAITS))
        ended = session_log_queries.ended_between(connection, since, epoch_seconds(now))
    if not ended:
        return 0  # nothing to write: whoever books need not wait for this
    added = 0
    for some in in_batches(ended, at_once):
        rows = [row for booked in some for row in _questions(booked)]
        with desk.store.write() as connection:
            added += enqueue(connection, ledger, rows, ids=desk.ids, now=now)
    # Only now: who was interrupted plans the same rows once more, and the ledger knows those that are there.
    with desk.store.write() as connection:
        advance_watermark(connection, _planned, SOURCE, epoch_seconds(now))
    return added


def _questions(booked: Booked) -> Iterator[NewDelivery]:
    for again in (timedelta(), ASKED_AGAIN_AFTER):
        rung = "again" if again else "first"
        yield _row(booked, AfterSession.LOG, booked.staff_id, rung=rung, send_at=booked.ends + again)
        if booked.kind not in RATED_KINDS:
            continue
        later = booked.ends + SCHOLAR_ASKED_AFTER + again
        yield _row(booked, AfterSession.RATING, booked.scholar_id, rung=rung, send_at=later)


def _row(booked: Booked, kind: AfterSession, person_id: str, *, rung: str, send_at: datetime) -> NewDelivery:
    return NewDelivery(
        kind=kind,
        program_id=booked.program_id,
        object_id=booked.id,
        object_version=booked.version,
        person_id=person_id,
        rung=rung,
        tier=Tier.SESSION,
        due=booked.ends,
        send_at=send_at,
        expires_at=booked.ends + WAITS,
    )


def _needless(connection: Connection, booked: Booked, delivery: Delivery) -> str | None:
    if not booked.is_open:
        return "session canceled"
    if booked.ends != delivery.due:
        return "session moved"
    logs = session_log_queries.last_logs(connection, booked.id)
    if delivery.kind == AfterSession.LOG:
        return "answered" if logs else None
    if session_log_queries.last_ratings(connection, booked.id):
        return "answered"
    return "did not happen" if logs and not Outcome(logs[0].outcome).has_happened else None
