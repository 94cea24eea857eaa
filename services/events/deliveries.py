"""Which messages an event brings, as rows of the program's ledger; their words are made when they are sent."""

from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import datetime, timedelta
from enum import StrEnum

from sqlalchemy import Connection

from domain.delivery import NewDelivery, Tier, delivery_key, news
from domain.event_answers import Guest
from domain.events import Event
from domain.times import zone as zone_of
from services.desk import Desk
from storage.delivery import cancel, enqueue
from storage.engine import table_of
from storage.program.delivery import ProgramDelivery

ledger = table_of(ProgramDelivery)
DAY_BEFORE, QUARTER = "day", "15m"
"""The two rungs of a reminder."""
QUARTER_LEAD = timedelta(minutes=15)
HOSTS, HOSTS_WEEKLY, HOSTS_NO_MORE = "host", "weekly", "no_host"
"""Rungs of the news of hosting: an event, one that comes again in the weeks after it, or not any more."""
WAKING_FROM_HOUR, WAKING_TO_HOUR = 9, 20
"""Between these hours of their own day people are told that tomorrow they have an event."""


class EventMessage(StrEnum):
    """Kinds of delivery that an event brings."""

    REMINDER = "event.reminder"
    MOVED = "event.moved"
    CALLED_OFF = "event.called_off"
    SEAT = "event.seat"
    SLOT = "event.slot"
    HOST = "event.host"
    CALENDAR = "event.calendar"
    FILE = "event.file"


_BEFORE_IT = tuple(kind for kind in EventMessage if kind is not EventMessage.CALLED_OFF)


def day_before(starts: datetime, zone_name: str) -> datetime:
    """When somebody in a zone is told that an event is tomorrow: at its time of day, or when they are awake."""
    tz = zone_of(zone_name)
    local = (starts - timedelta(days=1)).astimezone(tz)
    if local.hour < WAKING_FROM_HOUR:
        local = local.replace(hour=WAKING_FROM_HOUR, minute=0, second=0, microsecond=0, fold=0)
    elif local.hour >= WAKING_TO_HOUR:
        local = local.replace(hour=WAKING_TO_HOUR, minute=0, second=0, microsecond=0, fold=0)
    return local.astimezone(starts.tzinfo)


def reminders(event: Event, person_id: str, zone_name: str, *, now: datetime) -> Iterator[NewDelivery]:
    """The reminders that are still ahead for somebody who has said yes; saying so again brings no others."""
    times = {DAY_BEFORE: day_before(event.plan.starts, zone_name), QUARTER: event.plan.starts - QUARTER_LEAD}
    for name, send_at in times.items():
        if send_at > now:
            yield NewDelivery(
                kind=EventMessage.REMINDER,
                program_id=event.program_id,
                object_id=event.id,
                object_version=event.time_version,
                person_id=person_id,
                # The version keeps an event that moves away and back apart from itself: a key is never used again.
                rung=f"{name} v{event.time_version}",
                tier=Tier.IMPORTANT,
                due=event.plan.starts,
                send_at=send_at,
                expires_at=event.plan.starts,
            )


def rungs_ahead(event: Event, zone_name: str, *, now: datetime) -> tuple[str, ...]:
    """The reminders that somebody in this zone who says yes now will get: `DAY_BEFORE`, `QUARTER`, both or none."""
    return tuple(row.rung.partition(" ")[0] for row in reminders(event, "", zone_name, now=now))


def enqueue_reminders(
    connection: Connection, desk: Desk, event: Event, zones: Iterable[tuple[str, str]], *, now: datetime
) -> None:
    """Write the reminders of people with their zones."""
    rows = [row for person_id, zone_name in zones for row in reminders(event, person_id, zone_name, now=now)]
    enqueue(connection, ledger, rows, ids=desk.ids, now=now)


def enqueue_seats(
    connection: Connection,
    desk: Desk,
    event: Event,
    people: Iterable[tuple[str, str]],
    kind: EventMessage = EventMessage.SEAT,
) -> None:
    """Tell people who came up that they have a seat now, or a slot for their talk; each with a rung of their own."""
    now = desk.clock.now()
    rows = [
        news(
            kind,
            program_id=event.program_id,
            object_id=event.id,
            person_id=person_id,
            rung=rung,
            at=now,
            expires_at=event.plan.starts,
            version=event.version,
            tier=Tier.IMPORTANT,
        )
        for person_id, rung in people
    ]
    enqueue(connection, ledger, rows, ids=desk.ids, now=now)


def enqueue_moved(connection: Connection, desk: Desk, event: Event, guests: Iterable[Guest], *, was: datetime) -> None:
    """Tell who comes, or might, that something about an event has changed; what was planned as it was is taken back.

    It is due before anybody would go to where it was: `was` is when it would have begun.
    """
    kinds = (EventMessage.REMINDER, EventMessage.MOVED, EventMessage.CALENDAR, EventMessage.FILE)
    cancel(connection, ledger, object_id=event.id, kinds=kinds, reason="event changed")
    _tell(connection, desk, event, EventMessage.MOVED, guests, due=min(was, event.plan.starts))


def enqueue_called_off(connection: Connection, desk: Desk, event: Event, guests: Iterable[Guest]) -> None:
    """Tell who comes, or might have, that an event does not take place."""
    cancel(connection, ledger, object_id=event.id, kinds=_BEFORE_IT, reason="event called off")
    _tell(connection, desk, event, EventMessage.CALLED_OFF, guests)


def enqueue_host(
    connection: Connection, desk: Desk, event: Event, *, by_id: str, was: str = "", is_weekly: bool = False
) -> None:
    """Tell the host of an event so, and who hosted it before (`was`) that they do not; not who did it themselves.

    What is taken back before it was sent is not told at all.
    """
    host_id = event.plan.host_id
    if host_id == was:
        return
    for person_id, rung in ((was, HOSTS_NO_MORE), (host_id, HOSTS_WEEKLY if is_weekly else HOSTS)):
        if person_id and not _unsaid(connection, event, person_id) and person_id != by_id:
            _tell(connection, desk, event, EventMessage.HOST, [Guest(person_id=person_id)], rung=rung)


def _unsaid(connection: Connection, event: Event, person_id: str) -> bool:
    """Take back what somebody was still to hear of hosting an event; whether there was anything."""
    kinds = (EventMessage.HOST,)
    reason = "hosts as before"
    return bool(cancel(connection, ledger, object_id=event.id, kinds=kinds, reason=reason, person_id=person_id))


def enqueue_calendar(connection: Connection, desk: Desk, event: Event, person_id: str, *, rung: str) -> None:
    """The calendar file that somebody asked for, behind a line that says what it is."""
    row = _row(event, EventMessage.CALENDAR, person_id, rung, at=desk.clock.now(), expires_at=event.plan.ends)
    enqueue(connection, ledger, [row, _file_after(row)], ids=desk.ids, now=desk.clock.now())


def _tell(
    connection: Connection,
    desk: Desk,
    event: Event,
    kind: EventMessage,
    guests: Iterable[Guest],
    *,
    due: datetime | None = None,
    rung: str = "",
) -> None:
    """It is due before the event begins. Whoever has asked for a calendar file has a new one behind the news."""
    rows: list[NewDelivery] = []
    name = " ".join(filter(None, (rung, f"v{event.version}")))
    for guest in guests:
        told = _row(event, kind, guest.person_id, name, at=desk.clock.now(), expires_at=event.plan.ends)
        row = replace(told, due=due or event.plan.starts)
        rows += [row, _file_after(row)] if guest.has_file else [row]
    enqueue(connection, ledger, rows, ids=desk.ids, now=desk.clock.now())


def _row(
    event: Event, kind: EventMessage, person_id: str, rung: str, *, at: datetime, expires_at: datetime
) -> NewDelivery:
    return news(
        kind,
        program_id=event.program_id,
        object_id=event.id,
        person_id=person_id,
        rung=rung,
        at=at,
        expires_at=expires_at,
        version=event.version,
        tier=Tier.IMPORTANT,
    )


def _file_after(row: NewDelivery) -> NewDelivery:
    return NewDelivery(
        kind=EventMessage.FILE,
        program_id=row.program_id,
        object_id=row.object_id,
        object_version=row.object_version,
        person_id=row.person_id,
        rung=row.rung,
        tier=row.tier,
        due=row.due,
        send_at=row.send_at,
        expires_at=row.expires_at,
        after=delivery_key(row),
    )
