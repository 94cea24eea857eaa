"""Who could take a session of a kind, and when: the two queries on the confidential store behind every offer."""

from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from sqlalchemy import Connection

from domain.booking import BookingStatus
from domain.hours import WeeklyHours, set_aside
from domain.intervals import Interval
from domain.kinds import SessionKind
from domain.offsets import DAY_SECONDS
from domain.people import SUPPORT_ROLES, Person
from domain.rules import ProgramRules
from domain.slots import StaffTime, Withheld
from domain.slots.withheld import full_days, shared_out
from domain.times import day_of_number, epoch_seconds, zone
from services.desk import SupportDesk
from services.hours.limits import count_for_staff, counted_around, limits_on
from services.hours.value import hours_value
from services.taking import Taking
from storage.confidential.hours_queries import HoursRecord, hours_of
from storage.confidential.taken_queries import Busy, Successor, taken

LOAD_LOOKBACK = timedelta(days=28)
"""How far back sessions count as load; what lies ahead counts too."""
_MARGIN_DAYS = 2
"""A date of the staff's zone can begin a day before the UTC date of an instant in it."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Availability:
    """Staff with their hours and what is taken, and what is taken of the scholar.

    withheld: what the scholar leaves to others for now. load: seconds of sessions by staff member, of the last weeks
    and ahead. own: everything the scholar ever booked. successors: whoever has taken the scholar over by now, or will
    from one who is not among the staff any more.
    """

    staff: tuple[StaffTime, ...]
    scholar_busy: tuple[Interval, ...]
    records: dict[str, HoursRecord]
    withheld: tuple[Withheld, ...] = ()
    load: Mapping[str, int] = field(default_factory=dict)
    own: tuple[Busy, ...] = ()
    successors: tuple[Successor, ...] = ()


def availability(
    desk: SupportDesk,
    connection: Connection,
    kind: SessionKind,
    *,
    staff: Sequence[Person],
    scholar: Person,
    first: int,
    last: int,
    without: str | None = None,
) -> Availability:
    """What matters between two instants (epoch seconds); `without` leaves out a booking that is being moved.

    A kind that hours are set aside for knows of its own sessions alone: nothing else may show in what it offers.
    """
    ids = [person.id for person in staff]
    now, rules = desk.clock.now(), desk.rules.of(scholar)
    records = hours_of(connection, _with_hours(ids, scholar), since=read_since(first))
    begin, end = counted_around(kind, records, (first, last))
    since = epoch_seconds(now - LOAD_LOOKBACK)
    found = taken(connection, staff_ids=ids, scholar_id=scholar.id, first=begin, last=end, since=since)
    busy = [each for each in found.busy if each.booking_id != without and kind.purpose in ("", each.kind)]
    own = tuple(each for each in found.own if each.booking_id != without)
    taking, until = desk.taking(scholar), scholar.holds_until(kind.booked_by)
    times = staff_times(rules, kind, staff, records, busy, outside=found.outside, taking=taking, until=until)
    return Availability(
        staff=tuple(times),
        scholar_busy=(*_of_scholar(busy, scholar.id), *set_aside_of(kind, records, scholar, first, last)),
        records=records,
        withheld=tuple(withheld_from(rules, kind, scholar, own, now)),
        load=_load(busy) if kind.set_aside else found.load,
        own=own,
        successors=tuple(each for each in found.successors if _counts(each, kind, ids, epoch_seconds(now))),
    )


def _counts(successor: Successor, kind: SessionKind, staff_ids: Sequence[str], now: int) -> bool:
    """From their day on; before it as soon as who hands over is gone, in the role in which they do."""
    is_left = successor.role == kind.taken_by and successor.from_id not in staff_ids
    return successor.from_at <= now or is_left


def staff_times(
    rules: ProgramRules,
    kind: SessionKind,
    staff: Sequence[Person],
    records: Mapping[str, HoursRecord],
    busy: Sequence[Busy],
    *,
    outside: Mapping[str, Sequence[Interval]],
    taking: Taking,
    until: int,
) -> Iterator[StaffTime]:
    """These staff members with what is taken of them, and until when they take sessions, at most `until`.

    `outside` is what their own calendars take, by their ids.
    """
    taken_of: dict[str, list[Interval]] = {person.id: [] for person in staff}
    counted: dict[str, list[Busy]] = {person.id: [] for person in staff}
    for each in busy:
        if each.staff_id in taken_of:
            taken_of[each.staff_id].append((each.busy_from, each.busy_to))
            counted[each.staff_id].append(each)
        if each.scholar_id in taken_of:
            taken_of[each.scholar_id].append((each.starts_at, each.ends_at))
    for person in staff:
        hours = _hours(records, person)
        yield StaffTime(
            id=person.id,
            hours=hours,
            busy=taken_of[person.id],
            outside=outside.get(person.id, ()),
            withheld=_full(rules, kind, counted[person.id], records.get(person.id), zone(hours.zone)),
            until=min(taking.until(kind, person), until),
            calendar=rules.calendar(kind),
        )


def set_aside_of(
    kind: SessionKind, records: Mapping[str, HoursRecord], person: Person, first: int, last: int
) -> tuple[Interval, ...]:
    """The hours between two instants that somebody has set aside, in which they have no session of another kind."""
    return () if kind.set_aside else set_aside(_hours(records, person), first, last)


def _full(
    rules: ProgramRules, kind: SessionKind, busy: Sequence[Busy], record: HoursRecord | None, tz: ZoneInfo
) -> list[Withheld]:
    """What holds as many of the kind as its rules allow, or as many of all kinds as the person has said."""
    own = limits_on(kind, record)
    of_kind = [each.starts_at for each in busy if each.kind == kind.key]
    of_all = count_for_staff(rules, busy) if own.is_set else []
    return [
        *full_days(of_kind, tz, per_day=kind.per_day, per_week=kind.per_week, per_month=kind.per_month),
        *full_days(of_all, tz, per_day=own.per_day, per_week=own.per_week),
    ]


def _load(busy: Sequence[Busy]) -> dict[str, int]:
    """Of these sessions alone: who takes one of a kind that hours are set aside for must not tell of any other."""
    load: Counter[str] = Counter()
    for each in busy:
        load[each.staff_id] += each.ends_at - each.starts_at
    return load


def withheld_from(
    rules: ProgramRules, kind: SessionKind, scholar: Person, own: Sequence[Busy], now: datetime
) -> list[Withheld]:
    """What a scholar with these sessions of their own leaves to others for now."""
    shared = {each.key for each in rules.kinds if each.shares_out}
    of_shared = [each for each in own if each.kind in shared]
    held = [each.starts_at for each in of_shared if each.status == BookingStatus.HELD.value]
    starts = [each.starts_at for each in of_shared if each.status != BookingStatus.HELD.value]
    return shared_out(starts, rules.fair, kind, zone(scholar.zone), now=epoch_seconds(now), held=held)


def _with_hours(staff_ids: Sequence[str], scholar: Person) -> Sequence[str]:
    """Whose hours matter: those of the staff, and the scholar's own where they are in support too."""
    return [*staff_ids, scholar.id] if scholar.has(*SUPPORT_ROLES) and scholar.id not in staff_ids else staff_ids


def _of_scholar(busy: Sequence[Busy], scholar_id: str) -> Iterator[Interval]:
    """What sessions take of them: as their scholar the session, as somebody in support the buffers too."""
    for each in busy:
        if each.scholar_id == scholar_id:
            yield each.starts_at, each.ends_at
        elif each.staff_id == scholar_id:
            yield each.busy_from, each.busy_to


def _hours(records: Mapping[str, HoursRecord], person: Person) -> WeeklyHours:
    return hours_value(records.get(person.id), person.zone)


def read_since(seconds: int) -> str:
    """The ISO date from which on hours for single dates are read, for what matters from an instant on."""
    from_day = seconds // DAY_SECONDS - _MARGIN_DAYS
    return day_of_number(from_day).isoformat()
