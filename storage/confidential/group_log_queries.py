"""Statements about what became of group sessions: a log is the session's, an answer that of one seat.

Both stand in the tables of sessions of two, a log under the id of the session, an answer under that of the part.
"""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, exists, func, not_, select

from domain.booking import BookingStatus
from domain.groups import GroupPart
from domain.session_log import Outcome
from storage.confidential.booking_rows import REACH_SECONDS
from storage.confidential.part_rows import columns, part_of_row
from storage.confidential.part_rows import part as _part
from storage.confidential.session_log import SessionLog, SessionRating
from storage.engine import table_of
from storage.prepared import Prepared

_log, _rating = table_of(SessionLog), table_of(SessionRating)
_of_group = _log.c.booking_id == _part.c.group_id
_has_log = exists().where(_of_group)
_has_own_log = exists().where(_of_group, _log.c.author_id == _part.c.person_id)
_has_rating = exists().where(_rating.c.booking_id == _part.c.id)
_newer = _log.alias("newer")
_newest = (
    select(func.max(_newer.c.version)).where(_newer.c.booking_id == _log.c.booking_id).scalar_subquery().correlate(_log)
)
_did_not_happen = exists().where(_of_group, _log.c.version == _newest, _log.c.outcome != Outcome.HAPPENED.value)
_ended = and_(
    _part.c.status == BookingStatus.BOOKED.value,
    _part.c.ends_at > bindparam("after"),
    _part.c.ends_at <= bindparam("until"),
    # What the indexes are ordered by; implied by the two before.
    _part.c.starts_at > bindparam("since"),
    _part.c.starts_at < bindparam("until"),
)
_is_own = _part.c.person_id == bindparam("person_id")


def _listed(*which: ColumnElement[bool]) -> Select[Any]:
    return select(*columns).where(_ended, *which)


def _hosted(*which: ColumnElement[bool]) -> Select[Any]:
    return _listed(_is_own, _part.c.is_host, *which).limit(bindparam("at_most"))


_all_ended = Prepared(_listed())
_unlogged = Prepared(_hosted(not_(_has_log)).order_by(_part.c.starts_at, _part.c.id))
_logged = Prepared(_hosted(_has_own_log).order_by(_part.c.starts_at.desc(), _part.c.id))
_unrated = Prepared(
    _listed(_is_own, not_(_part.c.is_host), not_(_has_rating), not_(_did_not_happen))
    .order_by(_part.c.starts_at.desc(), _part.c.id)
    .limit(bindparam("at_most"))
)


def parts_ended_between(connection: Connection, after: int, until: int) -> list[GroupPart]:
    """Open parts that ended after one instant and not after another, for the planner of questions."""
    return _parts(_all_ended.rows(connection, _span(after, until)))


def unlogged_parts(connection: Connection, host_id: str, *, after: int, until: int, at_most: int) -> list[GroupPart]:
    """Somebody's part in sessions they held, ended in the same span, that nobody has logged; the longest ago first."""
    return _parts(_unlogged.rows(connection, _span(after, until) | {"person_id": host_id, "at_most": at_most}))


def logged_parts(connection: Connection, host_id: str, *, after: int, until: int, at_most: int) -> list[GroupPart]:
    """The same of those that they logged themselves, the latest first."""
    return _parts(_logged.rows(connection, _span(after, until) | {"person_id": host_id, "at_most": at_most}))


def unrated_parts(connection: Connection, scholar_id: str, *, after: int, until: int, at_most: int) -> list[GroupPart]:
    """A scholar's seats in sessions that ended in a span and wait for an answer, the latest first.

    One that did not happen, as its log says, waits for none.
    """
    return _parts(_unrated.rows(connection, _span(after, until) | {"person_id": scholar_id, "at_most": at_most}))


def _span(after: int, until: int) -> dict[str, Any]:
    return {"after": after, "until": until, "since": after - REACH_SECONDS}


def _parts(rows: Sequence[Sequence[Any]]) -> list[GroupPart]:
    return [part_of_row(row) for row in rows]
