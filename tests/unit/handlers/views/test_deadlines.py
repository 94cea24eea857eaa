"""One deadline as staff see it: who is named, and that the others are counted."""

from dataclasses import replace

from handlers.views.blocks import context
from handlers.views.deadlines import details_modal
from services.audit import Trail
from tests.unit.handlers.views.largest.deadlines import DETAILS

LONDON = "Europe/London"
ONE = replace(DETAILS, trail=Trail())


def test_details_of_a_large_one_count_whom_they_do_not_name() -> None:
    few = replace(ONE, behind=DETAILS.behind[:2], met=DETAILS.met[:1], people=12, number_met=3)

    blocks = details_modal(few, zone=LONDON)["blocks"]

    assert "3 of 12 have met it" in str(blocks)
    assert [block for block in blocks if block in (context("and 7 more"), context("and 2 more"))] == [
        context("and 7 more"),
        context("and 2 more"),
    ]


def test_details_that_name_everybody_leave_out_nobody() -> None:
    few = replace(ONE, behind=DETAILS.behind[:2], met=DETAILS.met[:1], people=3, number_met=1)

    assert " more'" not in str(details_modal(few, zone=LONDON)["blocks"][4:])
