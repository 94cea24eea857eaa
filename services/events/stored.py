"""Events and guests as the store holds them, and as values."""

from collections.abc import Iterable
from typing import Any

from sqlalchemy import Connection, Row

from domain.event_answers import Guest, Numbers, Said
from domain.events import Attending, Event, EventFormat, EventKind, EventPlan, Status
from domain.talks import Talk
from domain.times import epoch_seconds, instant_of
from services.audiences.private import kept_json
from services.audiences.stored import audience_from
from storage.program.event_guest_queries import Count
from storage.program.event_queries import GuestFacts


def event_of(row: Row[Any]) -> Event:
    """A stored event."""
    plan = EventPlan(
        kind=EventKind(row.kind),
        title=row.title,
        text=row.text,
        format=EventFormat(row.format),
        site=row.site,
        place=row.place,
        link=row.link,
        host_id=row.host_id,
        starts=instant_of(row.starts_at),
        ends=instant_of(row.ends_at),
        closes=None if row.closes_at is None else instant_of(row.closes_at),
        room_seats=row.room_seats,
        remote_seats=row.remote_seats,
        has_waitlist=row.has_waitlist,
        audience=audience_from(row.audience),
        talk_slots=row.talk_slots,
        talk_minutes=row.talk_minutes,
    )
    return Event(
        id=row.id,
        program_id=row.program_id,
        by_id=row.by_id,
        status=Status(row.status),
        plan=plan,
        version=row.version,
        time_version=row.time_version,
        changed=instant_of(row.changed_at),
        reason=row.reason,
    )


def values_of(connection: Connection, plan: EventPlan) -> dict[str, Any]:
    """What of an event its planner decides, as columns."""
    return {
        "host_id": plan.host_id,
        "kind": plan.kind.value,
        "format": plan.format.value,
        "title": plan.title,
        "text": plan.text,
        "site": plan.site,
        "place": plan.place,
        "link": plan.link,
        "audience": kept_json(connection, plan.audience),
        "starts_at": epoch_seconds(plan.starts),
        "ends_at": epoch_seconds(plan.ends),
        "closes_at": None if plan.closes is None else epoch_seconds(plan.closes),
        "room_seats": plan.room_seats,
        "remote_seats": plan.remote_seats,
        "has_waitlist": plan.has_waitlist,
        "talk_slots": plan.talk_slots,
        "talk_minutes": plan.talk_minutes,
    }


def guest_of(person_id: str, facts: GuestFacts | Row[Any] | None) -> Guest:
    """What somebody has said; of somebody who has not, nothing."""
    if facts is None or facts.said is None:
        return Guest(person_id=person_id)
    return Guest(
        person_id=person_id,
        said=Said(facts.said),
        way=_way(facts.way),
        waits_for=_way(facts.waits_for),
        line_no=facts.line_no or 0,
        came_way=_way(facts.came_way),
        came_by=facts.came_by or "",
        has_file=bool(facts.has_file),
    )


def guest_values(event: Event, guest: Guest) -> dict[str, Any]:
    """What somebody has said, as columns; whether they came is not among them."""
    return {
        "event_id": event.id,
        "person_id": guest.person_id,
        "program_id": event.program_id,
        "said": guest.said.value,
        "way": guest.way or "",
        "waits_for": guest.waits_for or "",
        "line_no": guest.line_no,
        "has_file": guest.has_file,
    }


def talk_of(row: Row[Any]) -> Talk:
    """A stored talk."""
    return Talk(person_id=row.person_id, title=row.title, place_no=row.place_no)


def numbers_of(found: Iterable[Count]) -> Numbers:
    """The numbers of one event."""
    rows = list(found)
    return Numbers(
        yes={way: _sum(row for row in rows if row.said == Said.YES and row.way == way) for way in Attending},
        waiting={way: _sum(row for row in rows if row.waits_for == way) for way in Attending},
        came={way: _sum(row for row in rows if row.came_way == way) for way in Attending},
        maybe=_sum(row for row in rows if row.said == Said.MAYBE),
        no=_sum(row for row in rows if row.said == Said.NO),
        came_unasked=_sum(row for row in rows if row.came_way and row.said != Said.YES),
    )


def _sum(rows: Iterable[Count]) -> int:
    return sum(row.number for row in rows)


def _way(text: str | None) -> Attending | None:
    return Attending(text) if text else None
