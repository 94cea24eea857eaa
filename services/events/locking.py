"""Whoever changes an event, or what people say to it, does so one after the other."""

from sqlalchemy import Connection

from domain.events import Event
from services.desk import Desk
from services.events.stored import event_of
from storage.program import event_queries


def lock_event(desk: Desk, connection: Connection, event_id: str) -> None:
    """Let no other writer past this point for the same event: what is read behind it stays true until the commit."""
    desk.program.lock(connection, f"event {event_id}")


def event_now(connection: Connection, event_id: str) -> Event:
    """An event that is there, as it stands within this transaction; events are never deleted."""
    row = event_queries.event_by_id(connection, event_id)
    if row is None:
        raise LookupError(event_id)
    return event_of(row)
