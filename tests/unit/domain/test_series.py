from dataclasses import replace
from datetime import date

import pytest

from domain.kinds import COACHING, DEFAULT_KINDS, GROUP, kind_of
from domain.series import Repeat, SeriesDate, SeriesTooLong, longest_series, series_dates
from domain.times import zone
from tests.builders.scheduling import at


def starts(first: str, repeat: Repeat, zone_name: str) -> list[int | None]:
    """When a series is, in epoch seconds."""
    return [each.start for each in series_dates(at(first), repeat, zone(zone_name))]


def test_series_keeps_the_local_time_over_a_change_of_clocks() -> None:
    weekly = Repeat(every_weeks=1, times=4)

    in_london = starts("2027-03-16T10:00Z", weekly, "Europe/London")
    in_los_angeles = starts("2027-03-09T17:00Z", weekly, "America/Los_Angeles")

    assert in_london == [
        at(each) for each in ("2027-03-16T10:00Z", "2027-03-23T10:00Z", "2027-03-30T09:00Z", "2027-04-06T09:00Z")
    ]
    assert in_los_angeles == [
        at(each) for each in ("2027-03-09T17:00Z", "2027-03-16T16:00Z", "2027-03-23T16:00Z", "2027-03-30T16:00Z")
    ]


def test_every_other_week_is_two_weeks_apart() -> None:
    assert starts("2027-01-12T10:00Z", Repeat(every_weeks=2, times=3), "Europe/London") == [
        at(each) for each in ("2027-01-12T10:00Z", "2027-01-26T10:00Z", "2027-02-09T10:00Z")
    ]


def test_date_on_which_clocks_jump_over_the_time_has_no_start() -> None:
    # 2:30 on Sundays in Los Angeles: on 14 March there is none.
    dates = series_dates(at("2027-03-07T10:30Z"), Repeat(times=3), zone("America/Los_Angeles"))

    assert dates[1] == SeriesDate(day=date(2027, 3, 14), start=None)
    assert [dates[0].start, dates[2].start] == [at("2027-03-07T10:30Z"), at("2027-03-21T09:30Z")]


def test_time_that_comes_twice_is_the_first_and_the_chosen_one_stays_as_chosen() -> None:
    los_angeles = "America/Los_Angeles"

    assert starts("2026-10-25T08:30Z", Repeat(times=2), los_angeles) == [
        at("2026-10-25T08:30Z"),
        at("2026-11-01T08:30Z"),
    ]
    assert starts("2026-11-01T09:30Z", Repeat(times=2), los_angeles) == [
        at("2026-11-01T09:30Z"),
        at("2026-11-08T09:30Z"),
    ]


@pytest.mark.parametrize(("every_weeks", "times"), [(0, 2), (3, 2), (1, 0)])
def test_repeat_that_no_form_of_ours_offers_is_refused(every_weeks: int, times: int) -> None:
    with pytest.raises(SeriesTooLong):
        Repeat(every_weeks=every_weeks, times=times)


def test_series_is_no_longer_than_sessions_may_be_ahead() -> None:
    assert longest_series(kind_of(COACHING, DEFAULT_KINDS)) == 3
    assert longest_series(kind_of(GROUP)) == 1


def test_what_waits_for_a_yes_has_no_series() -> None:
    assert longest_series(replace(kind_of(COACHING), needs_approval=True)) == 1
