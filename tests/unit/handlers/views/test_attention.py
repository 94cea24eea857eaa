"""The form for quiet hours and digest, there and back, and its faults."""

from typing import Any

import pytest

from domain.attention import AttentionRules, Preferences, QuietHours, Rhythm
from domain.errors import Faulty
from handlers.parse.attention import preferences
from handlers.parse.state import State
from handlers.views.attention import attention_form

USUAL = AttentionRules().preferences
WEEKLY = Preferences(
    quiet=QuietHours(begin=13 * 60, end=15 * 60 + 30), rhythm=Rhythm.WEEKLY, digest_time=17 * 60, weekday=4
)
LOUD = Preferences(quiet=None, rhythm=Rhythm.DAILY, digest_time=0, weekday=6)


def sent(chosen: Preferences, **changed: dict[str, Any]) -> dict[str, Any]:
    """The form as Slack sends it back, with some elements changed."""
    values = {
        block["block_id"]: {"value": changed.get(block["block_id"], _state(block["element"]))}
        for block in attention_form(chosen, zone="UTC")["blocks"]
        if block["type"] == "input"
    }
    return {"state": {"values": values}}


def _state(element: dict[str, Any]) -> dict[str, Any]:
    if element["type"] == "timepicker":
        return {"selected_time": element["initial_time"]}
    return {"selected_option": element["initial_option"]}


def faults_of(chosen: Preferences, **changed: dict[str, Any]) -> list[str | None]:
    with pytest.raises(Faulty) as refused:
        preferences(State(sent(chosen, **changed)))
    return [fault.field for fault in refused.value.faults]


@pytest.mark.parametrize("chosen", [USUAL, WEEKLY, LOUD])
def test_attention_form_reads_back_as_it_was_shown(chosen: Preferences) -> None:
    assert preferences(State(sent(chosen))) == chosen


def test_attention_form_says_what_gives_way() -> None:
    said = [
        block["elements"][0]["text"]
        for block in attention_form(USUAL, zone="Asia/Tokyo")["blocks"]
        if block["type"] == "context"
    ]

    assert "Asia/Tokyo" in said[0]
    assert all(word in said[1] for word in ("deadline", "over by then", "sessions always come"))


def test_attention_form_with_no_length_of_quiet_is_refused_at_its_end() -> None:
    with pytest.raises(Faulty) as refused:
        preferences(State(sent(USUAL, quiet_end={"selected_time": "22:00"})))

    assert refused.value.field == "quiet_end"
    assert "22:00 to 22:00" in refused.value.message


def test_attention_form_tells_all_faults_at_once() -> None:
    nothing: dict[str, Any] = {"selected_time": None, "selected_option": None}
    odd = {"selected_time": "25:61"}

    assert faults_of(USUAL, quiet_begin=nothing, quiet_end=odd, rhythm=nothing, digest_time=odd, weekday=nothing) == [
        "quiet_begin",
        "quiet_end",
        "rhythm",
        "digest_time",
        "weekday",
    ]


def test_attention_form_without_quiet_hours_does_not_look_at_their_times() -> None:
    same = {"selected_time": "22:00"}

    assert preferences(State(sent(LOUD, quiet_begin=same, quiet_end=same))) == LOUD
