"""Days and times to choose from, in which order."""

from datetime import datetime, timedelta

import pytest

from handlers import texts
from handlers.views.times import kept_choices, shown_day, start_choices
from tests.builders.sessions import NEW_YORK, TUESDAY, an_offer

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


def test_start_choices_put_last_what_is_early_or_late_for_the_scholar_whoever_looks() -> None:
    starts = [TUESDAY, TUESDAY + timedelta(hours=2), TUESDAY + timedelta(hours=13)]

    choices = start_choices(an_offer(starts=starts, scholar_zone=NEW_YORK), "2027-01-12")

    assert [choice.value for choice in choices] == [str(int(starts[at].timestamp())) for at in (1, 2, 0)]
    assert [choice.group == texts.booking.EARLY_OR_LATE for choice in choices] == [False, False, True]


def test_shown_day_before_a_choice_goes_by_the_scholars_day_whoever_looks() -> None:
    assert (
        shown_day(an_offer(starts=[TUESDAY, NEXT_DAY + timedelta(hours=2)], scholar_zone=NEW_YORK), None)
        == "2027-01-13"
    )


def test_kept_choices_are_those_of_other_days_than_the_shown() -> None:
    offer = an_offer(starts=[TUESDAY, NEXT_DAY, NEXT_DAY + timedelta(hours=1)])
    chosen = [str(int(start.timestamp())) for start in (TUESDAY, NEXT_DAY)]

    choices = kept_choices(offer, "2027-01-12", chosen)

    assert [(choice.value, choice.group) for choice in choices] == [(chosen[1], texts.proposals.CHOSEN_BEFORE)]
