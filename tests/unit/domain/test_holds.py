"""Until when a time is kept: by day on the scholar's own clock, and never past the notice."""

from dataclasses import replace

import pytest

from domain.holds import approval_until, hold_until
from domain.times import zone
from tests.builders.bookings import instant
from tests.builders.scheduling import LOS_ANGELES, a_kind, at, utc_labels

LONDON = "Europe/London"
A_WEEK_ON = "2027-01-18T12:00Z"


def kept(now: str, start: str = A_WEEK_ON, *, tz: str = LONDON, minutes: int = 120, notice: int = 240) -> list[str]:
    kind = replace(a_kind(notice=notice), hold_minutes=minutes)
    until = hold_until(at(start), kind, now=instant(now), tz=zone(tz))
    return [] if until is None else utc_labels([until])


@pytest.mark.parametrize(
    ("now", "until"),
    [
        ("2027-01-11T12:00Z", "2027-01-11T14:00Z"),
        ("2027-01-11T20:00Z", "2027-01-11T22:00Z"),
        ("2027-01-11T21:30Z", "2027-01-12T08:30Z"),
        ("2027-01-11T23:00Z", "2027-01-12T09:00Z"),
        ("2027-01-12T03:00Z", "2027-01-12T09:00Z"),
        ("2027-01-12T06:59Z", "2027-01-12T09:00Z"),
    ],
)
def test_hold_runs_by_day_on_the_scholars_clock(now: str, until: str) -> None:
    assert kept(now) == [until]


def test_hold_goes_by_the_scholars_zone_and_not_by_utc() -> None:
    assert kept("2027-01-12T05:00Z", tz=LOS_ANGELES) == ["2027-01-12T16:00Z"]  # 21:00 there: one hour, then from 7:00


def test_hold_over_a_night_in_which_clocks_go_forward_still_gives_two_hours_by_day() -> None:
    assert kept("2027-03-28T00:00Z", "2027-04-05T12:00Z") == ["2027-03-28T08:00Z"]  # 7:00 to 9:00 BST


def test_hold_of_a_whole_day_takes_two_days() -> None:
    assert kept("2027-01-11T12:00Z", minutes=24 * 60) == ["2027-01-12T21:00Z"]


def test_hold_ends_with_the_notice_before_the_start() -> None:
    assert kept("2027-01-11T12:00Z", "2027-01-11T17:00Z") == ["2027-01-11T13:00Z"]


@pytest.mark.parametrize(
    ("now", "start"),
    [
        ("2027-01-11T12:00Z", "2027-01-11T16:29Z"),
        ("2027-01-11T12:00Z", "2027-01-11T15:00Z"),
        ("2027-01-11T23:00Z", "2027-01-12T11:00Z"),
        ("2027-01-11T21:45Z", "2027-01-12T09:00Z"),
    ],
)
def test_hold_is_not_made_when_less_than_half_an_hour_by_day_is_left(now: str, start: str) -> None:
    assert kept(now, start) == []


def test_hold_of_exactly_half_an_hour_is_made() -> None:
    assert kept("2027-01-11T12:00Z", "2027-01-11T16:30Z") == ["2027-01-11T12:30Z"]


@pytest.mark.parametrize(
    ("start", "until"), [("2027-01-11T18:00Z", "2027-01-11T14:00Z"), (A_WEEK_ON, "2027-01-13T12:00Z")]
)
def test_approval_is_waited_for_two_days_and_never_past_the_notice(start: str, until: str) -> None:
    kind = a_kind(notice=240)

    assert utc_labels([approval_until(at(start), kind, now=instant("2027-01-11T12:00Z"))]) == [until]


def test_kind_with_approval_is_booked_an_hour_earlier_than_its_notice() -> None:
    kind = a_kind(notice=240)

    assert [each.bookable(0)[0] for each in (kind, replace(kind, needs_approval=True))] == [4 * 3600, 5 * 3600]
