"""Statements about events: planning and changing them, and what is ahead for somebody in one query."""

from collections.abc import Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, and_, insert, or_, select, update

from storage.engine import table_of
from storage.program.events import EventGuestRow, EventRow
from storage.program.people_queries import membership

event = table_of(EventRow)
guest = table_of(EventGuestRow)
_PLANNED = "planned"


class StandingFacts(NamedTuple):
    """A membership of the person who asks."""

    cohort: str
    phase: str
    stream: str
    role: str
    site: str
    zone: str
    starts_on: str
    ends_on: str


class GuestFacts(NamedTuple):
    """What somebody has said to an event; all None for somebody who has not."""

    said: str | None
    way: str | None
    waits_for: str | None
    line_no: int | None
    came_way: str | None
    came_by: str | None
    has_file: bool | None


class ForPerson(NamedTuple):
    """An event with one membership of the person who asks, and what they have said to it."""

    event: Row[Any]
    standing: StandingFacts
    guest: GuestFacts


def add_event(connection: Connection, values: Mapping[str, Any]) -> None:
    """Write an event."""
    connection.execute(insert(event), dict(values))


def change_event(connection: Connection, event_id: str, values: Mapping[str, Any]) -> None:
    """Set these values of an event."""
    connection.execute(update(event).where(event.c.id == event_id).values(dict(values)))


def event_by_id(connection: Connection, event_id: str) -> Row[Any] | None:
    """One event, whatever became of it."""
    return connection.execute(select(event).where(event.c.id == event_id)).first()


def events_between(connection: Connection, program_id: str, *, after: int, before: int) -> list[Row[Any]]:
    """Events of a program that stand and touch a stretch of time (epoch seconds), the earliest first."""
    asked = (
        select(event)
        .where(
            event.c.program_id == program_id,
            event.c.status == _PLANNED,
            event.c.starts_at < before,
            event.c.ends_at > after,
        )
        .order_by(event.c.starts_at, event.c.id)
    )
    return list(connection.execute(asked))


def hosts_any(connection: Connection, program_id: str, person_id: str) -> bool:
    """Whether somebody hosts or has hosted an event."""
    asked = select(event.c.id).where(event.c.program_id == program_id, event.c.host_id == person_id).limit(1)
    return connection.execute(asked).first() is not None


def events_over(connection: Connection, program_id: str, *, before: int, host_id: str, at_most: int) -> list[Row[Any]]:
    """The last events of a program that were over by an instant (epoch seconds), newest first; of a host, or all."""
    asked = select(event).where(event.c.program_id == program_id, event.c.status == _PLANNED, event.c.ends_at <= before)
    if host_id:
        asked = asked.where(event.c.host_id == host_id)
    return list(connection.execute(asked.order_by(event.c.starts_at.desc(), event.c.id).limit(at_most)))


def for_person(
    connection: Connection, program_id: str, person_id: str, *, ends_after: int, starts_before: int, starts_after: int
) -> list[ForPerson]:
    """Events of a program in a stretch of time, the earliest first, each with every membership of this person.

    Who is to see an event is told by memberships, so that one row for each pair says all that is needed.
    """
    columns = [*event.c, *(membership.c[name].label(f"m_{name}") for name in StandingFacts._fields)]
    answers = [guest.c[name].label(f"g_{name}") for name in GuestFacts._fields]
    theirs = and_(membership.c.person_id == person_id, membership.c.removed_at.is_(None))
    asked = (
        select(*columns, *answers)
        .select_from(
            event.join(membership, theirs).outerjoin(
                guest, and_(guest.c.event_id == event.c.id, guest.c.person_id == person_id)
            )
        )
        .where(
            event.c.program_id == program_id,
            event.c.starts_at > starts_after,
            event.c.starts_at < starts_before,
            event.c.ends_at > ends_after,
            or_(event.c.status == _PLANNED, guest.c.said.in_(["yes", "maybe"]), guest.c.waits_for != ""),
        )
        .order_by(event.c.starts_at, event.c.id)
    )
    return [_for_person(row) for row in connection.execute(asked)]


def _for_person(row: Row[Any]) -> ForPerson:
    found = row._mapping  # noqa: SLF001 SQLAlchemy's own name for reading columns by label
    return ForPerson(
        event=row,
        standing=StandingFacts(*(found[f"m_{name}"] for name in StandingFacts._fields)),
        guest=GuestFacts(*(found[f"g_{name}"] for name in GuestFacts._fields)),
    )


def standings_of(connection: Connection, person_id: str) -> list[StandingFacts]:
    """Every membership of somebody that was not removed."""
    asked = select(*(membership.c[name] for name in StandingFacts._fields)).where(
        membership.c.person_id == person_id, membership.c.removed_at.is_(None)
    )
    return [StandingFacts._make(row) for row in connection.execute(asked)]
