"""When a deadline is: in a zone, anywhere on earth, at each site; also in the nights in which clocks change."""

from datetime import UTC, date, datetime

import pytest

from domain.deadlines import Due, DueKind
from domain.times import TimeRepeated, TimeSkipped

SPRING, AUTUMN = date(2027, 3, 28), date(2027, 10, 31)
"""On which clocks in London go forward at 1:00, and back at 2:00."""


def per_site(day: date, minute: int, *, is_second: bool | None = None) -> Due:
    return Due(kind=DueKind.PER_SITE, day=day, minute=minute, is_second=is_second)


def in_london(day: date, minute: int, *, is_second: bool | None = None) -> Due:
    return Due(kind=DueKind.INSTANT, day=day, minute=minute, zone_name="Europe/London", is_second=is_second)


def test_instant_is_the_same_for_every_site() -> None:
    due = in_london(SPRING, 17 * 60)

    assert {due.at(zone) for zone in ("Europe/London", "America/Los_Angeles")} == {
        datetime(2027, 3, 28, 16, tzinfo=UTC)
    }


def test_anywhere_on_earth_is_the_end_of_the_day_at_utc_minus_twelve() -> None:
    assert Due.anywhere(date(2027, 1, 15)).at("Asia/Tokyo") == datetime(2027, 1, 16, 12, tzinfo=UTC)


def test_per_site_is_the_wall_time_of_each_zone() -> None:
    due = per_site(date(2027, 1, 15), 17 * 60)

    assert due.at("Europe/London") == datetime(2027, 1, 15, 17, tzinfo=UTC)
    assert due.at("America/Los_Angeles") == datetime(2027, 1, 16, 1, tzinfo=UTC)


def test_per_site_in_a_gap_of_one_of_the_zones_is_refused_at_its_field() -> None:
    with pytest.raises(TimeSkipped) as refused:
        per_site(SPRING, 90).check(["America/Los_Angeles", "Europe/London"])

    assert refused.value.field == "due"


def test_repeated_time_is_asked_about_and_then_the_one_that_is_meant() -> None:
    with pytest.raises(TimeRepeated):
        in_london(AUTUMN, 90).check(["Asia/Tokyo"])

    first, second = (in_london(AUTUMN, 90, is_second=which) for which in (False, True))
    second.check(["Asia/Tokyo"])
    assert (first.at(""), second.at("")) == (
        datetime(2027, 10, 31, 0, 30, tzinfo=UTC),
        datetime(2027, 10, 31, 1, 30, tzinfo=UTC),
    )


def test_time_in_a_gap_that_nobody_could_know_of_is_moved_over_it() -> None:
    assert per_site(SPRING, 90).at("Europe/London") == datetime(2027, 3, 28, 1, 30, tzinfo=UTC)
