"""What staff and hosts should know before they plan an event: a full week, another event then, a closed day.

None of it is a refusal: 23 seminars were planned with the best intentions, and nobody had counted.
"""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from enum import StrEnum

from domain.audience import Audience, Standing
from domain.events import Event, EventPlan
from domain.people import Person, Role
from domain.times import day_bounds, epoch_seconds, instant_of, zone
from services.audiences.resolve import around
from services.desk import Desk
from services.events.invited import in_force, invited_among, standing_of
from services.events.look import seen_between
from services.events.stored import event_of
from services.people import GUEST_ROLES
from storage.program import audience_queries, event_queries

_EVERYONE = Audience(everyone=True)


class Warns(StrEnum):
    """Of what."""

    BEGUN = "begun"
    MANY = "many"
    CLASH = "clash"
    CLOSED = "closed"


@dataclass(frozen=True, slots=True, kw_only=True)
class Warned:
    """One thing to know about the planned event that begins at `starts`.

    `people` is how many it concerns, 0 where the reader may not know; `number` how many events one of them would have
    that week; `name` the other event's title or that of the closed days.
    """

    of: Warns
    starts: datetime
    people: int = 0
    number: int = 0
    name: str = ""


def warnings_of(desk: Desk, person: Person, plans: Sequence[EventPlan], *, but_not: str = "") -> tuple[Warned, ...]:
    """What to know about plans of the same audience, of which `but_not` is the event that is being changed.

    Weeks and days are those of the person's own calendar. Two queries, however many people or events there are.

    A host who is not staff hears of events that they may see themselves, and never for how many it is: whom another
    event is for they would else find out by choosing people one by one.
    """
    if not person.has(Role.STAFF):
        return tuple(_for_host(desk, person, plans, but_not))
    return _for_staff(desk, person, plans, but_not)


def _for_host(desk: Desk, host: Person, plans: Sequence[EventPlan], but_not: str) -> Iterable[Warned]:
    after, before = min(plan.starts for plan in plans), max(plan.ends for plan in plans)
    lines = seen_between(desk, host, after=after, before=before)
    seen = [line.event for line in lines if line.event.is_open and line.event.id != but_not]
    for plan in plans:
        yield from _begun(desk, plan)
        for event in seen:
            if _meet(plan, event.plan):
                yield Warned(of=Warns.CLASH, starts=plan.starts, name=event.plan.title)
        yield from _closed(desk, host, plan)


def _for_staff(desk: Desk, staff: Person, plans: Sequence[EventPlan], but_not: str) -> tuple[Warned, ...]:
    spans = [_week(plan.starts, staff.zone) for plan in plans]
    with desk.program.read() as connection:
        rows = event_queries.events_between(
            connection, staff.program_id, after=min(span[0] for span in spans), before=max(span[1] for span in spans)
        )
        people = audience_queries.standings(
            connection, staff.program_id, _EVERYONE, team_id=desk.team_id, around=around(desk.clock.now())
        )
    others = [event_of(row) for row in rows if row.id != but_not]
    standings = _standings(people, epoch_seconds(desk.clock.now()))
    invited = {event.id: invited_among(event.plan.audience, standings) for event in others}
    found: list[Warned] = []
    for plan, span in zip(plans, spans, strict=True):
        meant = invited_among(plan.audience, standings)
        earlier = [other for other in plans if other.starts < plan.starts and other is not plan]
        found += _begun(desk, plan)
        found += _many(desk, staff, plan, span, meant, others, invited, len([e for e in earlier if _in(e, span)]))
        found += _clashes(plan, meant, others, invited)
        found += _closed(desk, staff, plan)
    return tuple(found)


def _begun(desk: Desk, plan: EventPlan) -> Iterable[Warned]:
    if plan.starts <= desk.clock.now():
        yield Warned(of=Warns.BEGUN, starts=plan.starts)


def _many(
    desk: Desk,
    staff: Person,
    plan: EventPlan,
    span: tuple[int, int],
    meant: frozenset[str],
    others: Sequence[Event],
    invited: Mapping[str, frozenset[str]],
    of_series: int,
) -> Iterable[Warned]:
    agreed = desk.rules.of(staff).events.per_week
    that_week = [invited[event.id] for event in others if _in(event.plan, span)]
    counts = [1 + of_series + sum(person_id in ids for ids in that_week) for person_id in meant]
    over = [number for number in counts if number > agreed]
    if agreed and over:
        yield Warned(of=Warns.MANY, starts=plan.starts, people=len(over), number=max(over))


def _clashes(
    plan: EventPlan, meant: frozenset[str], others: Sequence[Event], invited: Mapping[str, frozenset[str]]
) -> Iterable[Warned]:
    for event in others:
        both = len(meant & invited[event.id])
        if both and _meet(plan, event.plan):
            yield Warned(of=Warns.CLASH, starts=plan.starts, people=both, name=event.plan.title)


def _meet(one: EventPlan, other: EventPlan) -> bool:
    return one.starts < other.ends and other.starts < one.ends


def _closed(desk: Desk, person: Person, plan: EventPlan) -> Iterable[Warned]:
    day = _day(plan.starts, person.zone)
    for closed in desk.rules.of(person).closed:
        if day in closed.days:
            yield Warned(of=Warns.CLOSED, starts=plan.starts, name=closed.name)


def _week(instant: datetime, zone_name: str) -> tuple[int, int]:
    """From Monday to Sunday, in epoch seconds."""
    monday = _day(instant, zone_name)
    monday -= timedelta(days=monday.weekday())
    tz = zone(zone_name)
    return day_bounds(monday, tz)[0], day_bounds(monday + timedelta(days=6), tz)[1]


def _in(plan: EventPlan, span: tuple[int, int]) -> bool:
    return instant_of(span[0]) <= plan.starts < instant_of(span[1])


def _day(instant: datetime, zone_name: str) -> date:
    return instant.astimezone(zone(zone_name)).date()


def _standings(rows: Iterable[audience_queries.StandingRow], now: int) -> dict[str, list[Standing]]:
    found: dict[str, list[Standing]] = {}
    for row in rows:
        if row.has_account and in_force(row, now) and not (row.is_guest and Role(row.role) not in GUEST_ROLES):
            found.setdefault(row.person_id, []).append(standing_of(row))
    return found
