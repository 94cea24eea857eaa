"""Somebody answers an event with one press, or changes their answer; rivals for the last seat queue here."""

from sqlalchemy import Connection

from domain.event_answers import AnswersClosed, Guest, NoSuchWay, Said, with_yes, without_yes
from domain.events import Event
from domain.people import Person
from domain.times import epoch_seconds
from services.desk import Desk
from services.events.commands import SayToEvent
from services.events.invited import seen_event
from services.events.locking import lock_event
from services.events.plan import EventOutcome
from services.events.seats import move_up, remind
from services.events.stored import guest_of, guest_values
from storage.once import recall, remember
from storage.program import event_guest_queries
from storage.program.once import once


def say_to_event(desk: Desk, person: Person, wish: SayToEvent) -> tuple[EventOutcome, Guest]:
    """Say yes, maybe or no; the same again changes nothing. A seat that comes free goes to the first in line.

    Raises `NotFound`, `EventOff`, `EventBegun`, `AnswersClosed`, `EventFull`, or `NoSuchWay`. A no is taken until the
    start, also when answers are closed: a seat that is given back late is somebody else's. A talk stays on the list,
    since a no may be a slip: the outcome says that there is one.
    """
    with desk.program.write() as connection:
        lock_event(desk, connection, wish.event_id)
        event, guest = seen_event(desk, connection, person, wish.event_id)
        has_talk = bool(event.plan.talk_slots) and event_guest_queries.talks_there(connection, event.id, person.id)
        if recall(connection, once, wish.request_key) is not None:
            return EventOutcome(event=event, has_talk=has_talk), guest
        after = _answered(desk, connection, event, guest, wish)
        up = _store(desk, connection, event, guest, after)
        remember(connection, once, wish.request_key, program_id=person.program_id, outcome={}, at=desk.clock.now())
        return EventOutcome(event=event, person_ids=(person.id, *up), has_talk=has_talk), after


def _answered(desk: Desk, connection: Connection, event: Event, guest: Guest, wish: SayToEvent) -> Guest:
    event.check_answerable(desk.clock.now())
    if wish.said is not Said.YES:
        if wish.said is Said.MAYBE:
            _check_open(desk, event, guest)
        return without_yes(guest, wish.said)
    way = wish.way or event.plan.format.ways[0]
    if way not in event.plan.format.ways:
        raise NoSuchWay
    if guest.has_yes and guest.way is way and guest.waits_for is None:
        return guest
    _check_open(desk, event, guest)
    taken = event_guest_queries.taken(connection, event.id, way, but=guest.person_id)
    last = event_guest_queries.last_in_line(connection, event.id)
    return with_yes(guest, event.plan, way, taken=taken, line_no=last + 1)


def _check_open(desk: Desk, event: Event, guest: Guest) -> None:
    # Whoever has a seat may move between the ways as long as there is room: they take nothing from anybody.
    if desk.clock.now() >= event.plan.closes_at and not guest.is_coming:
        raise AnswersClosed


def _store(desk: Desk, connection: Connection, event: Event, before: Guest, after: Guest) -> tuple[str, ...]:
    if after == before:
        return ()
    values = guest_values(event, after) | {"said_at": epoch_seconds(desk.clock.now())}
    event_guest_queries.save_guest(connection, values)
    if after.has_yes and not before.has_yes:
        remind(desk, connection, event, [after.person_id])
    return move_up(desk, connection, event) if before.has_yes else ()


def release(desk: Desk, connection: Connection, event: Event, person_id: str) -> tuple[str, ...]:
    """Take somebody's seat and place in line from them, since they have left; returns who came up."""
    row = event_guest_queries.guest_in(connection, event.id, person_id)
    guest = guest_of(person_id, row)
    if not guest.may_come:
        return ()
    return _store(desk, connection, event, guest, without_yes(guest, Said.NO))
