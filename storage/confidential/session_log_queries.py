"""Statements about what became of sessions: logs, answers, and the sessions that have ended without one."""

from collections.abc import Mapping, Sequence
from typing import Any, NamedTuple

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, exists, func, insert, not_, select

from domain.booking import Booked, BookingStatus
from domain.session_log import RATED_KINDS, Outcome
from storage.confidential.booking_rows import REACH_SECONDS
from storage.confidential.bookings import Booking
from storage.confidential.session_log import SessionLog, SessionRating
from storage.engine import table_of
from storage.prepared import Prepared

_booking, _log, _rating = table_of(Booking), table_of(SessionLog), table_of(SessionRating)
_FIELDS = tuple(Booked.__dataclass_fields__)


class Logged(NamedTuple):
    """A version of a session's log as stored; instants in epoch seconds."""

    booking_id: str
    version: int
    author_id: str
    outcome: str
    started_at: int | None
    ended_at: int | None
    sealed: bytes


class Rated(NamedTuple):
    """A version of a scholar's answer as stored."""

    booking_id: str
    version: int
    score: int
    sealed: bytes


def add_log(connection: Connection, values: Mapping[str, Any]) -> None:
    """Append a version. The caller holds the booking's lock."""
    connection.execute(insert(_log), values)


def add_rating(connection: Connection, values: Mapping[str, Any]) -> None:
    """Append a version. The caller holds the booking's lock."""
    connection.execute(insert(_rating), values)


def last_logs(connection: Connection, booking_id: str) -> list[Logged]:
    """The version that counts and the one before it, as far as there are any: the one is bound to the other."""
    asked = select(*(_log.c[name] for name in Logged._fields)).where(_log.c.booking_id == booking_id)
    found = connection.execute(asked.order_by(_log.c.version.desc()).limit(2))
    return [Logged._make(row) for row in found]


def last_ratings(connection: Connection, booking_id: str) -> list[Rated]:
    """The same of a scholar's answers."""
    asked = select(*(_rating.c[name] for name in Rated._fields)).where(_rating.c.booking_id == booking_id)
    found = connection.execute(asked.order_by(_rating.c.version.desc()).limit(2))
    return [Rated._make(row) for row in found]


_has_log = exists().where(_log.c.booking_id == _booking.c.id)
_has_rating = exists().where(_rating.c.booking_id == _booking.c.id)
_newer = _log.alias("newer")
_newest = (
    select(func.max(_newer.c.version)).where(_newer.c.booking_id == _log.c.booking_id).scalar_subquery().correlate(_log)
)
_did_not_happen = exists().where(
    _log.c.booking_id == _booking.c.id, _log.c.version == _newest, _log.c.outcome != Outcome.HAPPENED.value
)
_ended = and_(
    _booking.c.status == BookingStatus.BOOKED.value,
    _booking.c.ends_at > bindparam("after"),
    _booking.c.ends_at <= bindparam("until"),
    # What the indexes are ordered by; implied by the two before.
    _booking.c.starts_at > bindparam("since"),
    _booking.c.starts_at < bindparam("until"),
)


def _listed(*which: ColumnElement[bool]) -> Select[Any]:
    return select(*(_booking.c[name] for name in _FIELDS)).where(_ended, *which)


_all_ended = Prepared(_listed())
_unlogged = Prepared(
    _listed(_booking.c.staff_id == bindparam("person_id"), not_(_has_log))
    .order_by(_booking.c.starts_at, _booking.c.id)
    .limit(bindparam("at_most"))
)
_logged = Prepared(
    _listed(_booking.c.staff_id == bindparam("person_id"), _has_log)
    .order_by(_booking.c.starts_at.desc(), _booking.c.id)
    .limit(bindparam("at_most"))
)
_unrated = Prepared(
    _listed(
        _booking.c.scholar_id == bindparam("person_id"),
        _booking.c.kind.in_(bindparam("rated", expanding=True)),
        not_(_has_rating),
        not_(_did_not_happen),
    )
    .order_by(_booking.c.starts_at.desc(), _booking.c.id)
    .limit(bindparam("at_most"))
)


def ended_between(connection: Connection, after: int, until: int) -> list[Booked]:
    """Open bookings that ended after one instant and not after another, for the planner of questions."""
    return _booked(_all_ended.rows(connection, _span(after, until)))


def unlogged(connection: Connection, staff_id: str, *, after: int, until: int, at_most: int) -> list[Booked]:
    """Sessions that somebody took, ended in the same span, and have no log; the longest ago first."""
    return _booked(_unlogged.rows(connection, _span(after, until) | {"person_id": staff_id, "at_most": at_most}))


def logged(connection: Connection, staff_id: str, *, after: int, until: int, at_most: int) -> list[Booked]:
    """Those that have one, the latest first."""
    return _booked(_logged.rows(connection, _span(after, until) | {"person_id": staff_id, "at_most": at_most}))


def unrated(connection: Connection, scholar_id: str, *, after: int, until: int, at_most: int) -> list[Booked]:
    """A scholar's sessions that ended in a span and wait for an answer, the latest first.

    One that did not happen, as its log says, waits for none.
    """
    asked = {"person_id": scholar_id, "rated": sorted(RATED_KINDS), "at_most": at_most}
    return _booked(_unrated.rows(connection, _span(after, until) | asked))


def _span(after: int, until: int) -> dict[str, Any]:
    return {"after": after, "until": until, "since": after - REACH_SECONDS}


def _booked(rows: Sequence[Sequence[Any]]) -> list[Booked]:
    return [Booked(**dict(zip(_FIELDS, row, strict=True))) for row in rows]
