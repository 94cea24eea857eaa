"""What must hold for any hours, kind and bookings, against a slow reading of the policies, five minutes at a time."""

from dataclasses import replace
from datetime import datetime
from itertools import chain, pairwise
from random import Random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from domain.cells import cells
from domain.hours import open_intervals
from domain.intervals import Interval
from domain.slots import free_starts, group_by_day, is_offered
from domain.times import day_bounds, instant_of, local_label, zone
from tests.unit.domain.slots.worlds import CELL, CHANGES, ZONES, World, slowly, worlds

QUICK = settings(max_examples=40, deadline=None, database=None)


def starts_of(world: World, busy: tuple[Interval, ...] | None = None) -> list[int]:
    return free_starts(world.staff(busy), world.kind, first=world.first, last=world.last)


@settings(QUICK, max_examples=80)
@given(worlds())
def test_free_starts_are_what_a_slow_reading_of_the_policies_gives(world: World) -> None:
    assert starts_of(world) == slowly(world)


@QUICK
@given(worlds())
def test_no_free_start_meets_an_occupied_cell(world: World) -> None:
    occupied = set(chain.from_iterable(cells(*stretch) for stretch in world.busy))

    met = [start for start in starts_of(world) if not occupied.isdisjoint(cells(*world.kind.busy(start)))]

    assert met == []


@QUICK
@given(worlds())
def test_the_local_span_of_every_start_lies_in_the_windows(world: World) -> None:
    kind = world.kind
    outside = [
        instant
        for start in starts_of(world, ())
        for instant in range(*(kind.busy(start) if kind.set_aside else kind.session(start)), CELL)
        if not world.opened_on(instant)
    ]

    assert outside == []


@QUICK
@given(worlds())
def test_nothing_but_its_own_kind_reaches_into_hours_set_aside(world: World) -> None:
    starts = [] if world.kind.set_aside else starts_of(world, ())

    assert [each for start in starts for each in range(*world.kind.busy(start), CELL) if world.is_aside(each)] == []


@QUICK
@given(worlds(), st.sampled_from(ZONES))
def test_what_is_offered_does_not_depend_on_the_viewers_zone(world: World, viewer: str) -> None:
    starts = starts_of(world)

    grouped = group_by_day(starts, zone(viewer))

    assert sorted(chain.from_iterable(grouped.values())) == starts
    assert all(
        instant_of(start).astimezone(zone(viewer)).date() == day for day, on_day in grouped.items() for start in on_day
    )


@QUICK
@given(worlds(), st.lists(st.integers(0, 5 * 288), max_size=4))
def test_a_range_is_the_union_of_its_parts(world: World, cuts: list[int]) -> None:
    within = sorted({min(world.first + cut * CELL, world.last) for cut in cuts})
    edges = [world.first, *within, world.last]

    by_part = [free_starts(world.staff(), world.kind, first=first, last=last) for first, last in pairwise(edges)]

    assert list(chain.from_iterable(by_part)) == starts_of(world)


@QUICK
@given(worlds())
def test_open_intervals_are_the_instants_of_the_windows(world: World) -> None:
    world.kind = replace(world.kind, set_aside=False)

    covered = open_intervals(world.hours, world.first, world.last, world.calendar)

    opened = {instant for instant in range(world.first, world.last, CELL) if world.opened_on(instant)}
    assert {instant for begin, end in covered for instant in range(begin, end, CELL)} == opened


@QUICK
@given(worlds(), st.randoms(use_true_random=False))
def test_booking_a_start_takes_away_exactly_what_it_hits_and_canceling_brings_it_back(
    world: World, random: Random
) -> None:
    kind, busy, before = world.kind, world.busy, starts_of(world)
    if not before:
        return
    booked = kind.busy(random.choice(before))

    after = starts_of(world, (*busy, booked))

    assert after == [start for start in before if set(cells(*kind.busy(start))).isdisjoint(cells(*booked))]
    assert starts_of(world, tuple(one for one in (*busy, booked) if one != booked)) == before


@QUICK
@given(worlds(), st.randoms(use_true_random=False))
def test_the_order_in_which_hours_were_said_has_no_meaning(world: World, random: Random) -> None:
    hours = world.hours
    windows, overrides = list(hours.windows), list(world.overrides())
    travels, absences = list(hours.travels), list(hours.absences)
    random.shuffle(windows)
    random.shuffle(overrides)
    random.shuffle(travels)
    random.shuffle(absences)

    said_otherwise = replace(
        hours,
        windows=tuple(windows),
        overrides=tuple(overrides),
        travels=tuple(travels),
        absences=tuple(absences),
    )

    assert said_otherwise == hours


@QUICK
@given(worlds(), st.integers(0, 96))
def test_no_free_start_has_a_session_that_ends_after_the_last_day(world: World, hours: int) -> None:
    until = world.first + hours * 3600

    starts = free_starts(replace(world.staff(), until=until), world.kind, first=world.first, last=world.last)

    assert starts == [start for start in starts_of(world) if world.kind.session(start)[1] <= until]


@settings(QUICK, max_examples=40)
@given(worlds(), st.integers(0, 48))
def test_the_recheck_of_one_start_agrees_with_the_offer(world: World, hours: int) -> None:
    now, last = instant_of(world.first), world.first + 30 * 3600
    member = replace(world.staff(), until=world.first + hours * 3600)

    checked = [start for start in range(world.first, last, CELL) if is_offered(start, member, world.kind, now=now)]

    assert checked == free_starts(member, world.kind, first=world.first, last=last)


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


def test_worlds_have_all_that_changes_hours() -> None:
    """The search above is worth what it finds its way to."""
    seen: set[str] = set()

    @settings(QUICK, max_examples=150, derandomize=True)
    @given(worlds())
    def look(world: World) -> None:
        parts = ("travels", "absences", "closed", "phase", "aside", "dates", "busy")
        seen.update(part for part in parts if getattr(world, part) and starts_of(world))
        seen.update(["own kind"] if world.kind.set_aside and starts_of(world) else [])

    look()

    assert seen == {"travels", "absences", "closed", "phase", "aside", "dates", "busy", "own kind"}
