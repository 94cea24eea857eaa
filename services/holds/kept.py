"""What waits for somebody's answer, as they see it in their list."""

from dataclasses import dataclass
from datetime import datetime

from domain.booking import Booked, BookingStatus
from domain.errors import NotFound
from domain.kinds import SessionKind
from domain.people import Person
from domain.times import epoch_seconds
from services.desk import SupportDesk
from services.sessions.facts import SessionDetails
from services.sessions.own import WHO_LEFT, details_in, own_session
from services.sessions.sight import seen_by
from storage.confidential import kept_queries


@dataclass(frozen=True, slots=True, kw_only=True)
class KeptTime:
    """A time that waits for an answer until an instant: the reader's own reference to it. For a modal only.

    `is_request` says that it was asked for, else it is kept for the scholar; `is_for_scholar` who reads it.
    """

    ref: str
    version: int
    starts: datetime
    until: datetime
    zone: str
    kind: SessionKind
    other_name: str
    is_request: bool
    is_for_scholar: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class WaitingTime:
    """The same for somebody's own Home tab: when it would be and until when it waits, and nothing about who or why."""

    starts: datetime
    until: datetime
    zone: str
    is_request: bool


def waiting_times(desk: SupportDesk, scholar: Person) -> tuple[WaitingTime, ...]:
    """What is kept for this scholar or was asked for by them, soonest first. One query."""
    with desk.store.read() as connection:
        found = kept_queries.kept_of(connection, scholar.id, after=epoch_seconds(desk.clock.now()))
    return tuple(_waiting(each, scholar) for each in found if each.scholar_id == scholar.id)


def requests_to(desk: SupportDesk, staff: Person) -> tuple[WaitingTime, ...]:
    """What this staff member was asked for and has not answered, by scholars whom they may meet; soonest first."""
    with desk.store.read() as connection:
        found = kept_queries.kept_of(connection, staff.id, after=epoch_seconds(desk.clock.now()))
    asked = [each for each in found if each.staff_id == staff.id]
    return tuple(_waiting(each, staff) for each in (seen_by(desk, staff, asked) if asked else ()))


def kept_times(desk: SupportDesk, person: Person) -> tuple[KeptTime, ...]:
    """Kept for this scholar, asked for by them, or of this staff member; soonest first. Two queries more at most."""
    with desk.store.read() as connection:
        found = kept_queries.kept_of(connection, person.id, after=epoch_seconds(desk.clock.now()))
    seen = seen_by(desk, person, found)
    others = {each.other_side(person.id) for each in seen}
    names = {each.id: each.name for each in desk.people.people(others)} if others else {}
    return tuple(_kept(desk, person, each, names.get(each.other_side(person.id), WHO_LEFT)) for each in seen)


def kept_details(desk: SupportDesk, person: Person, ref: str) -> SessionDetails:
    """Who, where and what, as it stands now. Raises `NotFound`."""
    with desk.store.read() as connection:
        kept = own_session(desk, connection, person, ref)
        return details_in(desk, connection, person, kept)


def request_to_answer(desk: SupportDesk, staff: Person, ref: str) -> SessionDetails:
    """The same for the one who was asked, and for nobody else. Raises `NotFound`."""
    details = kept_details(desk, staff, ref)
    if details.booked.staff_id != staff.id:
        raise NotFound
    return details


def _waiting(kept: Booked, reader: Person) -> WaitingTime:
    return WaitingTime(
        starts=kept.starts,
        until=kept.kept_until,
        zone=reader.zone,
        is_request=kept.status == BookingStatus.REQUESTED,
    )


def _kept(desk: SupportDesk, person: Person, kept: Booked, other_name: str) -> KeptTime:
    return KeptTime(
        ref=kept.ref_of(person.id),
        version=kept.version,
        starts=kept.starts,
        until=kept.kept_until,
        zone=person.zone,
        kind=desk.kind(kept.kind, person),
        other_name=other_name,
        is_request=kept.status == BookingStatus.REQUESTED,
        is_for_scholar=person.id == kept.scholar_id,
    )
