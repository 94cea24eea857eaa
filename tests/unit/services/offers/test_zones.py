"""Whose clock stands second beside a time: that of all who are free then, wherever they are on that day."""

from datetime import date

import pytest

from domain.days import DateSpan
from domain.hours import Travel, WeeklyHours
from domain.hours.openings import stays
from services.offers.offer import Zones
from tests.builders.bookings import instant

LONDON, LISBON, TOKYO = "Europe/London", "Europe/Lisbon", "Asia/Tokyo"
AT_HOME = {"ada": LONDON, "bo": LISBON, "cy": TOKYO}
TO_TOKYO = WeeklyHours(
    zone=LONDON,
    travels=(Travel(days=DateSpan(first=date(2027, 1, 12), last=date(2027, 1, 13)), zone=TOKYO),),
)


@pytest.mark.parametrize(
    ("free", "shared"),
    [(["ada"], LONDON), (["ada", "bo"], LONDON), (["bo", "ada"], LISBON), (["ada", "bo", "cy"], None), (["cy"], TOKYO)],
)
def test_zone_is_shared_where_all_clocks_show_the_same(free: list[str], shared: str | None) -> None:
    start = int(instant("2027-01-12T10:00Z").timestamp())

    assert Zones(AT_HOME, {}).shared(free, start) == shared


@pytest.mark.parametrize(
    ("at", "of_ada", "with_bo", "with_cy"),
    [
        ("2027-01-11T14:59Z", LONDON, LONDON, None),
        ("2027-01-11T15:00Z", TOKYO, None, TOKYO),
        ("2027-01-13T14:59Z", TOKYO, None, TOKYO),
        ("2027-01-13T15:00Z", LONDON, LONDON, None),
    ],
)
def test_traveler_has_the_clock_of_where_they_stay_from_midnight_to_midnight_there(
    at: str, of_ada: str, with_bo: str | None, with_cy: str | None
) -> None:
    zones, start = Zones(AT_HOME, {"ada": tuple(stays(TO_TOKYO))}), int(instant(at).timestamp())

    found = [zones.shared(free, start) for free in (["ada"], ["ada", "bo"], ["ada", "cy"])]

    assert found == [of_ada, with_bo, with_cy]
