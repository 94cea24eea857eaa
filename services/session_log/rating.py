"""The one question to the scholar after a session: how useful was it? Whoever wants to ask otherwise replaces this.

The answer goes into protected totals only. No part of the product shows it to whoever took the session; its words are
sealed under keys of their own, and only their scholar opens them.
"""

from sqlalchemy import Connection

from domain.booking import Booked
from domain.errors import DomainError
from domain.people import Person
from domain.sealing import RecordClass, RecordIdentity, fingerprint
from domain.session_log import SCORES, WAITS, AnsweredForGood, check_over, closes_at
from domain.times import instant_of
from services.desk import SupportDesk
from services.session_log.commands import RateSession
from services.session_log.ended import (
    attended_session,
    details_after,
    lock_session,
    now_of,
    remember_request,
    since,
)
from services.session_log.facts import GivenRating, RatingSheet
from services.session_log.questions import SCHOLAR_ASKED_AFTER
from services.sessions.facts import SessionLine
from services.sessions.own import line_of, part_line
from services.unsealing import unsealed
from storage.confidential import group_log_queries, session_log_queries
from storage.confidential.once import once
from storage.confidential.session_log_queries import Rated
from storage.once import recall

DOMAIN = "session_rating"


class NoScore(DomainError):
    """Please choose a number from 1 to 10."""


def rating_sheet(desk: SupportDesk, scholar: Person, ref: str) -> RatingSheet:
    """What the form begins with. Raises `NotFound`, `AlreadyCanceled`, `NotOverYet` or `AnsweredForGood`.

    A session that its log says did not happen can be answered all the same: they may have been asked before.
    """
    with desk.store.read() as connection:
        booked = attended_session(desk, connection, scholar, ref)
        check_over(booked, now=now_of(desk), closed=AnsweredForGood)
        return _sheet(desk, connection, scholar, booked)


def rate_session(desk: SupportDesk, scholar: Person, command: RateSession) -> RatingSheet:
    """Append an answer; the last one counts. A repeated delivery changes nothing. Raises as `rating_sheet` does."""
    if command.score not in SCORES:
        raise NoScore(field="score")
    with desk.store.write() as connection:
        lock_session(desk, connection, scholar, command.ref)
        booked = attended_session(desk, connection, scholar, command.ref)
        if recall(connection, once, command.request_key) is None:
            check_over(booked, now=now_of(desk), closed=AnsweredForGood)
            _write(desk, connection, booked, command)
            remember_request(desk, connection, command.request_key, booked)
        return _sheet(desk, connection, scholar, booked)


def waiting_question(desk: SupportDesk, scholar: Person) -> SessionLine | None:
    """The latest session about which this scholar is asked just now, or None. Two queries."""
    asked = {"after": since(desk, WAITS), "until": since(desk, SCHOLAR_ASKED_AFTER), "at_most": 1}
    with desk.store.ask() as connection:
        of_two = session_log_queries.unrated(connection, scholar.id, **asked)
    with desk.store.ask() as connection:
        seats = group_log_queries.unrated_parts(connection, scholar.id, **asked)
    lines = [*(line_of(booked, scholar) for booked in of_two), *(part_line(part, scholar) for part in seats)]
    return max(lines, key=lambda line: line.starts, default=None)


def _write(desk: SupportDesk, connection: Connection, booked: Booked, command: RateSession) -> None:
    before = session_log_queries.last_ratings(connection, booked.id)
    version = before[0].version + 1 if before else 1
    new = Rated(booking_id=booked.id, version=version, score=command.score, sealed=b"")
    identity = _identity(booked, new, before[0] if before else None)
    sealed = desk.sealer.seal(connection, command.words, identity=identity)
    values = new._replace(sealed=sealed)._asdict()
    session_log_queries.add_rating(connection, values | {"program_id": booked.program_id, "at": now_of(desk)})


def _sheet(desk: SupportDesk, connection: Connection, scholar: Person, booked: Booked) -> RatingSheet:
    return RatingSheet(
        details=details_after(desk, connection, scholar, booked),
        rating=_given(desk, connection, booked),
        closes=instant_of(closes_at(booked)),
    )


def _given(desk: SupportDesk, connection: Connection, booked: Booked) -> GivenRating | None:
    stored = session_log_queries.last_ratings(connection, booked.id)
    if not stored:
        return None
    last, before = stored[0], stored[1] if len(stored) > 1 else None
    words = unsealed(desk, connection, last.sealed, _identity(booked, last, before))
    return GivenRating(score=last.score, words=words or "")


def _identity(booked: Booked, stored: Rated, before: Rated | None) -> RecordIdentity:
    return RecordIdentity(
        program_id=booked.program_id,
        domain=DOMAIN,
        record_id=booked.id,
        scholar_id=booked.scholar_id,
        author_id=booked.scholar_id,
        record_class=RecordClass.RATING,
        version=stored.version,
        previous=fingerprint(bytes(before.sealed)) if before else b"",
        facts=(str(stored.score),),
    )
