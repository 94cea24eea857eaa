"""A date and a time as a form asks for them."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from domain.times import TimeRepeated
from domain.zone_names import zone_names
from handlers import texts
from handlers.parse.moments import moment
from handlers.parse.state import State
from handlers.views.blocks import field, modal, text_input
from handlers.views.moments import asking_which, moment_fields
from sandbox.blockkit.state import initial_values
from sandbox.blockkit.validator import view_problems
from tests.builders.sessions import LONDON, NEW_YORK, TUESDAY


def as_opened(blocks: list[dict[str, Any]]) -> State:
    """The form as Slack sends it when nothing has been changed."""
    return State({"state": {"values": initial_values(blocks)}})


def asked_about(view: dict[str, Any]) -> TimeRepeated:
    with pytest.raises(TimeRepeated) as repeated:
        moment(as_opened(view["blocks"]), "start")
    return repeated.value


def a_view(when: str = "2026-11-01 01:30") -> dict[str, Any]:
    """A form as Slack sends it back, with a date and a time filled in, and a few words."""
    day, clock = moment_fields("start", zone=NEW_YORK)
    day["element"]["initial_date"], clock["element"]["initial_time"] = when.split()
    words = field("words", "Words", text_input("value", initial="Mine."))
    view = modal("modal.test", title="A test", blocks=[day, clock, words], submit="Save", state="s1.1")
    return view | {"id": "V1", "hash": "1.a", "app_id": "A1"}


def test_fields_are_pickers_that_say_in_which_zone_they_are_read() -> None:
    day, clock = moment_fields("start", zone=NEW_YORK, hint="It may lie outside your hours.")

    assert (day["block_id"], day["element"]["type"]) == ("start.day", "datepicker")
    assert (clock["block_id"], clock["element"]["type"]) == ("start:America/New_York", "timepicker")
    assert clock["hint"]["text"] == "In your time zone, America/New_York. It may lie outside your hours."
    assert not {"initial_date", "initial_time"} & {*day["element"], *clock["element"]}


def test_fields_begin_with_a_time_in_the_zone_that_they_name() -> None:
    day, clock = moment_fields("start", zone=NEW_YORK, initial=TUESDAY)

    assert (day["element"]["initial_date"], clock["element"]["initial_time"]) == ("2027-01-12", "05:00")


def test_fields_that_begin_with_a_time_that_happens_twice_say_which_one() -> None:
    first = datetime(2026, 11, 1, 5, 30, tzinfo=UTC)

    chosen = [
        moment_fields("start", zone=NEW_YORK, initial=each)[2]["element"]["initial_option"]
        for each in (first, first + timedelta(hours=1))
    ]

    assert [(each["value"], each["text"]["text"]) for each in chosen] == [
        ("first", "The first (EDT)"),
        ("second", "The second (EST)"),
    ]


@given(minutes=st.integers(0, 60 * 24 * 365 * 12), name=st.sampled_from(sorted(zone_names())))
def test_prefilled_time_reads_back_as_the_same_instant_in_any_zone(minutes: int, name: str) -> None:
    instant = datetime(2024, 1, 1, tzinfo=UTC) + timedelta(minutes=minutes)

    assert moment(as_opened(moment_fields("start", zone=name, initial=instant)), "start") == instant


def test_form_that_is_sent_back_asks_which_and_keeps_the_rest_as_it_is() -> None:
    view = a_view()

    asking = asking_which(view, [asked_about(view)])

    assert asking is not None
    assert [block["block_id"] for block in asking["blocks"]] == [
        "start.day",
        "start:America/New_York",
        "start.pass",
        "words",
    ]
    which = asking["blocks"][2]
    assert (which["label"]["text"], which["element"]["initial_option"]["value"]) == (texts.moments.WHICH, "first")
    assert which["hint"]["text"].startswith("01:30 happens twice on Sun 1 Nov 2026 in America/New_York")
    assert {name for name in asking if name not in a_view()} == set()
    assert (asking["private_metadata"], "hash" in asking, "id" in asking) == ("s1.1", False, False)
    assert view_problems(asking) == []
    assert moment(as_opened(asking["blocks"]), "start") == datetime(2026, 11, 1, 5, 30, tzinfo=UTC)


def test_form_that_has_asked_already_or_has_no_such_field_does_not_ask() -> None:
    view = a_view()
    repeated = asked_about(view)
    asking = asking_which(view, [repeated])

    assert asking_which(asking or {}, [repeated]) is None
    assert asking_which(a_view() | {"blocks": view["blocks"][2:]}, [repeated]) is None


def test_zone_of_a_far_place_fits_into_the_id() -> None:
    longest = max(zone_names(), key=len)

    assert len(moment_fields("start", zone=longest)[1]["block_id"]) < len(LONDON) + 60
