"""When an announcement is meant to go out: nothing that is filled in is passed over without a word."""

from typing import Any

import pytest

from domain.announcements import Timing
from domain.errors import Faulty
from handlers import texts
from handlers.ids import EVERYBODY, Field, Modal
from handlers.parse.announcements import announcement_form
from handlers.request import Kind
from tests.builders.payloads import a_request, a_submission
from tests.builders.sessions import a_form, a_moment, chosen, chosen_several, typed

WORDS = texts.announcements
DAY = {"start.day": {"selected_date": "2027-02-01"}}
TIME = {"start:Europe/London": {"selected_time": "09:00"}}


def faults_of(timing: Timing, *filled: dict[str, dict[str, Any]]) -> list[tuple[str | None, str]]:
    values: dict[str, Any] = a_moment(Field.END, None) | {
        Field.TITLE: typed("Plans are due"),
        Field.BODY: typed("Please hand it in."),
        Field.TIER: chosen("important"),
        Field.WHO: chosen_several(EVERYBODY),
        Field.WHEN: chosen(timing.value),
    }
    for each in filled:
        values |= each
    try:
        announcement_form(a_request(Kind.SUBMISSION, Modal.ANNOUNCE, body=a_submission(a_form(values))))
    except Faulty as faulty:
        return [(fault.field, fault.message) for fault in faulty.faults]
    return []


@pytest.mark.parametrize("filled", [(DAY,), (TIME,), (DAY, TIME)], ids=["day", "time", "both"])
def test_now_with_a_day_or_a_time_asks_which_is_meant(filled: tuple[dict[str, Any], ...]) -> None:
    assert faults_of(Timing.NOW, *filled) == [(Field.WHEN, WORDS.NOW_HAS_NO_TIME)]


def test_morning_with_a_time_asks_which_is_meant() -> None:
    assert faults_of(Timing.MORNING, DAY, TIME) == [(Field.START, WORDS.MORNING_HAS_NO_TIME)]


@pytest.mark.parametrize(
    ("timing", "filled"),
    [(Timing.NOW, ()), (Timing.AT, (DAY, TIME)), (Timing.MORNING, ()), (Timing.MORNING, (DAY,))],
)
def test_what_fits_is_taken(timing: Timing, filled: tuple[dict[str, Any], ...]) -> None:
    assert faults_of(timing, *filled) == []
