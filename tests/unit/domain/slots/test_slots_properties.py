"""What must hold for any hours, kind and bookings, against a slow reading of the policies, five minutes at a time."""

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from itertools import chain
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.cells import cells
from domain.hours import DateOverride, WeeklyHours, WeeklyWindow, Window
from domain.intervals import Interval
from domain.kinds import SessionKind
from domain.slots import StaffTime, free_starts, group_by_day, is_offered
from domain.times import day_bounds, instant_of, local_label, zone
from tests.builders.scheduling import a_kind

CELL = 300
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
    "UTC",
)
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
QUICK = settings(max_examples=40, deadline=None, database=None)

days = st.builds(lambda change, near: change + timedelta(days=near), st.sampled_from(CHANGES), st.integers(-2, 2))
minutes = st.integers(0, 288).map(lambda step: step * 5) | st.sampled_from((0, 60, 90, 120, 180, 1440))
span = st.builds(lambda one, other: (min(one, other), max(one, other)), minutes, minutes)
spans = st.lists(span.filter(lambda edges: edges[0] < edges[1]), max_size=3)
kinds = st.builds(
    a_kind,
    length=st.sampled_from((5, 30, 45, 60, 100)),
    step=st.sampled_from((5, 15, 30, 60)),
    before=st.sampled_from((0, 10)),
    after=st.sampled_from((0, 15)),
)


class Plan:
    """Three days of somebody's hours, as they were said, and what is taken of them."""

    def __init__(
        self, name: str, day: date, weekly: dict[int, list[Interval]], dates: dict[date, list[Interval]]
    ) -> None:
        self.zone, self.weekly, self.dates = name, weekly, dates
        self.first, self.last = day_bounds(day, zone(name))[0], day_bounds(day + timedelta(days=2), zone(name))[1]
        self.days = [day + timedelta(days=number) for number in range(3)]

    def __repr__(self) -> str:
        return f"Plan({self.zone}, {self.days[0]}, {self.weekly}, {self.dates})"

    @property
    def hours(self) -> WeeklyHours:
        windows = tuple(
            WeeklyWindow(weekday=weekday, start_minute=start, end_minute=end)
            for weekday, said in self.weekly.items()
            for start, end in said
        )
        return WeeklyHours(zone=self.zone, windows=windows, overrides=tuple(self.overrides()))

    def overrides(self) -> Iterator[DateOverride]:
        for day, said in self.dates.items():
            yield DateOverride(day=day)
            for start, end in said:
                yield DateOverride(day=day, windows=(Window(start_minute=start, end_minute=end),))

    def opened_on(self, instant: int) -> date | None:
        """The local date on whose windows an instant lies, or None: policies D and G read word by word."""
        local = datetime.fromtimestamp(instant, zone(self.zone))
        minute = local.hour * 60 + local.minute
        said = self.dates.get(local.date(), self.weekly.get(local.weekday(), []))
        return local.date() if any(start <= minute < end for start, end in said) else None

    def staff(self, busy: tuple[Interval, ...] = ()) -> StaffTime:
        return StaffTime(id="coach", hours=self.hours, busy=busy)


@st.composite
def plans(draw: st.DrawFn) -> Plan:
    day = draw(days)
    weekly = draw(st.dictionaries(st.integers(0, 6), spans, max_size=7))
    near = st.integers(-1, 3).map(lambda number: day + timedelta(days=number))
    return Plan(draw(st.sampled_from(ZONES)), day, weekly, draw(st.dictionaries(near, spans, max_size=2)))


@st.composite
def plans_with_busy(draw: st.DrawFn) -> tuple[Plan, tuple[Interval, ...]]:
    plan = draw(plans())
    starts = st.integers(plan.first // CELL - 12, plan.last // CELL).map(lambda cell: cell * CELL)
    taken = draw(st.lists(st.tuples(starts, st.sampled_from((300, 1800, 3600, 5400))), max_size=6))
    return plan, tuple((start, start + length) for start, length in taken)


def starts_of(plan: Plan, kind: SessionKind, busy: tuple[Interval, ...] = ()) -> list[int]:
    return free_starts(plan.staff(busy), kind, first=plan.first, last=plan.last)


def slowly(plan: Plan, kind: SessionKind, busy: tuple[Interval, ...]) -> list[int]:
    """The free starts by walking over every five minutes: the policies in the plainest words."""
    length, step = kind.length_seconds, kind.step_seconds
    first, last = plan.first - 2 * 86_400, plan.last + 86_400
    opened = {instant: plan.opened_on(instant) for instant in range(first, last, CELL)}
    taken = set(chain.from_iterable(cells(*stretch) for stretch in busy))
    free, anchor = [], 0
    for instant in range(first, plan.last, CELL):
        if opened[instant] is None:
            continue
        if opened.get(instant - CELL) != opened[instant]:
            anchor = instant
        is_on_grid = (instant - anchor) % step == 0
        fits = all(opened[inside] for inside in range(instant, instant + length, CELL))
        if instant >= plan.first and is_on_grid and fits and taken.isdisjoint(cells(*kind.busy(instant))):
            free.append(instant)
    return free


@QUICK
@given(plans_with_busy(), kinds)
def test_free_starts_are_what_a_slow_reading_of_the_policies_gives(
    plan_and_busy: tuple[Plan, tuple[Interval, ...]], kind: SessionKind
) -> None:
    plan, busy = plan_and_busy

    assert starts_of(plan, kind, busy) == slowly(plan, kind, busy)


@QUICK
@given(plans_with_busy(), kinds)
def test_no_free_start_meets_an_occupied_cell(
    plan_and_busy: tuple[Plan, tuple[Interval, ...]], kind: SessionKind
) -> None:
    plan, busy = plan_and_busy
    occupied = set(chain.from_iterable(cells(*stretch) for stretch in busy))

    met = [start for start in starts_of(plan, kind, busy) if not occupied.isdisjoint(cells(*kind.busy(start)))]

    assert met == []


@QUICK
@given(plans(), kinds)
def test_the_local_span_of_every_start_lies_in_the_windows(plan: Plan, kind: SessionKind) -> None:
    outside = [
        instant
        for start in starts_of(plan, kind)
        for instant in range(*kind.session(start), CELL)
        if plan.opened_on(instant) is None
    ]

    assert outside == []


@QUICK
@given(plans(), kinds, st.sampled_from(ZONES))
def test_what_is_offered_does_not_depend_on_the_viewers_zone(plan: Plan, kind: SessionKind, viewer: str) -> None:
    starts = starts_of(plan, kind)

    grouped = group_by_day(starts, zone(viewer))

    assert sorted(chain.from_iterable(grouped.values())) == starts
    assert all(
        instant_of(start).astimezone(zone(viewer)).date() == day for day, on_day in grouped.items() for start in on_day
    )


@QUICK
@given(plans_with_busy(), kinds)
def test_a_range_is_the_union_of_its_days(plan_and_busy: tuple[Plan, tuple[Interval, ...]], kind: SessionKind) -> None:
    plan, busy = plan_and_busy
    bounds = [day_bounds(day, zone(plan.zone)) for day in plan.days]

    by_day = [free_starts(plan.staff(busy), kind, first=first, last=last) for first, last in bounds]

    assert list(chain.from_iterable(by_day)) == starts_of(plan, kind, busy)


@QUICK
@given(plans_with_busy(), kinds, st.randoms(use_true_random=False))
def test_booking_a_start_takes_away_exactly_what_it_hits_and_canceling_brings_it_back(
    plan_and_busy: tuple[Plan, tuple[Interval, ...]], kind: SessionKind, random: Random
) -> None:
    plan, busy = plan_and_busy
    before = starts_of(plan, kind, busy)
    if not before:
        return
    booked = kind.busy(random.choice(before))

    after = starts_of(plan, kind, (*busy, booked))

    assert after == [start for start in before if set(cells(*kind.busy(start))).isdisjoint(cells(*booked))]
    assert starts_of(plan, kind, tuple(one for one in (*busy, booked) if one != booked)) == before


@QUICK
@given(plans(), st.randoms(use_true_random=False))
def test_the_order_of_windows_and_overrides_has_no_meaning(plan: Plan, random: Random) -> None:
    hours = plan.hours
    windows, overrides = list(hours.windows), list(plan.overrides())
    random.shuffle(windows)
    random.shuffle(overrides)

    assert WeeklyHours(zone=hours.zone, windows=tuple(windows), overrides=tuple(overrides)) == hours


@QUICK
@given(plans(), kinds, st.integers(0, 96))
def test_no_free_start_has_a_session_that_ends_after_the_last_day(plan: Plan, kind: SessionKind, hours: int) -> None:
    until = plan.first + hours * 3600

    starts = free_starts(replace(plan.staff(), until=until), kind, first=plan.first, last=plan.last)

    assert starts == [start for start in starts_of(plan, kind) if kind.session(start)[1] <= until]


@settings(QUICK, max_examples=25)
@given(plans_with_busy(), kinds, st.integers(0, 48))
def test_the_recheck_of_one_start_agrees_with_the_offer(
    plan_and_busy: tuple[Plan, tuple[Interval, ...]], kind: SessionKind, hours: int
) -> None:
    plan, busy = plan_and_busy
    now, last = instant_of(plan.first), plan.first + 30 * 3600
    member = replace(plan.staff(busy), until=plan.first + hours * 3600)

    checked = [start for start in range(plan.first, last, CELL) if is_offered(start, member, kind, now=now)]

    assert checked == free_starts(member, kind, first=plan.first, last=last)


@settings(QUICK, max_examples=200)
@given(st.sampled_from(ZONES), st.integers(946_684_800 // 60, 2_400_000_000 // 60))
def test_an_instant_comes_back_from_its_label_and_offset(name: str, minute: int) -> None:
    moment = instant_of(minute * 60)
    offset = moment.astimezone(zone(name)).utcoffset()

    label = " ".join(local_label(moment, zone(name)).split()[:5])

    assert offset is not None
    assert datetime.strptime(f"{label} +0000", "%a %d %b %Y, %H:%M %z") - offset == moment


@pytest.mark.parametrize("name", ZONES)
def test_labels_of_a_zone_never_name_two_instants_alike(name: str) -> None:
    midnights = [day_bounds(day, zone(name))[0] for day in CHANGES]
    instants = {midnight + step * 1800 for midnight in midnights for step in range(-24, 72)}

    labels = {local_label(instant_of(instant), zone(name)) for instant in instants}

    assert len(labels) == len(instants)
