"""What a message about an event says, found at the moment of sending, and whether it is still true then."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from domain.delivery import Delivery, Suppressed
from domain.event_answers import Guest
from domain.events import Event
from domain.talks import Talk, with_slots
from domain.times import zone as zone_of
from domain.wall import local_date
from services.desk import Desk
from services.events.deliveries import DAY_BEFORE, HOSTS_NO_MORE, QUARTER, QUARTER_LEAD, EventMessage
from services.events.stored import event_of, guest_of
from services.events.talks import LINE, OFF, TALK, talks_in
from storage.program import event_guest_queries, event_queries

TODAY = "today"
"""What a reminder of the day before has become that was kept until the day itself."""
LATE = timedelta(minutes=5)
"""By more than this, a reminder a quarter of an hour ahead is none."""


@dataclass(frozen=True, slots=True, kw_only=True)
class EventNews:
    """An event and what the reader has said to it, as both stand now.

    `rung` is the name of the row's rung alone; of a reminder what is true of its start now: `DAY_BEFORE`, `TODAY`,
    `QUARTER`, or "" for none of them. `is_closed` is whether nobody can say yes to it any more.
    """

    kind: EventMessage
    event: Event
    guest: Guest
    zone: str
    rung: str
    is_closed: bool = False


def event_news(desk: Desk, delivery: Delivery) -> EventNews | Suppressed:
    """What to say, or why nothing need be said any more. Three queries at most, and one for talks."""
    person = desk.people.person(delivery.person_id)
    if person is None:
        return Suppressed("gone")
    with desk.program.read() as connection:
        row = event_queries.event_by_id(connection, delivery.object_id)
        if row is None:
            return Suppressed("no such event")
        event = event_of(row)
        guest = guest_of(person.id, event_guest_queries.guest_in(connection, event.id, person.id))
        is_talk = delivery.kind == EventMessage.SLOT
        talks = talks_in(connection, event.id) if is_talk else []
    now = desk.clock.now()
    found = EventNews(
        kind=EventMessage(delivery.kind),
        event=event,
        guest=guest,
        zone=person.zone,
        rung=_rung(delivery, event.plan.starts, person.zone, now=now),
        is_closed=now >= event.plan.closes_at,
    )
    reason = _why_no_talk(desk, found, talks, person.id) if is_talk else _why_not(desk, found, delivery)
    return Suppressed(reason) if reason else found


def talk_rung(event: Event, talks: Sequence[Talk], person_id: str) -> str:
    """The rung of the news that is true of somebody's talk now."""
    slots = event.plan.talk_slots
    has_slot, is_listed = (
        any(talk.person_id == person_id for talk in some) for some in (with_slots(talks, slots), talks)
    )
    return OFF if not (is_listed and slots) else TALK if has_slot else LINE


def hosts_still(event: Event, person_id: str, rung: str) -> bool:
    """Whether news of hosting is true now: of who hosts it, or of who does no more."""
    return (event.plan.host_id == person_id) is (rung != HOSTS_NO_MORE)


def _rung(delivery: Delivery, starts: datetime, zone_name: str, *, now: datetime) -> str:
    """Of a reminder by the clock on its reader's wall: when the row goes says nothing once quiet hours put it off."""
    name = delivery.rung.partition(" ")[0]
    if delivery.kind != EventMessage.REMINDER:
        return name
    if name == QUARTER:
        return name if starts - now >= QUARTER_LEAD - LATE else ""
    tz = zone_of(zone_name)
    days = (local_date(starts, tz) - local_date(now, tz)).days
    return {0: TODAY, 1: DAY_BEFORE}.get(days, "")


def _why_no_talk(desk: Desk, found: EventNews, talks: Sequence[Talk], person_id: str) -> str:
    """Why news of somebody's talk is not true any more, or ""."""
    event = found.event
    holds = event.takes_answers(desk.clock.now()) and found.rung == talk_rung(event, talks, person_id)
    return "" if holds else "not so any more"


def _why_not_host(desk: Desk, found: EventNews, person_id: str) -> str:
    """Why news of hosting is not true any more, or ""."""
    event = found.event
    is_so = hosts_still(event, person_id, found.rung)
    holds = is_so and event.is_open and desk.clock.now() < event.plan.ends
    return "" if holds else "not so any more"


def _why_not(desk: Desk, found: EventNews, delivery: Delivery) -> str:
    """Why a message is not true any more, or ""."""
    event, guest, is_moved = found.event, found.guest, found.kind is EventMessage.MOVED
    if found.kind is EventMessage.HOST:
        return _why_not_host(desk, found, delivery.person_id)
    is_late = delivery.due != event.plan.starts or desk.clock.now() >= delivery.due
    if found.kind in (EventMessage.FILE, EventMessage.CALLED_OFF):
        return ""  # a file follows a message, which was true a moment ago; and nothing makes an event take place again
    if not event.is_open:
        return "called off"
    if not (guest.has_yes or (is_moved and guest.may_come)):
        return "does not come any more"
    return "moved, or begun" if found.kind is EventMessage.REMINDER and is_late else ""
