"""Statements that change how a deadline stands for all of its people at once, and what that leaves to do for each.

One statement changes ten thousand rows in the time that some hundreds of messages take to write. So nobody is ever seen
half changed; what follows from it, message by message, comes in portions.
"""

from collections.abc import Collection, Sequence
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, case, delete, insert, not_, null, or_, select, update

from storage.batches import in_batches
from storage.program.deadline_people_queries import STATE, PersonState, left, person


def move(connection: Connection, deadline_id: str, zone: str, *, due_at: int, news: str, at: int) -> None:
    """Let it be due at another instant for everybody of a zone; who has an extension beyond it keeps that.

    Who has not met it is told, and what they have is to be changed; everybody's ladder is to begin anew.
    """
    is_moved = _goes_by(due_at)
    is_told = and_(is_moved, person.c.done_at.is_(None))
    statement = update(person).where(person.c.deadline_id == deadline_id, person.c.zone == zone)
    connection.execute(
        statement.values(
            due_at=case((is_moved, due_at), else_=person.c.due_at),
            is_extended=case((is_moved, False), else_=person.c.is_extended),
            news=case((is_told, news), else_=person.c.news),
            news_at=case((is_told, at), else_=person.c.news_at),
            next_at=case((is_told, at), else_=person.c.next_at),
            snoozed_until=null(),
            arms_from=at,
            is_outdated=person.c.done_at.is_(None),
        )
    )


def told_of_move(connection: Connection, deadline_id: str, zone: str, *, due_at: int, here: Select[Any]) -> set[str]:
    """Whom of a zone `move` would tell, of those that `here` finds."""
    is_of_zone = and_(person.c.deadline_id == deadline_id, person.c.zone == zone)
    is_behind = and_(person.c.done_at.is_(None), person.c.person_id.in_(here))
    asked = select(person.c.person_id).where(is_of_zone, is_behind, _goes_by(due_at))
    return {str(each) for each in connection.execute(asked).scalars()}


def give_time(
    connection: Connection, deadline_id: str, *, until: int, person_ids: Sequence[str] | None, news: str, at: int
) -> int:
    """Let it be due later for these people, or for all; returns for how many. Who has met it, or has as much, stays so.

    They are told the news, if there is any; their ladders are to begin anew, and what they have to be changed.
    """
    values: dict[str, object] = {
        "due_at": until,
        "is_extended": True,
        "snoozed_until": None,
        "arms_from": at,
        "is_outdated": True,
    }
    if news:
        values |= {"news": news, "news_at": at, "next_at": at}
    may_have = and_(person.c.deadline_id == deadline_id, person.c.done_at.is_(None), person.c.due_at < until)
    statement = update(person).where(may_have).values(values)
    if person_ids is None:
        return connection.execute(statement).rowcount
    return sum(
        connection.execute(statement.where(person.c.person_id.in_(some))).rowcount
        for some in in_batches(sorted(set(person_ids)))
    )


def begin_anew(connection: Connection, deadline_id: str, *, at: int) -> None:
    """Let everybody's ladder begin anew."""
    statement = update(person).where(person.c.deadline_id == deadline_id)
    connection.execute(statement.values(arms_from=at, snoozed_until=None))


def outdate(connection: Connection, deadline_id: str) -> None:
    """Let the last message of everybody who has not met it be changed."""
    statement = update(person).where(person.c.deadline_id == deadline_id, person.c.done_at.is_(None))
    connection.execute(statement.values(is_outdated=True))


def unsettled(connection: Connection, deadline_id: str, after: str, *, at_most: int) -> list[PersonState]:
    """The next people for whom a change has left something to do, in the order of their ids."""
    asked = (
        select(*STATE)
        .where(person.c.deadline_id == deadline_id, person.c.person_id > after, _is_unsettled())
        .order_by(person.c.person_id)
        .limit(at_most)
    )
    return [PersonState._make(row) for row in connection.execute(asked)]


def silence(connection: Connection, deadline_id: str, after: str, last: str) -> None:
    """Plan nothing more for the people from after one up to another, in the order of their ids."""
    is_theirs = and_(person.c.deadline_id == deadline_id, person.c.person_id > after, person.c.person_id <= last)
    connection.execute(update(person).where(is_theirs).values(next_at=None, arms_from=None))


def remove(connection: Connection, deadline_id: str, person_ids: Sequence[str]) -> None:
    """A deadline is not for these people any more; that they had met it is kept for when it is again."""
    names = [column.name for column in left.columns]
    for some in in_batches(person_ids):
        are_these = and_(person.c.deadline_id == deadline_id, person.c.person_id.in_(some))
        had_met = select(*(person.c[name] for name in names)).where(are_these, person.c.done_at.is_not(None))
        connection.execute(insert(left).from_select(names, had_met))
        connection.execute(delete(person).where(are_these))


def ids_after(connection: Connection, deadline_id: str, after: str, *, at_most: int) -> list[str]:
    """The next people that a deadline is for, in the order of their ids."""
    asked = select(person.c.person_id).where(person.c.deadline_id == deadline_id, person.c.person_id > after)
    return [str(each) for each in connection.execute(asked.order_by(person.c.person_id).limit(at_most)).scalars()]


def not_met_after(
    connection: Connection,
    deadline_id: str,
    after: str,
    *,
    by: int,
    news_since: int,
    at_most: int | None,
    here: Select[Any],
    but_not: Select[Any],
) -> list[PersonState]:
    """The next who have not met it and are here, of those it was for `by` an instant, in the order of their ids.

    Without who is to be told news of another one since that is not planned yet (both epoch seconds). `here` and
    `but_not` find ids; None for `at_most` is all of them.
    """
    has_news = and_(person.c.news != "", person.c.news_at > news_since, person.c.news_at <= by)
    is_unplanned = and_(has_news, person.c.next_at.is_not(None), person.c.next_at <= person.c.news_at)
    asked = (
        select(*STATE)
        .where(
            person.c.deadline_id == deadline_id,
            person.c.person_id > after,
            person.c.done_at.is_(None),
            person.c.added_at <= by,
            not_(is_unplanned),
            person.c.person_id.in_(here),
            person.c.person_id.not_in(but_not),
        )
        .order_by(person.c.person_id)
        .limit(at_most)
    )
    return [PersonState._make(row) for row in connection.execute(asked)]


def zones_of(connection: Connection, deadline_id: str, *, but_not: Collection[str] = ()) -> set[str]:
    """The zones of everybody a deadline is for, without some of them."""
    if not but_not:
        asked = select(person.c.zone).where(person.c.deadline_id == deadline_id).distinct()
        return {str(zone) for zone in connection.execute(asked).scalars()}
    everybody = select(person.c.person_id, person.c.zone).where(person.c.deadline_id == deadline_id)
    return {str(zone) for id_, zone in connection.execute(everybody) if id_ not in but_not}


def _goes_by(due_at: int) -> ColumnElement[bool]:
    """Whether it is due then for somebody who may have been given a later time."""
    return not_(and_(person.c.is_extended.is_(True), person.c.due_at > due_at))


def _is_unsettled() -> ColumnElement[bool]:
    return or_(person.c.arms_from.is_not(None), person.c.is_outdated.is_(True))
