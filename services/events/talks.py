"""Signing up for a lightning talk, withdrawing it, and a host's order of them."""

from collections.abc import Callable, Iterable

from sqlalchemy import Connection

from domain.booking import check_length
from domain.errors import NotFound
from domain.events import Event
from domain.people import Person
from domain.talks import TALK_TITLE_MAX, NoTalks, NoTitle, Talk, come_up, raised
from domain.times import epoch_seconds
from services import audit
from services.audit import Entry
from services.desk import Desk
from services.events.deliveries import EventMessage, enqueue_seats
from services.events.invited import run_event, seen_event
from services.events.locking import lock_event
from services.events.stored import talk_of
from storage.once import recall, remember
from storage.program import event_guest_queries
from storage.program.once import once

Deed = Callable[[Connection, Event], None]
TALK, LINE, OFF = "talk", "line", "off"
"""Rungs of the news of a talk: it has a slot now, waits for one again, or is not on the list any more."""


def sign_up(desk: Desk, person: Person, event_id: str, title: str, *, request_key: str) -> None:
    """Sign up at the end of the order, or give one's talk another title; beyond the slots it waits for one.

    Raises `NotFound`, `NoTalks`, `EventOff`, `EventBegun`, or at field "talk" `NoTitle` or `TextTooLong`.
    """
    title = " ".join(check_length(title, TALK_TITLE_MAX, field="talk").split())
    if not title:
        raise NoTitle(field="talk")

    def deed(connection: Connection, event: Event) -> None:
        talks = talks_in(connection, event.id)
        values = {
            "event_id": event.id,
            "person_id": person.id,
            "program_id": event.program_id,
            "title": title,
            "place_no": talks[-1].place_no + 1 if talks else 1,
            "signed_at": epoch_seconds(desk.clock.now()),
        }
        event_guest_queries.save_talk(connection, values)

    _do(desk, person, event_id, request_key, deed, is_host=False)


def withdraw_talk(desk: Desk, person: Person, event_id: str, *, request_key: str) -> None:
    """Take one's own talk off; twice is once. The first that waits has its slot, and is told. Raises as `sign_up`."""

    def deed(connection: Connection, event: Event) -> None:
        drop_in(desk, connection, event, person.id)

    _do(desk, person, event_id, request_key, deed, is_host=False)


def raise_talk(desk: Desk, host: Person, event_id: str, person_id: str, *, request_key: str) -> None:
    """The host lets a talk be one place earlier; who has a slot now, or none any more, is told.

    Raises `NotFound`, `NoTalks`, `EventOff` or `EventBegun`.
    """

    def deed(connection: Connection, event: Event) -> None:
        before = talks_in(connection, event.id)
        _check_there(before, person_id)
        after = raised(before, person_id)
        event_guest_queries.order_talks(connection, event.id, [talk.person_id for talk in after])
        _tell(desk, connection, event, before, after)
        entry = Entry(object_id=event.id, by_id=host.id, deed="moved a talk up", about_id=person_id)
        audit.note(connection, desk, event.program_id, entry)

    _do(desk, host, event_id, request_key, deed, is_host=True)


def remove_talk(desk: Desk, host: Person, event_id: str, person_id: str, *, request_key: str) -> None:
    """The host takes a talk off; whose it was is told. Raises as `raise_talk`."""

    def deed(connection: Connection, event: Event) -> None:
        _check_there(talks_in(connection, event.id), person_id)
        drop_in(desk, connection, event, person_id)
        if person_id != host.id:
            _send(desk, connection, event, [person_id], OFF)
        entry = Entry(object_id=event.id, by_id=host.id, deed="removed a talk", about_id=person_id)
        audit.note(connection, desk, event.program_id, entry)

    _do(desk, host, event_id, request_key, deed, is_host=True)


def talks_in(connection: Connection, event_id: str) -> list[Talk]:
    """The talks in their order."""
    return [talk_of(row) for row in event_guest_queries.talks_of(connection, event_id)]


def drop_in(desk: Desk, connection: Connection, event: Event, person_id: str) -> None:
    """Take a talk off within a transaction, behind the event's lock, and tell who comes up."""
    before = talks_in(connection, event.id)
    if event_guest_queries.drop_talk(connection, event.id, person_id):
        _tell(desk, connection, event, before, [talk for talk in before if talk.person_id != person_id])


def tell_of_slots(desk: Desk, connection: Connection, event: Event, before_slots: int) -> None:
    """After there are more or fewer slots than before: tell those who have one now, or none any more."""
    slots = event.plan.talk_slots
    if slots == before_slots:
        return
    people = [talk.person_id for talk in talks_in(connection, event.id)]
    _send(desk, connection, event, people[before_slots:slots], TALK)
    if slots:
        _send(desk, connection, event, people[slots:before_slots], LINE)
    else:
        _send(desk, connection, event, people, OFF)


def _do(desk: Desk, person: Person, event_id: str, request_key: str, deed: Deed, *, is_host: bool) -> None:
    with desk.program.write() as connection:
        lock_event(desk, connection, event_id)
        event = (
            run_event(connection, person, event_id) if is_host else seen_event(desk, connection, person, event_id)[0]
        )
        event.check_answerable(desk.clock.now())
        if not event.plan.talk_slots:
            raise NoTalks
        if recall(connection, once, request_key) is None:
            deed(connection, event)
            remember(connection, once, request_key, program_id=person.program_id, outcome={}, at=desk.clock.now())


def _tell(desk: Desk, connection: Connection, event: Event, before: list[Talk], after: list[Talk]) -> None:
    slots, still = event.plan.talk_slots, {talk.person_id for talk in after}
    _send(desk, connection, event, [talk.person_id for talk in come_up(before, after, slots)], TALK)
    down = [talk.person_id for talk in come_up(after, before, slots) if talk.person_id in still]
    _send(desk, connection, event, down, LINE)


def _send(desk: Desk, connection: Connection, event: Event, people: Iterable[str], rung: str) -> None:
    enqueue_seats(connection, desk, event, [(each, rung) for each in people], EventMessage.SLOT)


def _check_there(talks: list[Talk], person_id: str) -> None:
    if all(talk.person_id != person_id for talk in talks):
        raise NotFound
