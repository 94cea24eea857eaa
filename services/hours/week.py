"""The week at a glance: what becomes of hours by day, sessions in numbers, office hours. For their owner alone."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from domain.booking import Booked
from domain.days import DateSpan
from domain.errors import DomainError
from domain.groups import GroupPart
from domain.hours import WeeklyHours, zone_at
from domain.hours.glance import DayPlan, day_plan
from domain.hours.openings import span_bounds
from domain.intervals import Interval
from domain.kinds import SessionKind
from domain.people import Person
from domain.rules import Phase
from domain.times import epoch_seconds, instant_of, zone
from services.desk import SupportDesk
from services.hours.value import hours_value
from services.sessions.sight import hosted_by, seen_by
from storage.confidential.booking_queries import upcoming_of
from storage.confidential.booking_rows import REACH_SECONDS
from storage.confidential.feed_queries import outside_of
from storage.confidential.group_queries import parts_upcoming
from storage.confidential.hours_queries import hours_of
from storage.confidential.office_time_queries import helping_ahead

DAYS = 7
FURTHEST_DAYS = 371
_ALL = 10_000


class TooFarAhead(DomainError):
    """I show about a year ahead. Please look at an earlier week."""


@dataclass(frozen=True, slots=True, kw_only=True)
class LeftOut:
    """A phase of the program, and the kinds that it leaves out; never none."""

    phase: Phase
    kinds: tuple[SessionKind, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class GlanceDay:
    """A day, how many sessions, of two and of several, the person has on it as somebody in support, and office hours.

    These are when those that begin on it begin and end, and are planned or open. `left_out` says what they would have
    hours for that the phase of that day does not offer. `meeting` are the starts, on the day's clock, of the sessions
    at whose time their own calendar has something else.
    """

    plan: DayPlan
    sessions: int
    left_out: LeftOut | None = None
    office_hours: tuple[tuple[datetime, datetime], ...] = ()
    meeting: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class WeekGlance:
    """Seven days from `first` on. `today` is the local date now; `phases` are those of the program by name.

    `set_aside_kinds` are the kinds for which the person can set hours aside. `has_calendars` says that calendars of
    their own can be read.
    """

    hours: WeeklyHours
    first: date
    today: date
    days: tuple[GlanceDay, ...]
    phases: tuple[str, ...]
    set_aside_kinds: tuple[SessionKind, ...]
    has_calendars: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class _Ahead:
    """What somebody has ahead as somebody in support, office hours they help in, and what their own calendars hold."""

    sessions: Sequence[Interval]
    helping: Sequence[Interval]
    outside: Sequence[Interval]


def week_glance(desk: SupportDesk, staff: Person, *, first: date | None = None) -> WeekGlance:
    """The week from a date on, today unless told; a date that has passed is today. Six queries at most.

    Raises `TooFarAhead`.
    """
    now = desk.clock.now()
    with desk.store.read() as connection:
        since = (now.date() - timedelta(days=2)).isoformat()
        stored = hours_of(connection, [staff.id], since=since).get(staff.id)
        hours = hours_value(stored, staff.zone)
        today = now.astimezone(zone(zone_at(hours, epoch_seconds(now)))).date()
        begins = max(first or today, today)
        if begins > today + timedelta(days=FURTHEST_DAYS):
            raise TooFarAhead
        days = [begins + timedelta(days=number) for number in range(DAYS)]
        bounds = [span_bounds(hours, DateSpan(first=day, last=day)) for day in days]
        after = max(bounds[0][0], epoch_seconds(now))
        found = upcoming_of(connection, staff.id, after=after, before=bounds[-1][1], at_most=_ALL)
        parts = parts_upcoming(connection, staff.id, after=after, before=bounds[-1][1], at_most=_ALL)
        helping = helping_ahead(connection, staff.id, after=after)
        outside = outside_of(connection, [staff.id], after, bounds[-1][1] + REACH_SECONDS)
    rules = desk.rules.of(staff)
    calendar = rules.calendar()
    taking = desk.taking(staff)
    takes = [kind for kind in rules.kinds if kind.is_offered and taking.until(kind, staff)]
    ahead = _Ahead(
        sessions=_sessions(desk, staff, found, parts),
        helping=[(each.starts_at, each.ends_at) for each in helping],
        outside=outside,
    )
    plans = [day_plan(hours, calendar, day) for day in days]
    return WeekGlance(
        hours=hours,
        first=begins,
        today=today,
        days=tuple(_day(rules.phases, takes, plan, span, ahead) for plan, span in zip(plans, bounds, strict=True)),
        phases=tuple(calendar.phases),
        set_aside_kinds=tuple(kind for kind in desk.kinds_taken_by(staff) if kind.set_aside),
        has_calendars=desk.reads_calendars,
    )


def _sessions(desk: SupportDesk, staff: Person, found: Sequence[Booked], parts: Sequence[GroupPart]) -> list[Interval]:
    """Those of two that they take, and those with seats that they hold."""
    of_two = seen_by(desk, staff, [booked for booked in found if booked.staff_id == staff.id])
    held = hosted_by(staff, parts)
    return [(each.starts_at, each.ends_at) for each in of_two] + [(each.starts_at, each.ends_at) for each in held]


def _day(
    phases: Sequence[Phase], takes: Sequence[SessionKind], plan: DayPlan, span: Interval, ahead: _Ahead
) -> GlanceDay:
    begin, end = span
    sessions = sorted(each for each in ahead.sessions if begin <= each[0] < end)
    tz = zone(plan.zone)
    return GlanceDay(
        plan=plan,
        sessions=len(sessions),
        left_out=_left_out(phases, takes, plan),
        office_hours=tuple(
            (instant_of(first), instant_of(last)) for first, last in ahead.helping if begin <= first < end
        ),
        meeting=tuple(instant_of(each[0]).astimezone(tz) for each in sessions if _meets(each, ahead.outside)),
    )


def _meets(stretch: Interval, others: Sequence[Interval]) -> bool:
    return any(begin < stretch[1] and stretch[0] < end for begin, end in others)


def _left_out(phases: Sequence[Phase], takes: Sequence[SessionKind], plan: DayPlan) -> LeftOut | None:
    """What a day has hours for that its phase does not offer. Sessions of several are set up at any time."""
    phase = next((each for each in phases if plan.day in each.days), None)
    if phase is None:
        return None
    has_hours = {purpose for purpose, _ in plan.aside} | ({""} if plan.windows else set())
    kinds = tuple(
        kind for kind in takes if kind.key in phase.without and not kind.has_seats and kind.purpose in has_hours
    )
    return LeftOut(phase=phase, kinds=kinds) if kinds else None
