"""Who could take a session of a kind, and when: the two queries on the confidential store behind every offer."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Connection

from domain.hours import ProgramCalendar, WeeklyHours, set_aside
from domain.intervals import Interval
from domain.kinds import SessionKind
from domain.offsets import DAY_SECONDS
from domain.people import SUPPORT_ROLES, Person, Role
from domain.slots import StaffTime
from domain.times import day_of_number
from services.scheduling.hours_value import hours_value
from storage.confidential.booking_queries import Busy, busy
from storage.confidential.hours_queries import HoursRecord, hours_of

_MARGIN_DAYS = 2
"""A date of the staff's zone can begin a day before the UTC date of an instant in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """Staff with their hours and what is taken, and what is taken of the scholar."""

    staff: tuple[StaffTime, ...]
    scholar_busy: tuple[Interval, ...]
    records: dict[str, HoursRecord]


def availability(
    connection: Connection,
    kind: SessionKind,
    *,
    staff: Sequence[Person],
    scholar: Person,
    first: int,
    last: int,
    calendar: ProgramCalendar,
    without: str | None = None,
) -> Availability:
    """What matters between two instants (epoch seconds); `without` leaves out a booking that is being moved.

    A kind that hours are set aside for knows of its own sessions alone: nothing else may show in what it offers.
    """
    ids = [person.id for person in staff]
    own = [scholar.id] if scholar.has(*SUPPORT_ROLES) and scholar.id not in ids else []
    records = hours_of(connection, [*ids, *own], since=read_since(first))
    found = busy(connection, staff_ids=ids, scholar_id=scholar.id, first=first, last=last)
    taken = [each for each in found if each.booking_id != without and kind.purpose in ("", each.kind)]
    by_staff: dict[str, list[Interval]] = {person_id: [] for person_id in ids}
    for each in taken:
        if each.staff_id in by_staff:
            by_staff[each.staff_id].append((each.busy_from, each.busy_to))
        if each.scholar_id in by_staff:
            by_staff[each.scholar_id].append((each.starts_at, each.ends_at))
    return Availability(
        staff=tuple(
            StaffTime(
                id=person.id,
                hours=_hours(records, person),
                busy=by_staff[person.id],
                until=min(person.holds_until(kind.taken_by), scholar.holds_until(Role.SCHOLAR)),
                calendar=calendar,
            )
            for person in staff
        ),
        scholar_busy=(
            *(stretch for each in taken if (stretch := _of_scholar(each, scholar.id))),
            *(() if kind.set_aside else set_aside(_hours(records, scholar), first, last)),
        ),
        records=records,
    )


def _of_scholar(busy: Busy, scholar_id: str) -> Interval | None:
    """What a session takes of them: as its scholar the session, as somebody in support the buffers too."""
    if busy.scholar_id == scholar_id:
        return busy.starts_at, busy.ends_at
    return (busy.busy_from, busy.busy_to) if busy.staff_id == scholar_id else None


def _hours(records: dict[str, HoursRecord], person: Person) -> WeeklyHours:
    return hours_value(records.get(person.id), person.zone)


def read_since(seconds: int) -> str:
    """The ISO date from which on hours for single dates are read, for what matters from an instant on."""
    from_day = seconds // DAY_SECONDS - _MARGIN_DAYS
    return day_of_number(from_day).isoformat()
