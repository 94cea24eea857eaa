from datetime import UTC, datetime, timedelta

import pytest

from domain.daytime import OffHours, off_hours
from domain.times import zone

MIDNIGHT = datetime(2027, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    ("minutes", "expected"),
    [
        (0, OffHours.NIGHT),
        (299, OffHours.NIGHT),
        (300, OffHours.EARLY),
        (419, OffHours.EARLY),
        (420, None),
        (1319, None),
        (1320, OffHours.LATE),
        (1439, OffHours.LATE),
    ],
)
def test_off_hours_are_those_outside_seven_to_twenty_two(minutes: int, expected: OffHours | None) -> None:
    assert off_hours(MIDNIGHT + timedelta(minutes=minutes), zone("Europe/London")) == expected


def test_off_hours_are_judged_by_the_clock_of_the_zone() -> None:
    ten = MIDNIGHT + timedelta(hours=10)

    assert (off_hours(ten, zone("America/Los_Angeles")), off_hours(ten, zone("Asia/Tokyo"))) == (OffHours.NIGHT, None)
