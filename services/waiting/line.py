"""Everything that matters to those who wait for one kind, read at once, and what is free for each of them."""

from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime

from domain.booking import Booked
from domain.holds import hold_until
from domain.intervals import Interval
from domain.kinds import SessionKind
from domain.people import Person, Role
from domain.rules import ProgramRules
from domain.slots import StaffTime, Withheld, free_starts, needed_busy
from domain.slots.withheld import why_withheld
from domain.times import END_OF_TIME, epoch_seconds, epoch_seconds_up, zone
from domain.waiting import Waiter
from services.desk import Desk
from services.holds.deliveries import HoldMessage
from services.hours.limits import counted_around
from services.offers.availability import read_since, set_aside_of, staff_times, withheld_from
from services.taking import Taking
from services.waiting.promote import fits
from storage.confidential import taken_queries, waiting_queries
from storage.confidential.hours_queries import hours_of
from storage.program import people_queries


@dataclass(slots=True, kw_only=True)
class Line:
    """Those who wait for a kind in a program, who could meet them, and what is free of whom."""

    rules: ProgramRules
    kind: SessionKind
    scholars: dict[str, Person]
    staff: dict[str, Person]
    apart: set[tuple[str, str]]
    """Scholar and staff member."""
    free: dict[int, list[str]] = field(default_factory=dict)
    """Start and who is free then, ascending."""
    busy: defaultdict[str, list[Interval]] = field(default_factory=lambda: defaultdict(list))
    """What is taken of each scholar."""
    withheld: dict[str, list[Withheld]] = field(default_factory=dict)
    """What each scholar leaves to others for now."""
    had: set[tuple[str, str, int]] = field(default_factory=set)
    """Scholar, staff member and start that they had or were offered before."""

    def wanted(self, waiter: Waiter) -> list[str]:
        """The staff members whom they wait for and may meet."""
        return [
            staff_id
            for staff_id in self.staff
            if waiter.wants(staff_id) and (waiter.scholar_id, staff_id) not in self.apart
        ]

    def first_for(self, waiter: Waiter, *, now: datetime) -> tuple[int, list[Person]] | None:
        """The soonest start that fits them, and who is free for them then."""
        scholar, wanted = self.scholars[waiter.scholar_id], set(self.wanted(waiter))
        for start, ids in self.free.items():
            staff = [self.staff[each] for each in ids if each in wanted and (scholar.id, each, start) not in self.had]
            if staff and self._can_come(waiter, scholar, start, now):
                return start, staff
        return None

    def take(self, kept: Booked) -> None:
        """Something was given to one of them: it is free for nobody else."""
        self.busy[kept.scholar_id].append((kept.starts_at, kept.ends_at))
        for start, ids in self.free.items():
            if kept.staff_id in ids and _meet(self.kind.busy(start), (kept.busy_from, kept.busy_to)):
                ids.remove(kept.staff_id)

    def _can_come(self, waiter: Waiter, scholar: Person, start: int, now: datetime) -> bool:
        session = self.kind.session(start)
        return (
            fits(waiter, scholar, start)
            and session[1] <= scholar.holds_until(Role.SCHOLAR)
            and why_withheld(start, self.withheld[scholar.id]) is None
            and not any(_meet(session, taken) for taken in self.busy[scholar.id])
            and hold_until(start, self.kind, now=now, tz=zone(scholar.zone)) is not None
        )


def line_of(desk: Desk, rules: ProgramRules, kind: SessionKind, waiters: Sequence[Waiter]) -> Line:
    """Read what matters to these, all of one program. Eight queries at most, however long the line is."""
    program_id = waiters[0].program_id
    ids = {each.scholar_id for each in waiters}
    here = [each for each in desk.people.people(ids) if each.has(Role.SCHOLAR) and each.program_id == program_id]
    staff = {each.id: each for each in desk.people.holders(kind.taken_by) if each.program_id == program_id}
    with desk.program.read() as connection:
        apart = people_queries.kept_apart(connection, program_id)
    line = Line(rules=rules, kind=kind, scholars={each.id: each for each in here}, staff=staff, apart=apart)
    _read_time(desk, line)
    return line


def _read_time(desk: Desk, line: Line) -> None:
    now, kind = desk.clock.now(), line.kind
    current = epoch_seconds(now)
    first, last = needed_busy(kind, now=now)
    people = sorted({*line.staff, *line.scholars})
    with desk.support.store.read() as connection:
        records = hours_of(connection, people, since=read_since(first))
        begin, end = counted_around(kind, records, (first, last))
        taken = taken_queries.taken(connection, staff_ids=people, scholar_id="", first=begin, last=end, since=current)
        own = taken_queries.own_of(connection, list(line.scholars))
        line.had = waiting_queries.had_before(connection, line.scholars, after=current, told_by=HoldMessage.OFFERED)
        given_up = waiting_queries.given_up(connection, list(line.staff), after=current)
    busy = [each for each in taken.busy if kind.purpose in ("", each.kind)]
    for each in busy:
        line.busy[each.staff_id].append((each.busy_from, each.busy_to))
        line.busy[each.scholar_id].append((each.starts_at, each.ends_at))
    for id_, scholar in line.scholars.items():
        theirs = [each for each in own if each.scholar_id == id_]
        line.busy[id_] += set_aside_of(kind, records, scholar, first, last)
        line.withheld[id_] = withheld_from(line.rules, kind, scholar, theirs, now)
    off = _sessions(line.rules, given_up)
    staff = staff_times(
        line.rules,
        kind,
        list(line.staff.values()),
        records,
        busy,
        outside=taken.outside,
        taking=Taking(desk.people, line.rules),
        until=END_OF_TIME,
    )
    line.free = _free(kind, (replace(one, busy=[*one.busy, *off[one.id]]) for one in staff), now)


def _sessions(rules: ProgramRules, given_up: Sequence[tuple[str, str, int]]) -> defaultdict[str, list[Interval]]:
    """What each staff member gave up themselves."""
    off: defaultdict[str, list[Interval]] = defaultdict(list)
    for staff_id, key, start in given_up:
        off[staff_id].append(rules.kind(key).session(start))
    return off


def _free(kind: SessionKind, staff: Iterator[StaffTime], now: datetime) -> dict[int, list[str]]:
    first, last = kind.bookable(epoch_seconds_up(now))
    free: defaultdict[int, list[str]] = defaultdict(list)
    for one in staff:
        for start in free_starts(one, kind, first=first, last=last):
            free[start].append(one.id)
    return {start: free[start] for start in sorted(free)}


def _meet(one: Interval, other: Interval) -> bool:
    return one[0] < other[1] and other[0] < one[1]
