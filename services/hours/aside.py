"""Hours set aside for one kind of session: nothing else may stand in them, whatever is saved or booked when."""

from collections.abc import Iterable

from sqlalchemy import Connection

from domain.booking import Booked
from domain.errors import DomainError
from domain.groups import GroupPart
from domain.hours import WeeklyHours, set_aside, zone_at
from domain.office_hours import Helping
from domain.people import Person
from domain.times import END_OF_TIME, epoch_seconds, instant_of, local_label, zone
from services.desk import SupportDesk
from services.hours.limits import limits_of
from services.hours.value import hours_value
from services.offers.availability import read_since
from storage.confidential.booking_queries import upcoming_of
from storage.confidential.cell_queries import CellTaken
from storage.confidential.group_queries import parts_upcoming
from storage.confidential.hours_queries import HoursRecord, hours_of
from storage.confidential.kept_queries import taken_without_session
from storage.confidential.office_time_queries import helping_ahead

_ALL = 10_000
_TOLD = 3
_ANY_ZONE = "UTC"
_Ahead = Booked | GroupPart | Helping


class AsideTaken(DomainError):
    """You have sessions in these hours. Please move them first, or set other hours aside."""


def hold_hours(desk: SupportDesk, connection: Connection, staff_id: str) -> None:
    """Let nobody change the hours of this staff member, or book them, before this transaction ends.

    Taken after any person's own lock, and of several in the order of their ids, so that no two can wait for each other.
    """
    desk.store.lock(connection, f"hours of {staff_id}")


def hold_all_hours(desk: SupportDesk, connection: Connection, staff_ids: Iterable[str]) -> None:
    """The same for several, in the order that everybody keeps. Before any of their time is taken or comes free."""
    for staff_id in sorted(set(staff_ids)):
        hold_hours(desk, connection, staff_id)


def hold_as_read(
    desk: SupportDesk, connection: Connection, staff_id: str, record: HoursRecord | None, *, since: str
) -> None:
    """The same for hours that were read before. Raises `CellTaken` when they have changed since: all is read anew.

    SQLite has one writer at a time, so that nothing can have changed there.
    """
    hold_hours(desk, connection, staff_id)
    if desk.store.is_sqlite:
        return
    now = hours_of(connection, [staff_id], since=since).get(staff_id)
    # As values, since rows come in any order; the zone to fall back on is the same for both.
    if hours_value(now, _ANY_ZONE) != hours_value(record, _ANY_ZONE) or limits_of(now) != limits_of(record):
        raise CellTaken


def lies_in_aside(
    desk: SupportDesk, connection: Connection, people: Iterable[Person], *, first: int, last: int
) -> bool:
    """Whether a stretch (epoch seconds) meets hours that one of these people has set aside; they stay as they are read.

    For whoever takes time otherwise than by an offer. One query, and a lock for each person, in the order of their ids.
    """
    by_id = {person.id: person for person in people}
    hold_all_hours(desk, connection, by_id)
    records = hours_of(connection, list(by_id), since=read_since(first))
    return any(set_aside(hours_value(record, by_id[id_].zone), first, last) for id_, record in records.items())


def check_aside(
    desk: SupportDesk, connection: Connection, staff: Person, *, before: WeeklyHours, after: WeeklyHours
) -> None:
    """Raise `AsideTaken`, naming the dates and times, when the change puts hours set aside over what lies ahead.

    These are sessions, with their buffers, what is kept, and office hours. Sessions of a kind that hours are set aside
    for do not stand in the way.
    """
    if not after.purposes:
        return
    now = epoch_seconds(desk.clock.now())
    booked = upcoming_of(connection, staff.id, after=now, at_most=_ALL)
    # What is kept for a scholar becomes a session there with a press, and must not be in the way either.
    kept = taken_without_session(connection, staff.id, after=now)
    ahead: list[_Ahead] = [each for each in (*booked, *kept) if not desk.kind(each.kind, staff).set_aside]
    # Hours are never set aside for office hours or group sessions, so that all that they hold or sit in counts.
    ahead += helping_ahead(connection, staff.id, after=now)
    ahead += parts_upcoming(connection, staff.id, after=now, before=END_OF_TIME, at_most=_ALL)
    newly = [
        each for each in ahead if set_aside(after, *_taken(each, staff)) and not set_aside(before, *_taken(each, staff))
    ]
    if newly:
        raise AsideTaken(_sentence(sorted(newly, key=lambda each: each.starts_at), after))


def _taken(ahead: _Ahead, staff: Person) -> tuple[int, int]:
    if not isinstance(ahead, Booked) or ahead.staff_id == staff.id:
        return ahead.busy_from, ahead.busy_to
    return ahead.starts_at, ahead.ends_at


def _sentence(booked: list[_Ahead], hours: WeeklyHours) -> str:
    when = [local_label(instant_of(each.starts_at), zone(zone_at(hours, each.starts_at))) for each in booked[:_TOLD]]
    more = f"; and {len(booked) - _TOLD} more" if len(booked) > _TOLD else ""
    if not all(isinstance(each, Helping) or each.is_open for each in booked):
        return (
            f"With their buffers, times that are not free lie in hours you have set aside: {'; '.join(when)}{more}. "
            "Please move what is booked first, try again later, or change these hours."
        )
    if any(isinstance(each, Helping) for each in booked):
        return (
            f"With their buffers, office hours or sessions lie in hours you have set aside: {'; '.join(when)}{more}. "
            "Please close or move them first, or change these hours."
        )
    return (
        f"With their buffers, sessions that are booked lie in hours you have set aside: {'; '.join(when)}{more}. "
        "Please move them first, or change these hours."
    )
