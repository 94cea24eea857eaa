"""Nobody is invited at night or on a weekend of their own zone."""

import pytest

from services.invitations.invite import hour_to_ask
from tests.builders.bookings import instant

LONDON, AUCKLAND = "Europe/London", "Pacific/Auckland"


@pytest.mark.parametrize(
    ("now", "zone", "expected"),
    [
        ("2027-01-11T12:00Z", LONDON, "2027-01-11T12:00Z"),  # Monday noon
        ("2027-01-11T09:59Z", LONDON, "2027-01-11T10:00Z"),
        ("2027-01-11T17:00Z", LONDON, "2027-01-12T10:00Z"),
        ("2027-01-15T18:00Z", LONDON, "2027-01-18T10:00Z"),  # Friday evening
        ("2027-01-16T12:00Z", LONDON, "2027-01-18T10:00Z"),
        ("2027-01-11T12:00Z", AUCKLAND, "2027-01-11T21:00Z"),  # Tuesday, one in the morning
        ("2027-03-27T12:00Z", LONDON, "2027-03-29T09:00Z"),  # clocks go forward in between
    ],
)
def test_invitation_goes_at_an_hour_at_which_people_work(now: str, zone: str, expected: str) -> None:
    assert hour_to_ask(instant(now), zone) == instant(expected)
