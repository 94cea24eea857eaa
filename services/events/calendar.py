"""Somebody who comes asks for a calendar file; from then on they have a new one when something changes."""

from dataclasses import replace

from domain.delivery import Delivery, Suppressed
from domain.errors import NotFound
from domain.people import Person
from services.desk import Desk
from services.events.calendar_file import event_file
from services.events.deliveries import enqueue_calendar
from services.events.invited import seen_event
from services.events.locking import lock_event
from services.events.stored import event_of, guest_values
from storage.once import recall, remember
from storage.program import event_guest_queries, event_queries
from storage.program.once import once


def send_calendar(desk: Desk, person: Person, event_id: str, *, request_key: str) -> None:
    """Send it. Raises `NotFound` for who does not come, `EventOff` or `EventBegun`."""
    with desk.program.write() as connection:
        lock_event(desk, connection, event_id)
        event, guest = seen_event(desk, connection, person, event_id)
        event.check_answerable(desk.clock.now())
        if not guest.has_yes:
            raise NotFound
        if recall(connection, once, request_key) is not None:
            return
        event_guest_queries.save_guest(connection, guest_values(event, replace(guest, has_file=True)))
        enqueue_calendar(connection, desk, event, person.id, rung=f"v{event.version}")
        remember(connection, once, request_key, program_id=person.program_id, outcome={}, at=desk.clock.now())


def file_of(desk: Desk, delivery: Delivery) -> bytes | Suppressed:
    """The file as the event stands at the moment of sending."""
    with desk.program.ask() as connection:
        row = event_queries.event_by_id(connection, delivery.object_id)
    return Suppressed("no such event") if row is None else event_file(event_of(row), organizer=desk.organizer)
