"""What somebody who waits for a seat is told when the session moves or falls; a seat itself is news as of any session.

They take no part in it, so there is no part to make a message of: the rows are of the session and the person.
"""

from collections.abc import Iterable
from enum import StrEnum

from sqlalchemy import Connection

from domain.delivery import Delivery, Suppressed, news
from domain.groups import Group
from domain.people import Role
from domain.times import instant_of
from services.desk import SupportDesk
from services.groups.line import is_aside_for
from services.groups.rules import hosts_for, may_attend, ref_for
from services.session_news.deliveries import NEWS_LIFE, ledger
from services.session_news.news import APART, GONE, SessionNews
from storage.confidential import booking_queries, group_queries
from storage.delivery import enqueue

IN_AGAIN = Suppressed("in line again")
NOT_IN_LINE = Suppressed("not in line any more")
CHANGED = Suppressed("session changed")


class LineMessage(StrEnum):
    """Kinds of delivery: it has moved and they wait on, it has and they wait no longer, or it is off."""

    MOVED = "wait.moved"
    PASSED = "wait.passed"
    OFF = "wait.off"


def move_line(desk: SupportDesk, connection: Connection, group: Group) -> None:
    """After a move, behind the session's lock: who is free then keeps their place, and everybody in line is told.

    Whoever is busy then would be passed over all the same, and their place would count towards how many they may have.
    """
    line = group_queries.line_of(connection, group.id)
    if not line:
        return
    busy = group_queries.busy_among(connection, line, group.starts_at, group.ends_at)
    busy |= {each.id for each in desk.people.people(line) if is_aside_for(desk, connection, each, group)}
    passed = [each for each in line if each in busy]
    for each in passed:
        group_queries.drop_wait(connection, group.id, each)
    _tell(desk, connection, group, passed, LineMessage.PASSED)
    _tell(desk, connection, group, [each for each in line if each not in busy], LineMessage.MOVED)


def end_line(desk: SupportDesk, connection: Connection, group: Group, person_ids: Iterable[str]) -> None:
    """It is off for these, who wait for a seat: they are taken out of the line and told."""
    gone = [each for each in person_ids if group_queries.drop_wait(connection, group.id, each)]
    _tell(desk, connection, group, gone, LineMessage.OFF)


def line_news(desk: SupportDesk, delivery: Delivery) -> SessionNews | Suppressed:
    """The news as they are when they are sent, or why they need not be told any more. Times only, nobody is named."""
    reader = desk.people.person(delivery.person_id)
    if reader is None or not reader.has(Role.SCHOLAR):
        return GONE
    with desk.store.read() as connection:
        group = group_queries.group_by_id(connection, delivery.object_id)
        if group is None:
            return GONE
        starts, before = (
            booking_queries.start_at_version(connection, group.id, version)
            for version in (delivery.object_version, delivery.object_version - 1)
        )
        waits = reader.id in group_queries.line_of(connection, group.id)
        part = group_queries.part_in(connection, group.id, reader.id)
    message, is_in_it = LineMessage(delivery.kind), waits or (part is not None and part.is_open)
    may_come = group.is_open and may_attend(group, reader, hosts_for(desk, reader))
    if message is LineMessage.MOVED:
        reason = _outdated(group, starts, waits=waits, may_come=may_come)
    else:
        # That they wait no longer is true whatever becomes of the session, and nothing else tells them.
        reason = IN_AGAIN if is_in_it else None
    if reason is not None:
        return reason
    return SessionNews(
        ref=ref_for(group.id, reader.id),
        version=group.version,
        starts=group.starts if starts is None else instant_of(starts),
        ends=instant_of(group.ends_at),
        zone=reader.zone,
        is_for_scholar=True,
        may_look=message is not LineMessage.OFF and may_come,
        before=None if before is None or message is LineMessage.OFF else instant_of(before),
    )


def _outdated(group: Group, starts: int | None, *, waits: bool, may_come: bool) -> Suppressed | None:
    """Why who waits on need not be told of this move any more."""
    if not group.is_open or group.starts_at != starts:
        return CHANGED
    if not waits:
        return NOT_IN_LINE
    return None if may_come else APART


def _tell(
    desk: SupportDesk, connection: Connection, group: Group, person_ids: Iterable[str], message: LineMessage
) -> None:
    now = desk.clock.now()
    rows = [
        news(
            message,
            program_id=group.program_id,
            object_id=group.id,
            version=group.version,
            person_id=each,
            rung=f"v{group.version}",
            at=now,
            expires_at=now + NEWS_LIFE if message is LineMessage.OFF else group.starts,
        )
        for each in person_ids
    ]
    enqueue(connection, ledger, rows, ids=desk.ids, now=now)
