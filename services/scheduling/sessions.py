"""A person looks at their own sessions; nobody else's can be found."""

from collections.abc import Sequence
from dataclasses import replace

from sqlalchemy import Connection

from domain.booking import Booked
from domain.errors import DomainError, NotFound
from domain.hours import zone_at
from domain.people import Person
from domain.places import Place
from domain.times import END_OF_TIME, day_bounds, epoch_seconds, zone
from services.desk import SupportDesk
from services.scheduling.facts import NamedSession, SessionDetails, SessionLine
from services.scheduling.hours_value import hours_value
from services.scheduling.rules import check_changeable
from services.scheduling.sight import may_see, seen_by
from services.scheduling.topic import Topic, open_reason, open_topic
from storage.confidential import booking_queries
from storage.confidential.hours_queries import HoursRecord, Setting, setting_of

LISTED = 20
MANY_MORE = 8
"""By how much more is read when some of it is not to be seen, which is rare."""
SYSTEM = "system"
"""Who changed a booking when nobody did: the house, after a roster change."""
WHO_LEFT = "somebody who has left the program"


def upcoming_sessions(desk: SupportDesk, person: Person, *, at_most: int = LISTED) -> tuple[SessionLine, ...]:
    """The person's sessions that have not ended, soonest first."""
    return tuple(_line(booked, person) for booked in _own(desk, person, before=END_OF_TIME, at_most=at_most))


def named_sessions(desk: SupportDesk, person: Person, *, at_most: int = LISTED) -> tuple[NamedSession, ...]:
    """The same with whom and of which kind, for a modal. One query more, however many there are."""
    own = _own(desk, person, before=END_OF_TIME, at_most=at_most)
    others = {booked.other_side(person.id) for booked in own}
    names = {each.id: each.name for each in desk.people.people(others)} if others else {}
    return tuple(
        NamedSession(
            line=_line(booked, person),
            kind=desk.kind(booked.kind),
            other_name=names.get(booked.other_side(person.id), WHO_LEFT),
        )
        for booked in own
    )


def sessions_today(desk: SupportDesk, staff: Person) -> tuple[SessionLine, ...]:
    """What is left of the staff member's local day."""
    today = desk.clock.now().astimezone(zone(staff.zone)).date()
    _, midnight = day_bounds(today, zone(staff.zone))
    return tuple(_line(booked, staff) for booked in _own(desk, staff, before=midnight, at_most=LISTED))


def _own(desk: SupportDesk, person: Person, *, before: int, at_most: int) -> list[Booked]:
    """The soonest that the person may look at; what they may not, until the sweep cancels it, hides nothing else."""
    now = epoch_seconds(desk.clock.now())
    asked = at_most
    while True:
        with desk.store.ask() as connection:
            found = booking_queries.upcoming_of(connection, person.id, after=now, before=before, at_most=asked)
        seen = seen_by(desk, person, found)
        if len(seen) >= at_most or len(found) < asked:
            return seen[:at_most]
        asked *= MANY_MORE


def session_details(desk: SupportDesk, person: Person, ref: str) -> SessionDetails:
    """Everything the person may see of a session they know by this reference. Raises as `own_session` does."""
    with desk.store.read() as connection:
        return details_in(desk, connection, person, own_session(desk, connection, person, ref))


def own_session(desk: SupportDesk, connection: Connection, person: Person, ref: str) -> Booked:
    """The session a person knows by this reference. Raises `NotFound`, the same for missing and forbidden."""
    booked = booking_queries.booking_of(connection, ref, person.id)
    if booked is None or not may_see(desk, person, booked):
        raise NotFound
    return booked


def details_in(desk: SupportDesk, connection: Connection, person: Person, booked: Booked) -> SessionDetails:
    """The same in the caller's transaction, so that a change is told without another read, which might fail."""
    parties = desk.people.people([booked.scholar_id, booked.staff_id])
    topic = open_topic(desk, connection, booked)
    by_id, sealed = booking_queries.last_change(connection, booked)
    reason = open_reason(desk, connection, sealed, booked=booked, by_id=by_id) if sealed else ""
    setting = setting_of(connection, booked.staff_id, booked.kind)
    details = _details(desk, person, booked, parties, setting, topic=topic)
    return replace(
        details, reason=reason, is_readers_reason=bool(reason) and by_id == person.id, is_off=by_id == SYSTEM
    )


def details_again(desk: SupportDesk, connection: Connection, scholar: Person, booking_id: str) -> SessionDetails:
    """What a scholar's earlier delivery of the same request booked, as it stands now, whoever has left since."""
    booked = booking_queries.booking_by_id(connection, booking_id)
    if booked is None or booked.scholar_id != scholar.id:
        raise NotFound
    return details_in(desk, connection, scholar, booked)


def details_at_booking(
    desk: SupportDesk, connection: Connection, booked: Booked, *, scholar: Person, staff: Person, topic: Topic
) -> SessionDetails:
    """The same for the scholar, in the transaction that books: who and what are known, so only the place is read."""
    setting = setting_of(connection, booked.staff_id, booked.kind)
    return _details(desk, scholar, booked, (scholar, staff), setting, topic=topic)


def changeable_details(desk: SupportDesk, person: Person, ref: str) -> SessionDetails:
    """The same, or the reason why the person cannot change the session now."""
    details = session_details(desk, person, ref)
    check_changeable(details.booked, details.kind, person, now=epoch_seconds(desk.clock.now()))
    return details


def place_at(places: dict[str, tuple[str, str]], site: str) -> Place | None:
    """The place for a site, or the one for all of them; None where neither is set."""
    found = places.get(site) or places.get("")
    return Place(kind=found[0], detail=found[1]) if found else None


def _details(
    desk: SupportDesk,
    person: Person,
    booked: Booked,
    parties: Sequence[Person],
    setting: Setting,
    *,
    topic: Topic,
) -> SessionDetails:
    by_id = {each.id: each for each in parties}
    other = by_id.get(booked.other_side(person.id))
    scholar = by_id.get(booked.scholar_id)
    other_zone = other.zone if other else person.zone
    if setting.zone and person.id == booked.scholar_id:
        other_zone = working_zone(setting, booked.starts_at)
    return SessionDetails(
        ref=booked.ref_of(person.id),
        booked=booked,
        kind=desk.kind(booked.kind),
        zone=person.zone,
        other_name=other.name if other else WHO_LEFT,
        other_zone=other_zone,
        place=place_at(setting.places, scholar.site if scholar else ""),
        focus_areas=topic.areas,
        words=topic.words,
        is_unreadable=topic.is_unreadable,
        reason="",
        is_off=False,
        why_fixed=_why_fixed(desk, booked, person),
    )


def working_zone(setting: Setting, instant: int) -> str:
    """Where somebody works at an instant in epoch seconds: at home or, by their own word, somewhere else."""
    record = HoursRecord(staff_id="", zone=setting.zone, travels=setting.travels)
    return zone_at(hours_value(record, setting.zone), instant) if setting.travels else setting.zone


def _why_fixed(desk: SupportDesk, booked: Booked, person: Person) -> str:
    try:
        check_changeable(booked, desk.kind(booked.kind), person, now=epoch_seconds(desk.clock.now()))
    except DomainError as fixed:
        return fixed.message
    return ""


def _line(booked: Booked, person: Person) -> SessionLine:
    return SessionLine(
        ref=booked.ref_of(person.id),
        starts=booked.starts,
        ends=booked.ends,
        zone=person.zone,
        version=booked.version,
    )
