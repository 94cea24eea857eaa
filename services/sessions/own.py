"""A person looks at their own sessions; nobody else's can be found."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection

from domain.booking import Booked, BookingStatus
from domain.errors import DomainError, NotFound
from domain.groups import GroupPart
from domain.hours import zone_at
from domain.people import Person
from domain.places import Place
from domain.sides import side_of_part
from domain.times import END_OF_TIME, epoch_seconds
from services.desk import SupportDesk
from services.hours.value import hours_value
from services.sessions.changing import check_changeable, check_movable
from services.sessions.facts import SessionDetails, SessionLine
from services.sessions.sight import may_see, may_see_part, seen_by
from services.sessions.topic import Topic, open_reason, open_topic
from storage.confidential import booking_queries, group_queries
from storage.confidential.hours_queries import HoursRecord, Setting, setting_of

LISTED = 20
MANY_MORE = 8
"""By how much more is read when some of it is not to be seen, which is rare."""
SYSTEM = "system"
"""Who changed a booking when nobody did: the house, after a roster change."""
WHO_LEFT = "somebody who has left the program"


def upcoming_sessions(desk: SupportDesk, person: Person, *, at_most: int = LISTED) -> tuple[SessionLine, ...]:
    """The person's sessions that have not ended, of two or of several, soonest first."""
    return _lines(desk, person, before=END_OF_TIME, at_most=at_most)


def sessions_before(
    desk: SupportDesk, person: Person, *, before: int, at_most: int = LISTED
) -> tuple[SessionLine, ...]:
    """The same as `upcoming_sessions`, of those that begin before an instant in epoch seconds."""
    return _lines(desk, person, before=before, at_most=at_most)


def _lines(desk: SupportDesk, person: Person, *, before: int, at_most: int) -> tuple[SessionLine, ...]:
    of_two = (line_of(booked, person) for booked in own_ahead(desk, person, before=before, at_most=at_most))
    of_several = (part_line(part, person) for part in parts_ahead(desk, person, before=before, at_most=at_most))
    return tuple(sorted((*of_two, *of_several), key=lambda each: each.starts)[:at_most])


def parts_ahead(desk: SupportDesk, person: Person, *, before: int, at_most: int) -> list[GroupPart]:
    """The same of group sessions."""
    now = epoch_seconds(desk.clock.now())
    with desk.store.ask() as connection:
        found = group_queries.parts_upcoming(connection, person.id, after=now, before=before, at_most=at_most)
    return [part for part in found if may_see_part(person, part)]


def own_ahead(desk: SupportDesk, person: Person, *, before: int, at_most: int) -> list[Booked]:
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
    if booked.status == BookingStatus.HELD and person.id != booked.scholar_id:
        raise NotFound  # whoever would take the session hears of it when it is one
    return booked


def details_in(desk: SupportDesk, connection: Connection, person: Person, booked: Booked) -> SessionDetails:
    """The same in the caller's transaction, so that a change is told without another read, which might fail."""
    parties = desk.people.people([booked.scholar_id, booked.staff_id])
    topic = open_topic(desk, connection, booked)
    by_id, sealed = booking_queries.last_change(connection, booked)
    reason = open_reason(desk, connection, sealed, booked=booked, by_id=by_id) if sealed else ""
    staff = next((each for each in parties if each.id == booked.staff_id), None)
    details = _details(desk, person, booked, parties, _setting(desk, connection, booked, staff), topic=topic)
    return replace(
        details,
        reason=reason,
        is_readers_reason=bool(reason) and by_id == person.id,
        is_off=by_id == SYSTEM,
        series=_series(connection, booked),
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
    setting = _setting(desk, connection, booked, staff)
    return _details(desk, scholar, booked, (scholar, staff), setting, topic=topic)


def changeable_details(desk: SupportDesk, person: Person, ref: str) -> SessionDetails:
    """The same, or the reason why the person cannot change the session now."""
    details = session_details(desk, person, ref)
    check_changeable(details.booked, details.kind, person, now=epoch_seconds(desk.clock.now()))
    return details


def movable_details(desk: SupportDesk, person: Person, ref: str) -> SessionDetails:
    """The same, or the reason why the person cannot move the session, though they may cancel it."""
    details = changeable_details(desk, person, ref)
    check_movable(details.booked, details.kind, person)
    return details


def following_in(connection: Connection, booked: Booked) -> list[Booked]:
    """The later sessions of its series that still stand, soonest first."""
    if booked.series_id is None:
        return []
    of_series = booking_queries.series_of(connection, booked.series_id)
    return [each for each in of_series if each.is_open and each.starts_at > booked.starts_at]


def _series(connection: Connection, booked: Booked) -> tuple[datetime, ...]:
    if booked.series_id is None:
        return ()
    return tuple(each.starts for each in booking_queries.series_of(connection, booked.series_id) if each.is_open)


def place_at(places: dict[str, tuple[str, str]], site: str) -> Place | None:
    """The place for a site, or the one for all of them; None where neither is set."""
    found = places.get(site) or places.get("")
    return Place(kind=found[0], detail=found[1]) if found else None


def _setting(desk: SupportDesk, connection: Connection, booked: Booked, staff: Person | None) -> Setting:
    """Where they meet for this kind; for what is urgent, where whoever takes it meets people otherwise."""
    kinds = desk.kinds_taken_by(staff) if staff is not None else ()
    keys = [kind.key for kind in kinds]
    return setting_of(connection, booked.staff_id, booked.kind if booked.kind in keys or not keys else keys[0])


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
        kind=desk.kind(booked.kind, person),
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
        why_unmovable=_why_unmovable(desk, booked, person),
    )


def working_zone(setting: Setting, instant: int) -> str:
    """Where somebody works at an instant in epoch seconds: at home or, by their own word, somewhere else."""
    record = HoursRecord(staff_id="", zone=setting.zone, travels=setting.travels)
    return zone_at(hours_value(record, setting.zone), instant) if setting.travels else setting.zone


def _why_fixed(desk: SupportDesk, booked: Booked, person: Person) -> str:
    try:
        check_changeable(booked, desk.kind(booked.kind, person), person, now=epoch_seconds(desk.clock.now()))
    except DomainError as fixed:
        return fixed.message
    return ""


def _why_unmovable(desk: SupportDesk, booked: Booked, person: Person) -> str:
    try:
        check_movable(booked, desk.kind(booked.kind, person), person)
    except DomainError as fixed:
        return fixed.message
    return ""


def line_of(booked: Booked, person: Person) -> SessionLine:
    """A session of two in one of the two's list."""
    return SessionLine(
        ref=booked.ref_of(person.id),
        starts=booked.starts,
        ends=booked.ends,
        zone=person.zone,
        version=booked.version,
    )


def part_line(part: GroupPart, person: Person) -> SessionLine:
    """A session of several in the list of somebody who takes part."""
    side = side_of_part(part)
    return SessionLine(ref=side.ref, starts=side.starts, ends=side.ends, zone=person.zone, version=side.version)
