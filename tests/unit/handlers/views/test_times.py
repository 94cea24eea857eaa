"""Which day of an offer is shown first."""

from datetime import datetime, timedelta

import pytest

from handlers.views.times import shown_day
from tests.builders.sessions import TUESDAY, an_offer

AT_NIGHT = TUESDAY - timedelta(hours=7)
NEXT_DAY = TUESDAY + timedelta(days=1)


def test_shown_day_is_the_chosen_one_while_it_has_times() -> None:
    offer = an_offer(starts=[AT_NIGHT, NEXT_DAY])

    assert shown_day(offer, "2027-01-12") == "2027-01-12"
    assert shown_day(offer, "2027-01-14") == "2027-01-13"


@pytest.mark.parametrize(
    ("starts", "day"),
    [
        ([AT_NIGHT, TUESDAY, NEXT_DAY], "2027-01-12"),
        ([AT_NIGHT, NEXT_DAY], "2027-01-13"),
        ([AT_NIGHT, AT_NIGHT + timedelta(days=1)], "2027-01-12"),
    ],
)
def test_shown_day_before_a_choice_is_the_first_with_a_time_by_day(starts: list[datetime], day: str) -> None:
    assert shown_day(an_offer(starts=starts), None) == day
