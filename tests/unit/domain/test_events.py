"""What may be planned as an event; each refusal is a sentence at its field."""

from datetime import timedelta
from typing import Any

import pytest

from domain.errors import DomainError
from domain.events import BAD_SEATS, EventFormat, InvalidEvent, PastEvent, tells
from tests.builders.events import STARTS, a_plan, an_event
from tests.fakes.clock import NOON

HOUR = timedelta(hours=1)


@pytest.mark.parametrize(
    ("changes", "field", "sentence"),
    [
        ({"title": ""}, "title", "Please give it a title."),
        ({"title": "x" * 152}, "title", "Please shorten this by 2: 150 characters fit here."),
        ({"text": "x" * 2001}, "text", "Please shorten this by 1: 2000 characters fit here."),
        ({"text": "<" * 1000}, "text", "With so many links, or signs &, < and >, this is too long for Slack."),
        (
            {"text": "http://a " * 150 + "&" * 300},
            "text",
            "With so many links, or signs &, < and >, this is too long for Slack.",
        ),
        ({"place": ""}, "place", "Please say where it is."),
        ({"link": "meet.example.org"}, "link", "Please paste a whole link, like https://meet.example.org/room."),
        (
            {"link": "https://x.org/<!channel>"},
            "link",
            "Please paste a whole link, like https://meet.example.org/room.",
        ),
        ({"ends": STARTS}, "end", "It has to end after it begins, within 12 hours. Please choose another end."),
        ({"ends": STARTS + 13 * HOUR}, "end", "An event takes 12 hours at most. Please plan a longer one as several."),
        (
            {"closes": STARTS + HOUR / 2},
            "closes",
            "Answers have to close before it begins. Please choose an earlier time.",
        ),
        ({"room_seats": 0}, "room_seats", BAD_SEATS),
        ({"remote_seats": 10_001}, "remote_seats", BAD_SEATS),
        ({"talk_slots": 51, "talk_minutes": 1}, "talk_slots", "Please choose from 1 to 50 talks, or leave it empty."),
        ({"talk_slots": 5}, "talk_minutes", "Please choose from 1 to 60 minutes for a talk."),
        (
            {"talk_slots": 7, "talk_minutes": 10},
            "talk_slots",
            "So many talks take longer than the event. Please choose fewer.",
        ),
    ],
)
def test_plan_that_does_not_fit_is_refused_at_its_field(changes: dict[str, Any], field: str, sentence: str) -> None:
    with pytest.raises(InvalidEvent) as refused:
        a_plan(**changes)

    assert (refused.value.field, refused.value.message) == (field, sentence)


def test_remote_event_needs_no_place_and_talks_may_fill_it_to_the_minute() -> None:
    plan = a_plan(format=EventFormat.REMOTE, place="", talk_slots=6, talk_minutes=10)

    assert (plan.place, plan.talk_slots) == ("", 6)


@pytest.mark.parametrize(
    "changes",
    [
        {"title": "x" * 150},
        {"text": "x" * 2000},
        {"text": "<" * 725},  # 2,900 as it is sent
        {"ends": STARTS + 12 * HOUR},
        {"closes": STARTS},
        {"room_seats": 1, "remote_seats": 10_000},
        {"talk_slots": 50, "talk_minutes": 1},
    ],
)
def test_plan_that_just_fits_is_taken_as_it_is(changes: dict[str, Any]) -> None:
    plan = a_plan(**changes)

    assert {name: getattr(plan, name) for name in changes} == changes


def test_event_is_planned_a_year_ahead_to_the_second() -> None:
    a_plan(starts=NOON + timedelta(days=366), ends=NOON + timedelta(days=366) + HOUR).check(NOON)


@pytest.mark.parametrize(
    ("starts", "error", "field"),
    [(NOON - HOUR, PastEvent, "start"), (NOON + timedelta(days=367), InvalidEvent, "start.day")],
)
def test_event_that_is_over_or_more_than_a_year_ahead_is_refused(
    starts: Any, error: type[DomainError], field: str
) -> None:
    with pytest.raises(error) as refused:
        a_plan(starts=starts).check(NOON)

    assert refused.value.field == field


@pytest.mark.parametrize(
    ("at", "can"),
    [
        (STARTS - timedelta(minutes=15, seconds=1), False),
        (STARTS - timedelta(minutes=15), True),
        (STARTS + HOUR + timedelta(hours=4) - timedelta(seconds=1), True),
        (STARTS + HOUR + timedelta(hours=4), False),
    ],
)
def test_press_that_one_is_there_is_taken_around_the_event(at: Any, *, can: bool) -> None:
    assert an_event().takes_presses(at) is can


@pytest.mark.parametrize(
    ("changes", "is_told"),
    [
        ({"title": "Another"}, False),
        ({"room_seats": 9}, False),
        ({"place": "Room 5"}, True),
        ({"site": "Leeds"}, True),
        ({"link": "https://meet.example.org/me"}, True),
        ({"ends": STARTS + 2 * HOUR}, True),
        ({"format": EventFormat.HYBRID}, True),
    ],
)
def test_who_comes_hears_of_when_and_where_and_not_of_other_changes(changes: dict[str, Any], *, is_told: bool) -> None:
    assert tells(a_plan(), a_plan(**changes)) is is_told
