"""Seats of events: who moves up from the line, and the reminders of those who have one."""

from collections.abc import Iterable

from sqlalchemy import Connection

from domain.event_answers import promoted
from domain.events import Event
from services.desk import Desk
from services.events.deliveries import enqueue_reminders, enqueue_seats
from services.events.stored import guest_of, guest_values
from storage.program import event_guest_queries, people_queries


def move_up(desk: Desk, connection: Connection, event: Event) -> tuple[str, ...]:
    """Give free seats to the first in line, and tell them. Behind the event's lock; returns who came up."""
    if not event.takes_answers(desk.clock.now()):
        return ()
    rows = event_guest_queries.guests_of(connection, event.id)
    up = promoted(event.plan, [guest_of(row.person_id, row) for row in rows])
    # Who waits, is given a seat, gives it back and waits again is told again: the old place in line tells which it is.
    old = {row.person_id: row.line_no for row in rows}
    for guest in up:
        event_guest_queries.save_guest(connection, guest_values(event, guest))
    enqueue_seats(connection, desk, event, [(guest.person_id, f"seat {old[guest.person_id]}") for guest in up])
    ids = tuple(guest.person_id for guest in up)
    remind(desk, connection, event, ids)
    return ids


def remind(desk: Desk, connection: Connection, event: Event, person_ids: Iterable[str]) -> None:
    """Write the reminders of people who have a seat, at their own hours. One query, however many they are."""
    ids = list(person_ids)
    if not ids:
        return
    rows = people_queries.by_ids(connection, ids, team_id=desk.team_id)
    zones = {row.id: row.slack_zone or row.zone for row in rows}
    enqueue_reminders(connection, desk, event, sorted(zones.items()), now=desk.clock.now())
