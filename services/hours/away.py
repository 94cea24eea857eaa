"""Somebody is away: who takes their sessions meanwhile, and what stands booked on those days."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from domain.days import DateSpan
from domain.hours import WeeklyHours
from domain.hours.openings import span_bounds
from domain.kinds import SessionKind
from domain.people import Person
from domain.series import ONCE, Repeat, SeriesNotFree, series_dates
from domain.slots import NotOffered, Refusal, StaffTime, offer
from domain.slots.offer import Offered
from domain.times import epoch_seconds, instant_of, local_label, zone
from services.desk import SupportDesk
from services.hours.value import hours_value
from services.offers.availability import Availability, read_since
from services.sessions.sight import hosted_by, seen_by
from storage.confidential.booking_queries import upcoming_of
from storage.confidential.group_queries import parts_upcoming
from storage.confidential.hours_queries import hours_of
from storage.confidential.office_time_queries import helping_ahead

_ALL = 10_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Away:
    """The dates on which somebody who was chosen is away, and the name of who takes sessions meanwhile, or ""."""

    name: str
    first: date
    last: date
    colleague: str
    has_begun: bool = False


def times_meanwhile(chosen: StaffTime, found: Availability, kind: SessionKind, *, now: datetime) -> Offered:
    """What colleagues offer for somebody who is away, on those dates alone.

    `found` has those whom the scholar may meet; a colleague who is not among them offers nothing, nor does one who is
    away as well.
    """
    meanwhile: Offered = {}
    for absence in chosen.hours.absences:
        colleagues = [one for one in found.staff if one.id == absence.colleague and one.id != chosen.id]
        first, last = span_bounds(chosen.hours, absence.days)
        meanwhile |= offer(
            colleagues,
            kind,
            now=now,
            first=first,
            last=last,
            scholar_busy=found.scholar_busy,
            withheld=found.withheld,
        )
    return meanwhile


def away_notes(
    chosen: Person, times: StaffTime, supporters: Sequence[Person], kind: SessionKind, *, now: datetime
) -> tuple[Away, ...]:
    """The absences before the horizon, soonest first, of somebody whom the scholar chose."""
    _, beyond = kind.bookable(epoch_seconds(now))
    names = {person.id: person.name for person in supporters if person.id != chosen.id}
    return tuple(
        Away(
            name=chosen.name,
            first=absence.days.first,
            last=absence.days.last,
            colleague=names.get(absence.colleague, ""),
            has_begun=span_bounds(times.hours, absence.days)[0] <= epoch_seconds(now),
        )
        for absence in times.hours.absences
        if span_bounds(times.hours, absence.days)[0] < beyond
        and span_bounds(times.hours, absence.days)[1] > epoch_seconds(now)
    )


def instead_of(
    desk: SupportDesk,
    scholar: Person,
    kind: SessionKind,
    chosen: Person,
    refused: NotOffered,
    *,
    start: int,
    repeat: Repeat = ONCE,
) -> list[Person]:
    """Who takes the session at an instant (epoch seconds) for somebody who was refused as away: one or nobody.

    A series they take for absences alone that name them, so on all of its dates. Raises `SeriesNotFree` at field
    "repeat" where they would take no more than the first of them.
    """
    if refused.reason is not Refusal.AWAY:
        return []
    takers = desk.takers(scholar, kind)
    with desk.store.read() as connection:
        records = hours_of(connection, [chosen.id, *(person.id for person in takers)], since=read_since(start))
    hours = hours_value(records.get(chosen.id), chosen.zone)
    named = _named(hours, start)
    found = [person for person in takers if person.id in named and person.id != chosen.id]
    for person in found:
        # The clock of whoever takes a series keeps its local time.
        clock = zone(hours_value(records.get(person.id), person.zone).zone)
        dates = series_dates(start, repeat, clock)
        if any(each.start is not None and person.id not in _named(hours, each.start) for each in dates):
            raise _away_at_first(chosen, start, scholar)
    return found


def _named(hours: WeeklyHours, at: int) -> set[str]:
    """Whom the absences at an instant (epoch seconds) name."""
    around = ((absence.colleague, span_bounds(hours, absence.days)) for absence in hours.absences)
    return {colleague for colleague, (begin, end) in around if begin <= at < end}


def _away_at_first(chosen: Person, start: int, scholar: Person) -> SeriesNotFree:
    when = local_label(instant_of(start), zone(scholar.zone))
    return SeriesNotFree(
        f"Nothing was booked, since {chosen.name} is away on {when}, and a colleague takes sessions only meanwhile. "
        "Please begin on another date, or book that one alone.",
        field="repeat",
    )


def booked_within(desk: SupportDesk, staff: Person, days: DateSpan) -> tuple[datetime, ...]:
    """The starts of the staff member's own sessions, of two and of several, that begin on these dates of theirs."""
    now = epoch_seconds(desk.clock.now())
    with desk.store.read() as connection:
        hours = hours_value(hours_of(connection, [staff.id], since="").get(staff.id), staff.zone)
        first, last = span_bounds(hours, days)
        after = max(now, first)
        found = upcoming_of(connection, staff.id, after=after, before=last, at_most=_ALL)
        parts = parts_upcoming(connection, staff.id, after=after, before=last, at_most=_ALL)
    taken = [booked for booked in found if booked.staff_id == staff.id and booked.starts_at >= first]
    hosted = [part.starts_at for part in hosted_by(staff, parts) if part.starts_at >= first]
    of_two = [booked.starts_at for booked in seen_by(desk, staff, taken)]
    return tuple(map(instant_of, sorted(of_two + hosted)))


@dataclass(frozen=True, slots=True, kw_only=True)
class HelpingThen:
    """Office hours of somebody that touch dates of theirs: starts of what is planned, and whether a line is open."""

    planned: tuple[datetime, ...] = ()
    is_open: bool = False


def helping_within(desk: SupportDesk, staff: Person, days: DateSpan) -> HelpingThen:
    """The staff member's own office hours that touch these dates of theirs. Two queries."""
    now = epoch_seconds(desk.clock.now())
    with desk.store.read() as connection:
        hours = hours_value(hours_of(connection, [staff.id], since="").get(staff.id), staff.zone)
        first, last = span_bounds(hours, days)
        ahead = helping_ahead(connection, staff.id, after=max(now, first))
    touching = [each for each in ahead if each.starts_at < last and first < each.ends_at]
    return HelpingThen(
        planned=tuple(instant_of(each.starts_at) for each in touching if each.starts_at > now),
        is_open=any(each.starts_at <= now for each in touching),
    )


def colleagues_of(desk: SupportDesk, staff: Person) -> tuple[Person, ...]:
    """Who could take sessions for somebody: those of their program who hold a support role of theirs, by name."""
    roles = dict.fromkeys(kind.taken_by for kind in desk.kinds_taken_by(staff))
    found = {person.id: person for role in roles for person in desk.people.holders(role)}
    theirs = [each for each in found.values() if each.program_id == staff.program_id and each.id != staff.id]
    return tuple(sorted(theirs, key=lambda each: (each.name, each.id)))
