"""Statements about what people say to events, who was there, and the talks they sign up for."""

from collections.abc import Collection, Iterable, Mapping
from typing import Any, NamedTuple

from sqlalchemy import Connection, Row, delete, func, select, update

from storage.engine import table_of
from storage.program.event_queries import event, guest
from storage.program.events import EventTalkRow
from storage.upsert import insert_into

talk = table_of(EventTalkRow)


_NOTHING_SAID: Mapping[str, Any] = {
    "said": "",
    "way": "",
    "waits_for": "",
    "line_no": 0,
    "said_at": 0,
    "came_way": "",
    "came_by": "",
    "came_at": 0,
    "has_file": False,
}


class Count(NamedTuple):
    """How many guests of an event are alike."""

    event_id: str
    said: str
    way: str
    waits_for: str
    came_way: str
    number: int


def guest_in(connection: Connection, event_id: str, person_id: str) -> Row[Any] | None:
    """What somebody has said to an event, or None."""
    asked = select(guest).where(guest.c.event_id == event_id, guest.c.person_id == person_id)
    return connection.execute(asked).first()


def guests_of(connection: Connection, event_id: str) -> list[Row[Any]]:
    """Everybody who has said anything to an event, or was there."""
    return list(connection.execute(select(guest).where(guest.c.event_id == event_id).order_by(guest.c.person_id)))


def guests_among(connection: Connection, event_id: str, person_ids: Collection[str]) -> list[Row[Any]]:
    """Those of these people who have said anything to an event, or were there."""
    asked = select(guest).where(guest.c.event_id == event_id, guest.c.person_id.in_(sorted(person_ids)))
    return list(connection.execute(asked))


def talks_there(connection: Connection, event_id: str, person_id: str) -> bool:
    """Whether somebody is on an event's list of talks."""
    asked = select(talk.c.person_id).where(talk.c.event_id == event_id, talk.c.person_id == person_id)
    return connection.execute(asked).first() is not None


def taken(connection: Connection, event_id: str, way: str, *, but: str) -> int:
    """How many seats of a way are taken, without that of one person."""
    asked = select(func.count()).where(
        guest.c.event_id == event_id, guest.c.said == "yes", guest.c.way == way, guest.c.person_id != but
    )
    return int(connection.execute(asked).scalar_one())


def last_in_line(connection: Connection, event_id: str) -> int:
    """The number of whoever stands last in an event's line, or 0."""
    asked = select(func.max(guest.c.line_no)).where(guest.c.event_id == event_id)
    return int(connection.execute(asked).scalar() or 0)


def place_in_line(connection: Connection, event_id: str, way: str, line_no: int) -> int:
    """Which place somebody with this number has among those who wait for a way; the first is 1."""
    ahead = select(func.count()).where(
        guest.c.event_id == event_id, guest.c.waits_for == way, guest.c.line_no < line_no
    )
    return int(connection.execute(ahead).scalar_one()) + 1


def save_guest(connection: Connection, values: Mapping[str, Any]) -> None:
    """Write what somebody has said, in place of what they said before."""
    statement = insert_into(connection, guest).values({**_NOTHING_SAID, **values})
    changed = {name: values[name] for name in values if name not in ("event_id", "person_id", "program_id")}
    connection.execute(
        statement.on_conflict_do_update(index_elements=[guest.c.event_id, guest.c.person_id], set_=changed)
    )


def counts(connection: Connection, event_ids: Collection[str]) -> list[Count]:
    """How many guests of these events are alike. One query, however many events or guests there are."""
    columns = (guest.c.event_id, guest.c.said, guest.c.way, guest.c.waits_for, guest.c.came_way)
    asked = select(*columns, func.count()).where(guest.c.event_id.in_(list(event_ids))).group_by(*columns)
    return [Count._make(row) for row in connection.execute(asked)]


def holders_ahead(connection: Connection, *, after: int) -> list[tuple[str, str]]:
    """Event and person of everybody who holds or waits for a seat of an event that has not begun (epoch seconds)."""
    asked = (
        select(guest.c.event_id, guest.c.person_id)
        .join(event, event.c.id == guest.c.event_id)
        .where(
            event.c.starts_at > after,
            event.c.status == "planned",
            (guest.c.said.in_(["yes", "maybe"])) | (guest.c.waits_for != ""),
        )
        .order_by(guest.c.event_id, guest.c.person_id)
    )
    return [(str(event_id), str(person_id)) for event_id, person_id in connection.execute(asked)]


def talks_of(connection: Connection, event_id: str) -> list[Row[Any]]:
    """The talks of an event in their order."""
    asked = (
        select(talk).where(talk.c.event_id == event_id).order_by(talk.c.place_no, talk.c.signed_at, talk.c.person_id)
    )
    return list(connection.execute(asked))


def speakers_ahead(connection: Connection, *, after: int) -> list[tuple[str, str]]:
    """Event and person of everybody signed up for a talk of an event that has not begun (epoch seconds)."""
    asked = (
        select(talk.c.event_id, talk.c.person_id)
        .join(event, event.c.id == talk.c.event_id)
        .where(event.c.starts_at > after, event.c.status == "planned")
        .order_by(talk.c.event_id, talk.c.person_id)
    )
    return [(str(event_id), str(person_id)) for event_id, person_id in connection.execute(asked)]


def save_talk(connection: Connection, values: Mapping[str, Any]) -> None:
    """Write a talk; one that is there gets the new title and keeps its place."""
    statement = insert_into(connection, talk).values(dict(values))
    connection.execute(
        statement.on_conflict_do_update(
            index_elements=[talk.c.event_id, talk.c.person_id], set_={"title": values["title"]}
        )
    )


def drop_talk(connection: Connection, event_id: str, person_id: str) -> bool:
    """Take a talk off; whether there was one."""
    gone = delete(talk).where(talk.c.event_id == event_id, talk.c.person_id == person_id)
    return connection.execute(gone).rowcount == 1


def order_talks(connection: Connection, event_id: str, person_ids: Iterable[str]) -> None:
    """Put the talks into this order."""
    for number, person_id in enumerate(person_ids, 1):
        connection.execute(
            update(talk).where(talk.c.event_id == event_id, talk.c.person_id == person_id).values(place_no=number)
        )
