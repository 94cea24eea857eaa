"""The table of scheduling cases, by number. Expected UTC values were computed apart from this code, with IANA 2026f."""

from datetime import date
from typing import NamedTuple

import pytest

from domain.hours import WeeklyHours
from domain.intervals import Interval
from domain.slots import free_starts, group_by_day
from domain.times import day_bounds, instant_of, local_label, parse_day, zone
from tests.builders.scheduling import LOS_ANGELES, a_kind, a_staff_member, at, hours_in, utc_labels

KOLKATA, LONDON = "Asia/Kolkata", "Europe/London"
SPRING, FALL = "2027-03-14", "2026-11-01"
MONDAY = "2027-01-04"
TEN_TO_ELEVEN = (at("2027-01-04T18:00Z"), at("2027-01-04T19:00Z"))


class Case(NamedTuple):
    hours: WeeklyHours
    day: str
    kind: dict[str, int]
    expected: list[str]
    busy: tuple[Interval, ...] = ()


def daily(windows: str, zone: str = LOS_ANGELES) -> WeeklyHours:
    return hours_in(zone, weekly=windows)


def differing(windows: str) -> WeeklyHours:
    return hours_in(weekly={0: "9-17"}, dates={MONDAY: windows})


CASES = {
    "T1 before the change": Case(daily("9-10"), "2027-03-12", {"length": 60}, ["2027-03-12T17:00Z"]),
    "T1 after the change": Case(daily("9-10"), "2027-03-15", {"length": 60}, ["2027-03-15T16:00Z"]),
    "T2 a gap inside": Case(daily("1-4"), SPRING, {"length": 60}, ["2027-03-14T09:00Z", "2027-03-14T10:00Z"]),
    "T3 a gap alone": Case(daily("2-3"), SPRING, {"length": 30}, []),
    "T4 a gap at the start": Case(daily("2:30-4"), SPRING, {"length": 30}, ["2027-03-14T10:00Z", "2027-03-14T10:30Z"]),
    "T6 an hour twice": Case(
        daily("0-3"),
        FALL,
        {"length": 60},
        ["2026-11-01T07:00Z", "2026-11-01T08:00Z", "2026-11-01T09:00Z", "2026-11-01T10:00Z"],
    ),
    "T7 half an hour twice": Case(
        daily("1-1:30"), FALL, {"length": 30, "step": 30}, ["2026-11-01T08:00Z", "2026-11-01T09:00Z"]
    ),
    "T10 London": Case(
        daily("0:30-3", LONDON),
        "2027-03-28",
        {"length": 30},
        ["2027-03-28T00:30Z", "2027-03-28T01:00Z", "2027-03-28T01:30Z"],
    ),
    "T17 late hours": Case(
        hours_in(weekly={4: "22-24"}),
        "2027-02-05",
        {"length": 60, "step": 30},
        ["2027-02-06T06:00Z", "2027-02-06T06:30Z", "2027-02-06T07:00Z"],
    ),
    "T18 the weekday is the coach's": Case(
        hours_in(KOLKATA, weekly={4: "9-10"}), "2027-01-15", {"length": 60}, ["2027-01-15T03:30Z"]
    ),
    "T28 room for the buffer after": Case(
        hours_in(weekly={0: "9-11:30"}),
        MONDAY,
        {"length": 30, "after": 30},
        ["2027-01-04T17:00Z", "2027-01-04T19:00Z"],
        (TEN_TO_ELEVEN,),
    ),
    "T28 the buffer before": Case(
        hours_in(weekly={0: "9-12"}),
        MONDAY,
        {"length": 30, "before": 30},
        ["2027-01-04T17:00Z", "2027-01-04T17:30Z", "2027-01-04T19:30Z"],
        (TEN_TO_ELEVEN,),
    ),
    "T31 end to end": Case(
        hours_in(weekly={0: "9-12"}),
        MONDAY,
        {"length": 60},
        ["2027-01-04T17:00Z", "2027-01-04T19:00Z"],
        (TEN_TO_ELEVEN,),
    ),
    "T32 other hours that day": Case(
        differing("10-12, 14-15"),
        MONDAY,
        {"length": 60},
        ["2027-01-04T18:00Z", "2027-01-04T19:00Z", "2027-01-04T22:00Z"],
    ),
    "T32 a day off": Case(differing("off"), MONDAY, {"length": 60}, []),
    "T33 overlapping": Case(
        differing("9-11, 10-12"),
        MONDAY,
        {"length": 60},
        ["2027-01-04T17:00Z", "2027-01-04T18:00Z", "2027-01-04T19:00Z"],
    ),
    "T33 one inside the other": Case(
        differing("9-10, 9-12"),
        MONDAY,
        {"length": 60},
        ["2027-01-04T17:00Z", "2027-01-04T18:00Z", "2027-01-04T19:00Z"],
    ),
}


def starts_on(day: str, hours: WeeklyHours, busy: tuple[Interval, ...] = (), **kind: int) -> list[int]:
    first, last = day_bounds(parse_day(day), zone(hours.zone))
    return free_starts(a_staff_member(hours, busy=busy), a_kind(**kind), first=first, last=last)


@pytest.mark.parametrize("case", CASES.values(), ids=CASES)
def test_free_starts_in_the_table_of_cases_are_as_computed(case: Case) -> None:
    assert utc_labels(starts_on(case.day, case.hours, case.busy, **case.kind)) == case.expected


@pytest.mark.parametrize(("day", "count"), [(SPRING, 23), (FALL, 25), ("2027-03-15", 24)])
def test_t9_a_whole_day_has_as_many_hours_as_it_really_has(day: str, count: int) -> None:
    starts = starts_on(day, daily("0-24"), length=60)

    assert (len(starts), starts[-1] - starts[0]) == (count, (count - 1) * 3600)


def test_t6_labels_of_the_repeated_hour_differ() -> None:
    labels = [local_label(instant_of(start), zone(LOS_ANGELES)) for start in starts_on(FALL, daily("0-3"), length=60)]

    assert labels[1:3] == ["Sun 1 Nov 2026, 01:00 PDT", "Sun 1 Nov 2026, 01:00 PST"]


@pytest.mark.parametrize(
    ("day", "expected"),
    [
        pytest.param("2027-03-08", "Mon 8 Mar 2027, 17:00", id="T14 both on winter time"),
        pytest.param("2027-03-15", "Mon 15 Mar 2027, 16:00", id="T14 only the coach changed"),
        pytest.param("2027-03-22", "Mon 22 Mar 2027, 16:00", id="T14 still"),
        pytest.param("2027-03-29", "Mon 29 Mar 2027, 17:00", id="T14 both changed"),
        pytest.param("2026-10-19", "Mon 19 Oct 2026, 17:00", id="T15 both on summer time"),
        pytest.param("2026-10-26", "Mon 26 Oct 2026, 16:00", id="T15 only London changed"),
        pytest.param("2026-11-02", "Mon 2 Nov 2026, 17:00", id="T15 both changed"),
    ],
)
def test_t14_t15_a_coachs_monday_seen_from_london_moves_with_both_clocks(day: str, expected: str) -> None:
    starts = starts_on(day, hours_in(weekly={0: "9-10"}), length=60)

    assert [local_label(instant_of(start), zone(LONDON)) for start in starts] == [expected]


def test_t17_late_hours_are_grouped_under_the_viewers_date() -> None:
    starts = starts_on("2027-02-05", hours_in(weekly={4: "22-24"}), length=60, step=30)

    grouped = group_by_day(starts, zone(KOLKATA))

    assert grouped == {date(2027, 2, 6): tuple(starts)}
    assert [local_label(instant_of(start), zone(KOLKATA)) for start in starts] == [
        "Sat 6 Feb 2027, 11:30",
        "Sat 6 Feb 2027, 12:00",
        "Sat 6 Feb 2027, 12:30",
    ]


def test_t18_a_friday_in_kolkata_is_a_thursday_evening_in_los_angeles() -> None:
    (start,) = starts_on("2027-01-15", hours_in(KOLKATA, weekly={4: "9-10"}), length=60)

    assert local_label(instant_of(start), zone(LOS_ANGELES)) == "Thu 14 Jan 2027, 19:30"
