"""Free starts of one staff member, beyond the table of cases."""

from dataclasses import replace

import pytest

from domain.slots import free_starts
from tests.builders.scheduling import a_kind, a_staff_member, at, hours_in, utc_labels

LONDON = "Europe/London"
MONDAY, TUESDAY, WEDNESDAY = at("2027-01-04T00:00Z"), at("2027-01-05T00:00Z"), at("2027-01-06T00:00Z")


def clocks(starts: list[int]) -> list[str]:
    return [label[11:16] for label in utc_labels(starts)]


@pytest.mark.parametrize("days", [-30, -1, 0, 1])
def test_free_starts_after_the_last_day_are_none_however_long_ago_it_was(days: int) -> None:
    coach = replace(a_staff_member(hours_in(weekly="9:00-17:00")), until=MONDAY + days * 86_400)

    assert free_starts(coach, a_kind(length=60), first=MONDAY + 86_400, last=MONDAY + 3 * 86_400) == []


def test_grid_begins_at_each_windows_start() -> None:
    coach = a_staff_member(hours_in(LONDON, weekly={0: "9:10-11:00, 13:20-14:30"}))

    starts = free_starts(coach, a_kind(length=30, step=30), first=MONDAY, last=TUESDAY)

    assert clocks(starts) == ["09:10", "09:40", "10:10", "13:20", "13:50"]


def test_grid_of_a_session_as_long_as_its_window_has_one_start() -> None:
    coach = a_staff_member(hours_in(LONDON, weekly={0: "9-10"}))

    assert clocks(free_starts(coach, a_kind(length=60, step=5), first=MONDAY, last=TUESDAY)) == ["09:00"]


def test_grid_steps_shorter_than_the_length_overlap() -> None:
    coach = a_staff_member(hours_in(LONDON, weekly={0: "9-10"}))

    assert clocks(free_starts(coach, a_kind(length=45, step=5), first=MONDAY, last=TUESDAY)) == [
        "09:00",
        "09:05",
        "09:10",
        "09:15",
    ]


def test_range_includes_its_first_instant_and_not_its_last() -> None:
    coach = a_staff_member(hours_in(LONDON, weekly={0: "9-12"}))

    starts = free_starts(coach, a_kind(length=60), first=at("2027-01-04T10:00Z"), last=at("2027-01-04T11:00Z"))

    assert clocks(starts) == ["10:00"]


def test_session_runs_through_midnight_when_the_next_days_hours_carry_on() -> None:
    coach = a_staff_member(hours_in(LONDON, weekly={0: "22:30-24", 1: "0-1:15"}))

    starts = free_starts(coach, a_kind(length=60), first=MONDAY, last=WEDNESDAY)

    assert clocks(starts) == ["22:30", "23:30", "00:00"]


@pytest.mark.parametrize("tomorrow", ["off", "0:05-3:00"])
def test_session_does_not_run_through_midnight_when_the_next_date_differs(tomorrow: str) -> None:
    coach = a_staff_member(hours_in(LONDON, weekly={0: "22:30-24", 1: "0-3"}, dates={"2027-01-05": tomorrow}))

    assert clocks(free_starts(coach, a_kind(length=60), first=MONDAY, last=TUESDAY)) == ["22:30"]


def test_window_cut_short_by_a_skipped_hour_keeps_its_grid_in_elapsed_time() -> None:
    coach = a_staff_member(hours_in("Australia/Lord_Howe", weekly="1-4"))

    starts = free_starts(coach, a_kind(length=60), first=at("2026-10-03T12:00Z"), last=at("2026-10-04T00:00Z"))

    assert clocks(starts) == ["14:30", "15:30"]


def test_busy_time_in_any_order_overlapping_or_outside_is_taken_away_once() -> None:
    nine, ten, eleven, noon = (at(f"2027-01-04T{hour}:00Z") for hour in ("09", "10", "11", "12"))
    busy = ((eleven, noon), (ten, eleven + 600), (ten, eleven), (MONDAY - 9000, MONDAY), (noon + 9000, noon + 9900))
    coach = a_staff_member(hours_in(LONDON, weekly={0: "9-13"}), busy=busy)

    assert free_starts(coach, a_kind(length=60), first=MONDAY, last=TUESDAY) == [nine, noon]


def test_busy_time_covers_starts_that_would_surround_it() -> None:
    lunch = (at("2027-01-04T12:10Z"), at("2027-01-04T12:20Z"))
    coach = a_staff_member(hours_in(LONDON, weekly={0: "11-14"}), busy=(lunch,))

    assert clocks(free_starts(coach, a_kind(length=60), first=MONDAY, last=TUESDAY)) == ["11:00", "13:00"]


def test_buffers_may_stick_out_of_the_window() -> None:
    coach = a_staff_member(hours_in(LONDON, weekly={0: "9-10"}))

    assert clocks(free_starts(coach, a_kind(before=30, after=30), first=MONDAY, last=TUESDAY)) == ["09:00"]


def test_scholars_own_sessions_are_kept_free_without_buffers() -> None:
    coach = a_staff_member(hours_in(LONDON, weekly={0: "9-12"}))
    own = (at("2027-01-04T10:00Z"), at("2027-01-04T11:00Z"))

    starts = free_starts(coach, a_kind(before=30, after=30), first=MONDAY, last=TUESDAY, scholar_busy=(own,))

    assert clocks(starts) == ["09:00", "11:00"]


def test_no_hours_offer_nothing() -> None:
    assert free_starts(a_staff_member(hours_in()), a_kind(), first=MONDAY, last=WEDNESDAY) == []


@pytest.mark.parametrize("zone", ["Pacific/Kiritimati", "Pacific/Niue"])
@pytest.mark.parametrize("clock", ["00:00", "11:00", "23:00"])
def test_starts_far_east_and_west_are_found_at_any_time_of_the_utc_day(zone: str, clock: str) -> None:
    begin = at(f"2027-01-04T{clock}Z")
    coach = a_staff_member(hours_in(zone, weekly="0-24"))

    assert free_starts(coach, a_kind(length=60), first=begin, last=begin + 300) == [begin]


def test_starts_where_clocks_went_back_over_midnight_are_in_order() -> None:
    coach = a_staff_member(hours_in("Antarctica/Casey", weekly="0-24"))

    starts = free_starts(coach, a_kind(length=30), first=at("2010-03-04T00:00Z"), last=at("2010-03-05T00:00Z"))

    assert starts == list(range(at("2010-03-04T00:00Z"), at("2010-03-05T00:00Z"), 1800))
