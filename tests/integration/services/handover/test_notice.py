"""How long ahead a scholar hears of a handover: as the staff of the program have set it."""

from dataclasses import replace

import pytest

from domain.handover import TooSoon
from domain.rules import HandoverRules
from services.handover.announce import hand_over, handover_choices
from tests.builders.handovers import a_handover, met, stored
from tests.builders.rules import set_rules
from tests.fixtures.desks import House


@pytest.mark.parametrize(
    ("notice_days", "earliest", "words"),
    [
        (1, "2027-01-12", "at least 1 day ahead. Please choose Tue 12 Jan or later"),
        (10, "2027-01-21", "at least 10 days ahead. Please choose Thu 21 Jan or later"),
    ],
)
def test_notice_is_what_the_program_has_set_in_the_form_and_in_the_refusal(
    house: House, notice_days: int, earliest: str, words: str
) -> None:
    booked, *_ = met(house)
    set_rules(house.stores.program, lambda rules: replace(rules, handover=HandoverRules(notice_days=notice_days)))
    cleo = house.person("cleo")

    choices = handover_choices(house.support, cleo)
    with pytest.raises(TooSoon, match=words):
        hand_over(house.support, cleo, a_handover(booked.staff_ref, first="2027-01-11"))
    hand_over(house.support, cleo, a_handover(booked.staff_ref, first=earliest))

    assert (f"{choices.earliest}", choices.notice_days) == (earliest, notice_days)
    assert len(stored(house)) == 1
