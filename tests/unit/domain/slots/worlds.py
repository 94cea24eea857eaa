"""Random worlds around clock changes: three days of somebody's hours with all that changes them, and what is taken.

Beside the value that the product makes of them each world reads its own rules slowly, word by word and five minutes at
a time.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from itertools import chain
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from domain.cells import cells
from domain.days import DateSpan
from domain.hours import (
    Absence,
    ClosedDays,
    DateOverride,
    ProgramCalendar,
    Travel,
    WeeklyHours,
    WeeklyWindow,
    Window,
)
from domain.intervals import Interval
from domain.kinds import SessionKind
from domain.slots import StaffTime
from domain.times import day_bounds, zone
from tests.builders.scheduling import a_kind

CELL = 300
PHASE = "research"
ZONES = (
    "America/Los_Angeles",
    "America/Havana",
    "Antarctica/Casey",
    "America/St_Johns",
    "Africa/Cairo",
    "Africa/Casablanca",
    "Asia/Beirut",
    "Asia/Kathmandu",
    "Australia/Lord_Howe",
    "Europe/London",
    "Pacific/Apia",
    "Pacific/Chatham",
    "Pacific/Honolulu",
    "Pacific/Kiritimati",
    "UTC",
)
FAR = ("Pacific/Kiritimati", "Pacific/Honolulu")
"""A date of the one is over when that of the other begins."""
CHANGES = tuple(
    map(
        date.fromisoformat,
        (
            "2026-03-29",
            "2026-04-05",
            "2026-04-24",
            "2026-10-04",
            "2026-10-29",
            "2026-11-01",
            "2027-03-14",
            "2027-03-28",
        ),
    )
)
Said = list[Interval]
WeekSaid = dict[int, Said]


@dataclass(kw_only=True)
class World:
    """Hours as they were said."""

    zone: str
    day: date
    weekly: WeekSaid = field(default_factory=dict)
    dates: dict[date, Said] = field(default_factory=dict)
    travels: list[tuple[DateSpan, str]] = field(default_factory=list)
    absences: list[DateSpan] = field(default_factory=list)
    closed: list[DateSpan] = field(default_factory=list)
    left_out: list[DateSpan] = field(default_factory=list)
    phase: tuple[DateSpan, WeekSaid] | None = None
    aside: WeekSaid = field(default_factory=dict)
    kind: SessionKind = field(default_factory=a_kind)
    busy: tuple[Interval, ...] = ()

    def __post_init__(self) -> None:
        self.days = [self.day + timedelta(days=number) for number in range(3)]
        self.first = min(day_bounds(self.day, zone(name))[0] for name in self.zones)
        self.last = max(day_bounds(self.days[-1], zone(name))[1] for name in self.zones)

    @property
    def zones(self) -> set[str]:
        return {self.zone, *(name for _, name in self.travels)}

    @property
    def hours(self) -> WeeklyHours:
        phases = [] if self.phase is None else windows_of(self.phase[1], phase=PHASE)
        return WeeklyHours(
            zone=self.zone,
            windows=(*windows_of(self.weekly), *phases, *windows_of(self.aside, purpose=self.kind.key)),
            overrides=tuple(self.overrides()),
            travels=tuple(Travel(days=span, zone=name) for span, name in self.travels),
            absences=tuple(Absence(days=span) for span in self.absences),
            own_phases=() if self.phase is None else (PHASE,),
        )

    @property
    def calendar(self) -> ProgramCalendar:
        phases = {} if self.phase is None else {PHASE: self.phase[0]}
        return ProgramCalendar(
            closed=[ClosedDays(days=span) for span in self.closed],
            left_out=[ClosedDays(days=span) for span in self.left_out],
            phases=phases,
        )

    def overrides(self) -> Iterator[DateOverride]:
        for day, said in self.dates.items():
            yield DateOverride(day=day)
            for start, end in said:
                yield DateOverride(day=day, windows=(Window(start_minute=start, end_minute=end),))

    def staff(self, busy: Sequence[Interval] | None = None) -> StaffTime:
        return StaffTime(
            id="coach",
            hours=self.hours,
            busy=(self.busy if busy is None else busy)[::2],
            outside=(self.busy if busy is None else busy)[1::2],
            calendar=self.calendar,
        )

    def zone_on(self, day: date) -> ZoneInfo:
        return zone(next((name for span, name in self.travels if day in span), self.zone))

    def said_on(self, day: date) -> Said:
        """The windows of a date for sessions of the kind, whatever the clocks do."""
        if any(day in span for span in (*self.closed, *self.left_out, *self.absences)):
            return []
        if self.kind.set_aside:
            aside = self.aside.get(day.weekday(), [])
            if day not in self.dates:
                return aside
            return [(max(a, c), min(b, d)) for a, b in aside for c, d in self.dates[day]]
        if day in self.dates:
            return self.dates[day]
        week = self.phase[1] if self.phase and day in self.phase[0] else self.weekly
        return week.get(day.weekday(), [])

    def opened_on(self, instant: int) -> set[date]:
        """The dates in whose windows an instant lies; two at most, of somebody who travels."""
        return self._dates_at(instant, self.said_on)

    def is_aside(self, instant: int) -> bool:
        """Whether the instant is set aside, on whatever sort of day."""
        return bool(self._dates_at(instant, lambda day: self.aside.get(day.weekday(), [])))

    def _dates_at(self, instant: int, said_on: Callable[[date], Said]) -> set[date]:
        found = set()
        for near in range(-1, 2):
            day = (datetime.fromtimestamp(instant, zone("UTC")) + timedelta(days=near)).date()
            local = datetime.fromtimestamp(instant, self.zone_on(day))
            minute = local.hour * 60 + local.minute
            if local.date() == day and any(start <= minute < end for start, end in said_on(day)):
                found.add(day)
        return found


def windows_of(week: Mapping[int, Said], *, phase: str = "", purpose: str = "") -> list[WeeklyWindow]:
    return [
        WeeklyWindow(weekday=weekday, start_minute=start, end_minute=end, phase=phase, purpose=purpose)
        for weekday, said in week.items()
        for start, end in said
    ]


def slowly(world: World) -> list[int]:
    """The free starts by walking over every five minutes: the policies in the plainest words."""
    kind, busy = world.kind, world.busy
    lead = kind.before_seconds if kind.set_aside else 0
    room = kind.length_seconds + (kind.after_seconds if kind.set_aside else 0)
    first, last = world.first - 2 * 86_400, world.last + 86_400
    opened = {instant: world.opened_on(instant) for instant in range(first, last, CELL)}
    taken = set(chain.from_iterable(cells(*stretch) for stretch in busy))
    if not kind.set_aside and world.aside:
        taken |= {instant // CELL for instant in range(first, last, CELL) if world.is_aside(instant)}
    free = set()
    anchors: dict[date, int] = {}
    for instant in range(first, world.last, CELL):
        for day in opened[instant]:
            if day not in opened.get(instant - CELL, ()):
                anchors[day] = instant + lead
            is_on_grid = instant >= anchors[day] and (instant - anchors[day]) % kind.step_seconds == 0
            fits = all(opened[inside] for inside in range(instant, instant + room, CELL))
            is_free = taken.isdisjoint(cells(*kind.busy(instant)))
            if instant >= world.first and is_on_grid and fits and is_free:
                free.add(instant)
    return sorted(free)


days = st.builds(lambda change, near: change + timedelta(days=near), st.sampled_from(CHANGES), st.integers(-2, 2))
minutes = st.integers(0, 288).map(lambda step: step * 5) | st.sampled_from((0, 60, 90, 120, 180, 1440))
_span = st.builds(lambda one, other: (min(one, other), max(one, other)), minutes, minutes)
spans = st.lists(_span.filter(lambda edges: edges[0] < edges[1]), max_size=3)
every_day = st.sampled_from(((0, 1440), (1200, 1440), (0, 180), (0, 125), (600, 720), (605, 700), (1380, 1440)))
weeks = st.dictionaries(st.integers(0, 6), spans, max_size=7) | st.lists(every_day, min_size=1, max_size=3).map(
    lambda said: dict.fromkeys(range(7), said)
)
_kinds = st.builds(
    a_kind,
    length=st.sampled_from((5, 30, 45, 60, 100)),
    step=st.sampled_from((5, 15, 30, 60)),
    before=st.sampled_from((0, 10)),
    after=st.sampled_from((0, 15)),
)
kinds = st.builds(lambda kind, is_aside: replace(kind, set_aside=is_aside), _kinds, st.booleans())


@st.composite
def date_spans(draw: st.DrawFn, near: date, *, at_most: int = 3) -> list[DateSpan]:
    """A few stretches of dates close to one, with no date in two of them."""
    found: list[DateSpan] = []
    first = near + timedelta(days=draw(st.integers(-2, 3)))
    for _ in range(draw(st.integers(0, at_most))):
        last = first + timedelta(days=draw(st.integers(0, 2)))
        found.append(DateSpan(first=first, last=last))
        first = last + timedelta(days=draw(st.integers(1, 2)))
    return found


@st.composite
def worlds(draw: st.DrawFn) -> World:
    """Everything that hours can be, each part as likely there as not."""
    day = draw(days)
    some = st.integers(-1, 3).map(lambda number: day + timedelta(days=number))
    travels = draw(date_spans(day, at_most=2))
    phase = st.tuples(date_spans(day, at_most=1).filter(bool).map(lambda found: found[0]), weeks)
    world = World(
        zone=draw(st.sampled_from((*FAR, *ZONES))),
        day=day,
        weekly=draw(weeks),
        dates=draw(st.dictionaries(some, spans | st.lists(every_day, max_size=2), max_size=2)),
        travels=[(span, draw(st.sampled_from((*FAR, *ZONES)))) for span in travels],
        absences=draw(st.just([]) | date_spans(day, at_most=1)),
        closed=draw(st.just([]) | date_spans(day, at_most=1)),
        left_out=draw(st.just([]) | date_spans(day, at_most=1)),
        phase=draw(st.none() | phase),
        aside=draw(st.just({}) | weeks),
        kind=draw(kinds),
    )
    starts = st.integers(world.first // CELL - 12, world.last // CELL).map(lambda cell: cell * CELL)
    taken = draw(st.lists(st.tuples(starts, st.sampled_from((300, 1800, 3600, 5400))), max_size=6))
    world.busy = tuple((start, start + length) for start, length in taken)
    return world
