"""A person looks at their own sessions; nobody else's can be found."""

from collections.abc import Sequence
from typing import NamedTuple

from sqlalchemy import Connection

from domain.booking import Booked
from domain.errors import DomainError, NotFound
from domain.people import Person
from domain.places import Place
from domain.times import day_bounds, epoch_seconds, zone
from services.desk import SupportDesk
from services.scheduling.facts import SessionDetails, SessionLine
from services.scheduling.rules import check_changeable
from services.scheduling.topic import Topic, open_reason, open_topic
from storage.confidential import booking_queries, hours_queries

LISTED = 20


def upcoming_sessions(desk: SupportDesk, person: Person, *, at_most: int = LISTED) -> tuple[SessionLine, ...]:
    """The person's sessions that have not ended, soonest first."""
    now = epoch_seconds(desk.clock.now())
    with desk.store.read() as connection:
        found = booking_queries.upcoming_of(connection, person.id, after=now, at_most=at_most)
    return tuple(_line(booked, person) for booked in found)


def sessions_today(desk: SupportDesk, staff: Person) -> tuple[SessionLine, ...]:
    """What is left of the staff member's local day."""
    now = desk.clock.now()
    _, midnight = day_bounds(now.astimezone(zone(staff.zone)).date(), zone(staff.zone))
    return tuple(line for line in upcoming_sessions(desk, staff) if epoch_seconds(line.starts) < midnight)


def session_details(desk: SupportDesk, person: Person, session_id: str) -> SessionDetails:
    """Everything the person may see of one of their sessions. Raises `NotFound`, the same for missing and forbidden."""
    with desk.store.read() as connection:
        booked = booking_queries.booking_of(connection, session_id, person.id)
        if booked is None:
            raise NotFound
        topic = open_topic(desk, connection, booked)
        given = booking_queries.reason_of(connection, booked)
        reason = open_reason(desk, connection, given[1], booked=booked, by_id=given[0]) if given else ""
        setting = _setting(connection, booked)
    parties = desk.people.people([booked.scholar_id, booked.staff_id])
    return _details(desk, person, booked, parties, setting, topic=topic, reason=reason)


def details_at_booking(
    desk: SupportDesk, connection: Connection, booked: Booked, *, scholar: Person, staff: Person, topic: Topic
) -> SessionDetails:
    """The same for the scholar, in the transaction that books: who and what are known, so only the place is read."""
    return _details(desk, scholar, booked, (scholar, staff), _setting(connection, booked), topic=topic, reason="")


def changeable_details(desk: SupportDesk, person: Person, session_id: str) -> SessionDetails:
    """The same, or the reason why the person cannot change the session now."""
    details = session_details(desk, person, session_id)
    check_changeable(details.booked, details.kind, person, now=epoch_seconds(desk.clock.now()))
    return details


class _Setting(NamedTuple):
    """Where the staff member meets people, by site, and the zone of their hours ("" when they set none)."""

    places: dict[str, tuple[str, str]]
    zone: str


def _setting(connection: Connection, booked: Booked) -> _Setting:
    places = hours_queries.places_of(connection, booked.staff_id, booked.kind)
    return _Setting(places, hours_queries.zone_of(connection, booked.staff_id))


def _details(
    desk: SupportDesk,
    person: Person,
    booked: Booked,
    parties: Sequence[Person],
    setting: _Setting,
    *,
    topic: Topic,
    reason: str,
) -> SessionDetails:
    by_id = {each.id: each for each in parties}
    other = by_id.get(booked.other_side(person.id))
    scholar = by_id.get(booked.scholar_id)
    other_zone = other.zone if other else person.zone
    if setting.zone and person.id == booked.scholar_id:
        other_zone = setting.zone
    return SessionDetails(
        booked=booked,
        kind=desk.kind(booked.kind),
        zone=person.zone,
        other_name=other.name if other else "somebody who has left the program",
        other_zone=other_zone,
        place=_place(setting.places, scholar.site if scholar else ""),
        focus_areas=topic.areas,
        words=topic.words,
        reason=reason,
        can_change=_can_change(desk, booked, person),
    )


def _can_change(desk: SupportDesk, booked: Booked, person: Person) -> bool:
    try:
        check_changeable(booked, desk.kind(booked.kind), person, now=epoch_seconds(desk.clock.now()))
    except DomainError:
        return False
    return True


def _place(places: dict[str, tuple[str, str]], site: str) -> Place | None:
    found = places.get(site) or places.get("")
    return Place(kind=found[0], detail=found[1]) if found else None


def _line(booked: Booked, person: Person) -> SessionLine:
    return SessionLine(id=booked.id, starts=booked.starts, ends=booked.ends, zone=person.zone, version=booked.version)
