"""The table of scheduling cases, by number, where slots are computed; see `tests.builders.scheduling_cases`."""

from dataclasses import replace
from datetime import date

import pytest

from domain.days import DateSpan
from domain.hours import Absence, ClosedDays, ProgramCalendar, Travel, WeeklyHours, set_aside
from domain.intervals import Interval
from domain.slots import free_starts, group_by_day
from domain.times import day_bounds, instant_of, local_label, parse_day, zone
from tests.builders.scheduling import LOS_ANGELES, a_kind, a_staff_member, at, hours_in, utc_labels
from tests.builders.scheduling_cases import CASES, FALL, KOLKATA, LONDON, SPRING, Case, daily


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


KIRITIMATI, HONOLULU = "Pacific/Kiritimati", "Pacific/Honolulu"


def abroad(hours: WeeklyHours, zone: str, *dates: str) -> WeeklyHours:
    days = DateSpan(first=parse_day(dates[0]), last=parse_day(dates[-1]))
    return replace(hours, travels=(*hours.travels, Travel(days=days, zone=zone)))


def starts_from(first: str, last: str, hours: WeeklyHours, **kind: int) -> list[str]:
    return utc_labels(free_starts(a_staff_member(hours), a_kind(**kind), first=at(first), last=at(last)))


def test_travel_means_windows_in_the_other_zone_on_its_dates_alone() -> None:
    hours = abroad(daily("9-10"), "Europe/Berlin", "2027-01-05", "2027-01-06")

    assert starts_from("2027-01-04T00:00Z", "2027-01-08T00:00Z", hours, length=60) == [
        "2027-01-04T17:00Z",
        "2027-01-05T08:00Z",
        "2027-01-06T08:00Z",
        "2027-01-07T17:00Z",
    ]


def test_dates_of_two_zones_that_lie_over_each_other_offer_each_time_once() -> None:
    """A day in Honolulu and the next one in Kiritimati are the same 24 hours."""
    hours = abroad(daily("9-11", HONOLULU), KIRITIMATI, "2027-01-05")

    starts = starts_from("2027-01-04T12:00Z", "2027-01-05T12:00Z", hours, length=60)

    assert starts == ["2027-01-04T19:00Z", "2027-01-04T20:00Z"]


def test_a_session_runs_on_into_a_date_of_the_other_zone_where_hours_meet() -> None:
    # 10:00-12:00 in Kiritimati end at 22:00Z, as 12:00-14:00 in Honolulu begin there a date before.
    hours = abroad(hours_in(HONOLULU, {0: "12-13:30", 1: "10:30-12"}), KIRITIMATI, "2027-01-05")

    starts = starts_from("2027-01-04T12:00Z", "2027-01-05T12:00Z", hours, length=60, step=30)

    assert starts == [f"2027-01-04T{clock}Z" for clock in ("20:30", "21:00", "21:30", "22:00", "22:30")]


def test_flying_west_leaves_hours_that_are_no_date_of_theirs() -> None:
    hours = abroad(daily("0-24", HONOLULU), KIRITIMATI, "2027-01-04")

    starts = starts_from("2027-01-03T10:00Z", "2027-01-05T12:00Z", hours, length=60)

    assert (starts[23:25], len(starts)) == (["2027-01-04T09:00Z", "2027-01-05T10:00Z"], 26)


@pytest.mark.parametrize("what", ["closed", "away"])
def test_nothing_is_offered_on_a_closed_day_or_in_an_absence_whatever_the_date_says(what: str) -> None:
    tuesday = DateSpan(first=parse_day("2027-01-05"), last=parse_day("2027-01-05"))
    hours = hours_in(weekly="9-10", dates={"2027-01-05": "12-13"})
    if what == "away":
        hours = replace(hours, absences=(Absence(days=tuesday),))
    calendar = ProgramCalendar(closed=[ClosedDays(days=tuesday)] if what == "closed" else [])
    coach = replace(a_staff_member(hours), calendar=calendar)

    starts = free_starts(coach, a_kind(), first=at("2027-01-04T08:00Z"), last=at("2027-01-07T08:00Z"))

    assert utc_labels(starts) == ["2027-01-04T17:00Z", "2027-01-06T17:00Z"]


def test_a_closed_day_is_one_of_the_zone_in_force() -> None:
    """In Berlin the closed Tuesday ends nine hours before it does in Los Angeles."""
    hours = abroad(daily("0-24"), "Europe/Berlin", "2027-01-05", "2027-01-06")
    tuesday = DateSpan(first=parse_day("2027-01-05"), last=parse_day("2027-01-05"))
    coach = replace(a_staff_member(hours), calendar=ProgramCalendar(closed=[ClosedDays(days=tuesday)]))

    starts = free_starts(coach, a_kind(), first=at("2027-01-05T08:00Z"), last=at("2027-01-06T08:00Z"))

    assert utc_labels(starts)[0] == "2027-01-05T23:00Z"


def test_a_phase_replaces_the_week_in_its_dates_and_dates_that_differ_replace_both() -> None:
    windows = (*daily("9-10").windows, *(replace(one, phase="Research") for one in daily("14-15").windows))
    hours = replace(hours_in(dates={"2027-01-06": "20-21"}), windows=windows)
    research = DateSpan(first=parse_day("2027-01-05"), last=parse_day("2027-01-07"))
    coach = replace(a_staff_member(hours), calendar=ProgramCalendar(phases={"Research": research}))

    starts = free_starts(coach, a_kind(), first=at("2027-01-04T08:00Z"), last=at("2027-01-09T08:00Z"))

    assert utc_labels(starts) == [
        "2027-01-04T17:00Z",
        "2027-01-05T22:00Z",
        "2027-01-07T04:00Z",
        "2027-01-07T22:00Z",
        "2027-01-08T17:00Z",
    ]


def test_a_phase_with_a_week_of_its_own_may_have_no_hours_and_another_phase_changes_nothing() -> None:
    phases = {name: DateSpan(first=parse_day(day), last=parse_day(day)) for name, day in PHASE_DAYS.items()}
    coach = replace(
        a_staff_member(replace(daily("9-10"), own_phases=("Research",))), calendar=ProgramCalendar(phases=phases)
    )

    starts = free_starts(coach, a_kind(), first=at("2027-01-05T08:00Z"), last=at("2027-01-07T08:00Z"))

    assert utc_labels(starts) == ["2027-01-06T17:00Z"]


PHASE_DAYS = {"Research": "2027-01-05", "Extension": "2027-01-06"}


def with_aside(hours: WeeklyHours, windows: str) -> WeeklyHours:
    return replace(hours, windows=(*hours.windows, *(replace(one, purpose="a-kind") for one in daily(windows).windows)))


@pytest.mark.parametrize(
    ("dates", "expected"),
    [
        ({}, ["2027-01-04T18:05Z", "2027-01-04T18:35Z"]),
        ({"2027-01-04": "off"}, []),
        ({"2027-01-04": "10:30-15"}, ["2027-01-04T18:35Z"]),
    ],
)
def test_a_kind_that_hours_are_set_aside_for_has_them_alone_buffers_inside(
    dates: dict[str, str], expected: list[str]
) -> None:
    hours = with_aside(hours_in(weekly="9-17", dates=dates), "10-11:15")
    kind = replace(a_kind(length=30, step=30, before=5, after=10), set_aside=True)

    starts = free_starts(a_staff_member(hours), kind, first=at("2027-01-04T08:00Z"), last=at("2027-01-05T08:00Z"))

    assert utc_labels(starts) == expected


def test_other_kinds_keep_clear_of_hours_set_aside_with_their_buffers() -> None:
    hours = with_aside(daily("9-12"), "10-11")

    starts = free_starts(
        a_staff_member(hours),
        a_kind(length=30, step=15, before=15, after=15),
        first=at("2027-01-04T08:00Z"),
        last=at("2027-01-05T08:00Z"),
    )

    assert utc_labels(starts) == ["2027-01-04T17:00Z", "2027-01-04T17:15Z", "2027-01-04T19:15Z", "2027-01-04T19:30Z"]


@pytest.mark.parametrize(("what", "begins"), [("off", "18:00"), ("away", "18:00"), ("abroad", "09:00")])
def test_hours_set_aside_stay_so_on_days_on_which_they_are_not_offered(what: str, begins: str) -> None:
    hours = with_aside(hours_in(weekly="9-12", dates={"2027-01-04": "off"} if what == "off" else {}), "10-11")
    if what == "away":
        monday = DateSpan(first=parse_day("2027-01-04"), last=parse_day("2027-01-04"))
        hours = replace(hours, absences=(Absence(days=monday),))
    if what == "abroad":
        hours = abroad(hours, "Europe/Berlin", "2027-01-04")

    aside = set_aside(hours, at("2027-01-04T08:00Z"), at("2027-01-05T08:00Z"))

    assert utc_labels(begin for begin, _ in aside) == [f"2027-01-04T{begins}Z"]
