"""What elements hold: untouched, filled in, and after an update."""

from typing import Any

import pytest

from sandbox.blockkit.elements import ELEMENTS
from sandbox.blockkit.state import carried_values, find_option, initial_values, is_stateful, set_value, with_ids
from tests.builders.blocks import Payload, a_button, a_menu, a_section, actions, an_input, an_option

ONE, TWO = an_option("one"), an_option("two")
STATES: dict[str, tuple[str, Any, Any, Any]] = {
    "plain_text_input": ("value", None, "words", "words"),
    "email_text_input": ("value", None, "a@example.org", "a@example.org"),
    "url_text_input": ("value", None, "https://example.org", "https://example.org"),
    "number_input": ("value", None, "7", "7"),
    "static_select": ("selected_option", None, "two", TWO),
    "radio_buttons": ("selected_option", None, "two", TWO),
    "checkboxes": ("selected_options", [], ["one", "two"], [ONE, TWO]),
    "multi_static_select": ("selected_options", [], ["two"], [TWO]),
    "users_select": ("selected_user", None, "U0AAAAAAAAA", "U0AAAAAAAAA"),
    "multi_users_select": ("selected_users", [], ["U0AAAAAAAAA"], ["U0AAAAAAAAA"]),
    "conversations_select": ("selected_conversation", None, "C0AAAAAAAAA", "C0AAAAAAAAA"),
    "multi_conversations_select": ("selected_conversations", [], ["C0AAAAAAAAA"], ["C0AAAAAAAAA"]),
    "channels_select": ("selected_channel", None, "C0AAAAAAAAA", "C0AAAAAAAAA"),
    "multi_channels_select": ("selected_channels", [], ["C0AAAAAAAAA"], ["C0AAAAAAAAA"]),
    "datepicker": ("selected_date", None, "2026-03-01", "2026-03-01"),
    "timepicker": ("selected_time", None, "09:30", "09:30"),
    "datetimepicker": ("selected_date_time", None, 1_800_000_000, 1_800_000_000),
}
"""By type: the key, what an untouched one holds, what a person gives, and what is held then."""


def _element(kind: str, **more: Any) -> Payload:
    return {"type": kind, "action_id": "it", "options": [ONE, TWO]} | more


def test_every_stateful_element_is_in_the_table() -> None:
    assert {kind for kind in ELEMENTS if is_stateful({"type": kind})} == set(STATES)


@pytest.mark.parametrize("kind", STATES)
def test_untouched_element_holds_its_empty_value(kind: str) -> None:
    key, empty, _, _ = STATES[kind]

    values = initial_values([an_input("where", _element(kind))])

    assert values == {"where": {"it": {"type": kind, key: empty}}}


@pytest.mark.parametrize("kind", STATES)
def test_element_holds_what_was_given(kind: str) -> None:
    key, empty, given, held = STATES[kind]

    assert set_value(_element(kind), given) == {"type": kind, key: held}
    assert set_value(_element(kind), None) == {"type": kind, key: empty}


@pytest.mark.parametrize("kind", STATES)
def test_element_begins_with_its_initial_value(kind: str) -> None:
    key, _, _, held = STATES[kind]
    initial = key.replace("selected", "initial").replace("value", "initial_value")

    values = initial_values([an_input("where", _element(kind, **{initial: held}))])

    assert values == {"where": {"it": {"type": kind, key: held}}}


def test_cleared_text_is_no_text() -> None:
    assert set_value(_element("plain_text_input"), "") == {"type": "plain_text_input", "value": None}


def test_values_of_actions_and_accessories_are_held_too_and_buttons_hold_none() -> None:
    blocks = [
        actions(a_button(), a_menu("menu"), block_id="row"),
        a_section(block_id="aside", accessory={"type": "datepicker", "action_id": "day"}),
        a_section(block_id="plain"),
    ]

    assert initial_values(blocks) == {
        "row": {"menu": {"type": "static_select", "selected_option": None}},
        "aside": {"day": {"type": "datepicker", "selected_date": None}},
    }


def test_option_is_found_by_value_or_text_in_groups_too() -> None:
    grouped = {"type": "static_select", "option_groups": [{"options": [ONE]}, {"options": [TWO]}]}

    assert (find_option(_element("static_select"), "one"), find_option(grouped, "TWO")) == (ONE, TWO)
    with pytest.raises(LookupError, match="no option 'three'; there are \\['one', 'two'\\]"):
        find_option(grouped, "three")


def test_typed_input_is_kept_where_both_ids_and_type_are_the_same() -> None:
    before = {"name": {"typed": {"type": "plain_text_input", "value": "Ada"}}}
    elsewhere = {"type": "plain_text_input", "action_id": "other"}
    of_another_kind = {"type": "number_input", "action_id": "typed", "is_decimal_allowed": False}

    assert carried_values(before, [an_input("name")])["name"]["typed"]["value"] == "Ada"
    assert carried_values(before, [an_input("other")])["other"]["typed"]["value"] is None
    assert carried_values(before, [an_input("name", elsewhere)])["name"]["other"]["value"] is None
    assert carried_values(before, [an_input("name", of_another_kind)])["name"]["typed"]["value"] is None


def test_ids_are_made_up_where_none_were_given_and_the_given_stay() -> None:
    given = [{"type": "actions", "elements": [{"type": "button"}, {"type": "button", "action_id": "mine"}]}]

    (first,), (second,) = with_ids(given), with_ids(given)

    assert first["elements"][1]["action_id"] == "mine"
    assert len({first["block_id"], second["block_id"], first["elements"][0]["action_id"]}) == 3
    assert given == [{"type": "actions", "elements": [{"type": "button"}, {"type": "button", "action_id": "mine"}]}]


def test_image_beside_a_section_gets_no_action_id() -> None:
    image = {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A picture"}

    (section,) = with_ids([a_section(block_id="b", accessory=image)])

    assert section["accessory"] == image
