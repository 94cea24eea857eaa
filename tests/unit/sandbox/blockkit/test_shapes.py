"""What Block Kit takes beside lengths: which fields, types and places, and that ids are unique."""

from typing import Any

import pytest

from sandbox.blockkit.elements import AS_ACCESSORY, ELEMENTS, IN_ACTIONS, IN_INPUT
from sandbox.blockkit.validator import is_too_large, message_problems, view_problems
from tests.builders.blocks import (
    Payload,
    a_button,
    a_home,
    a_menu,
    a_modal,
    a_section,
    actions,
    an_input,
    an_option,
    marked,
    plain,
)

ELEMENT = "/blocks/0/elements/0"
OPTIONS = [an_option("one"), an_option("two")]
MINIMAL: dict[str, Payload] = {
    "button": {"text": plain()},
    "overflow": {"options": OPTIONS},
    "checkboxes": {"options": OPTIONS},
    "radio_buttons": {"options": OPTIONS},
    "static_select": {"options": OPTIONS},
    "multi_static_select": {"options": OPTIONS},
    "number_input": {"is_decimal_allowed": False},
    "image": {"image_url": "https://example.org/a.png", "alt_text": "A picture"},
}
"""What each type of element needs beside its type; the others need nothing."""


def _minimal(kind: str, **more: Any) -> Payload:
    return {"type": kind} | MINIMAL.get(kind, {}) | more


def _found(*blocks: Payload) -> list[tuple[str, str]]:
    return [(each.pointer, each.message) for each in message_problems(list(blocks))]


@pytest.mark.parametrize("kind", sorted(ELEMENTS))
def test_element_stands_only_where_slack_lets_it(kind: str) -> None:
    element = _minimal(kind)

    places = {
        "actions": not message_problems([actions(element)]),
        "input": not message_problems([an_input(element=element)]),
        "accessory": not message_problems([a_section(accessory=element)]),
    }

    assert places == {"actions": kind in IN_ACTIONS, "input": kind in IN_INPUT, "accessory": kind in AS_ACCESSORY}


def test_places_of_elements_are_those_of_the_reference() -> None:
    typed = {"plain_text_input", "email_text_input", "url_text_input", "number_input"}

    assert IN_ACTIONS.isdisjoint(typed | {"image"})
    assert IN_INPUT.isdisjoint({"button", "overflow", "image"})
    assert AS_ACCESSORY.isdisjoint(typed | {"datetimepicker"})
    assert {"button", "static_select", "datepicker", "checkboxes"} <= IN_ACTIONS & AS_ACCESSORY
    assert typed | {"static_select", "multi_users_select", "datetimepicker"} <= IN_INPUT


@pytest.mark.parametrize("kind", sorted(ELEMENTS))
def test_element_with_unknown_field_is_refused(kind: str) -> None:
    element = _minimal(kind, sparkle=True)
    block = a_section(accessory=element) if kind in AS_ACCESSORY else an_input(element=element)

    messages = [each.message for each in message_problems([block])]

    assert messages == ["invalid additional property: sparkle"]


@pytest.mark.parametrize(
    ("kind", "field", "value"),
    [
        ("button", "focus_on_load", True),
        ("button", "placeholder", plain()),
        ("overflow", "focus_on_load", True),
        ("checkboxes", "placeholder", plain()),
        ("datetimepicker", "placeholder", plain()),
        ("multi_static_select", "initial_option", OPTIONS[0]),
        ("static_select", "max_selected_items", 1),
        ("multi_channels_select", "response_url_enabled", True),
        ("users_select", "response_url_enabled", True),
    ],
)
def test_element_with_field_of_another_is_refused(kind: str, field: str, value: Any) -> None:
    found = _found(actions(_minimal(kind, **{field: value})))

    assert found == [(ELEMENT, f"invalid additional property: {field}")]


def test_typed_input_takes_no_confirm() -> None:
    confirm = {name: plain() for name in ("title", "text", "confirm", "deny")}

    found = _found(an_input(element={"type": "plain_text_input", "confirm": confirm}))

    assert found == [("/blocks/0/element", "invalid additional property: confirm")]


@pytest.mark.parametrize(
    "address",
    [
        "javascript:alert(1)",
        "JavaScript://example.org/%0aalert(1)",
        "data:text/html,hello",
        "file:///etc/hosts",
        "slack://open",
        "//example.org",
        "example.org",
        "https://",
        "https://example.org/a b",
    ],
)
def test_address_that_is_not_of_the_web_is_refused(address: str) -> None:
    image = {"type": "image", "alt_text": "A picture", "image_url": address}
    menu = {"type": "overflow", "options": [an_option(url=address)]}

    found = _found(actions(a_button(url=address), menu), image, a_section(accessory=image))

    assert found == [
        ("/blocks/0/elements/0/url", "has the wrong format"),
        ("/blocks/0/elements/1/options/0/url", "has the wrong format"),
        ("/blocks/1/image_url", "has the wrong format"),
        ("/blocks/2/accessory/image_url", "has the wrong format"),
    ]


@pytest.mark.parametrize("kind", ["static_select", "checkboxes", "radio_buttons"])
def test_option_with_address_outside_overflow_is_refused(kind: str) -> None:
    with_address = an_option(url="https://example.org")

    found = _found(actions({"type": kind, "options": [with_address]}))

    assert found == [(f"{ELEMENT}/options/0", "invalid additional property: url")]


@pytest.mark.parametrize(
    ("block", "pointer", "missing"),
    [
        ({"type": "header"}, "/blocks/0", "text"),
        ({"type": "context"}, "/blocks/0", "elements"),
        ({"type": "actions"}, "/blocks/0", "elements"),
        ({"type": "input", "label": plain()}, "/blocks/0", "element"),
        ({"type": "input", "element": {"type": "datepicker"}}, "/blocks/0", "label"),
        ({"type": "image", "image_url": "https://example.org/a.png"}, "/blocks/0", "alt_text"),
        (actions({"type": "button"}), ELEMENT, "text"),
        (actions({"type": "overflow"}), ELEMENT, "options"),
        (actions(a_menu(options=[{"text": plain()}])), f"{ELEMENT}/options/0", "value"),
        (
            actions(a_button(confirm={"title": plain(), "text": plain(), "confirm": plain()})),
            f"{ELEMENT}/confirm",
            "deny",
        ),
        (an_input(element={"type": "number_input"}), "/blocks/0/element", "is_decimal_allowed"),
    ],
)
def test_block_without_required_field_is_refused(block: Payload, pointer: str, missing: str) -> None:
    assert _found(block) == [(pointer, f"missing required field: {missing}")]


@pytest.mark.parametrize(
    ("block", "pointer", "message"),
    [
        ({"type": "sparkle"}, "/blocks/0/type", "unsupported type: sparkle"),
        ({}, "/blocks/0/type", "unsupported type: None"),
        ("section", "/blocks/0/type", "unsupported type: None"),
        ({"type": "section", "text": "Hello"}, "/blocks/0/text", "must be an object"),
        ({"type": "section"}, "/blocks/0", "one of text, fields is needed"),
        (
            {"type": "section", "text": {"type": "invalid", "text": "Hello"}},
            "/blocks/0/text/type",
            "unsupported type: invalid",
        ),
        ({"type": "header", "text": marked()}, "/blocks/0/text/type", "unsupported type: mrkdwn"),
        (a_section(text="Hello", expand="yes"), "/blocks/0/expand", "must be a boolean"),
        ({"type": "section", "fields": marked()}, "/blocks/0/fields", "must be an array"),
        (actions(a_button(style="fancy")), f"{ELEMENT}/style", "must be one of primary, danger"),
        (actions(a_button(value=7)), f"{ELEMENT}/value", "must be a string"),
        (
            {"type": "section", "text": {"type": "mrkdwn", "text": "Hello", "emoji": True}},
            "/blocks/0/text",
            "invalid additional property: emoji",
        ),
        (
            {"type": "header", "text": plain() | {"verbatim": True}},
            "/blocks/0/text",
            "invalid additional property: verbatim",
        ),
        (actions({"type": "datepicker", "initial_date": "2026-02-30"}), f"{ELEMENT}/initial_date", "must be a date"),
        (actions({"type": "datepicker", "initial_date": "20260228"}), f"{ELEMENT}/initial_date", "must be a date"),
        (actions({"type": "timepicker", "initial_time": "24:00"}), f"{ELEMENT}/initial_time", "has the wrong format"),
        (
            actions({"type": "datetimepicker", "initial_date_time": 999_999_999}),
            f"{ELEMENT}/initial_date_time",
            "must be from 1000000000 to 9999999999",
        ),
        (
            actions({"type": "datetimepicker", "initial_date_time": "1700000000"}),
            f"{ELEMENT}/initial_date_time",
            "must be an integer",
        ),
        (
            an_input(element={"type": "number_input", "is_decimal_allowed": True, "min_value": 1}),
            "/blocks/0/element/min_value",
            "must be a string",
        ),
        (
            an_input(
                element={"type": "email_text_input", "dispatch_action_config": {"trigger_actions_on": ["on_blur"]}}
            ),
            "/blocks/0/element/dispatch_action_config/trigger_actions_on/0",
            "must be one of on_enter_pressed, on_character_entered",
        ),
        (
            actions({"type": "conversations_select", "filter": {}}),
            f"{ELEMENT}/filter",
            "one of include, exclude_bot_users, exclude_external_shared_channels is needed",
        ),
        (
            actions({"type": "conversations_select", "filter": {"include": ["open"]}}),
            f"{ELEMENT}/filter/include/0",
            "must be one of im, mpim, private, public",
        ),
    ],
)
def test_block_of_wrong_shape_is_pointed_at(block: Any, pointer: str, message: str) -> None:
    assert _found(block) == [(pointer, message)]


@pytest.mark.parametrize("given", [{}, {"options": OPTIONS, "option_groups": [{"label": plain(), "options": OPTIONS}]}])
def test_menu_needs_exactly_one_of_options_and_groups(given: Payload) -> None:
    found = _found(actions({"type": "static_select"} | given))

    assert found == [(ELEMENT, "exactly one of options, option_groups is needed")]


@pytest.mark.parametrize(
    ("element", "pointer", "message"),
    [
        (a_menu(initial_option=an_option("three")), ELEMENT, "initial option must be one of the options"),
        (
            a_menu(initial_option=an_option("one", text=plain("other"))),
            ELEMENT,
            "initial option must be one of the options",
        ),
        (
            {"type": "checkboxes", "options": OPTIONS, "initial_options": [OPTIONS[0], an_option("three")]},
            ELEMENT,
            "initial option must be one of the options",
        ),
        (a_menu(options=[an_option("one"), an_option("one")]), f"{ELEMENT}/options", "option values must be unique"),
    ],
)
def test_menu_whose_options_contradict_each_other_is_refused(element: Payload, pointer: str, message: str) -> None:
    assert _found(actions(element)) == [(pointer, message)]


def test_initial_option_of_a_group_is_taken() -> None:
    groups = [{"label": plain(), "options": OPTIONS}]

    assert _found(actions({"type": "static_select", "option_groups": groups, "initial_option": OPTIONS[1]})) == []


def test_message_with_repeated_block_id_is_refused() -> None:
    found = _found(a_section(block_id="same"), a_section(block_id="other"), a_section(block_id="same"))

    assert found == [("/blocks/2/block_id", "block_id same already exists")]


def test_actions_with_repeated_action_id_is_refused_and_two_blocks_may_share_it() -> None:
    found = _found(actions(a_button("press"), a_button("press")))

    assert found == [("/blocks/0/elements", "action_id must be unique within a block")]
    assert _found(actions(a_button("press"), block_id="one"), actions(a_button("press"), block_id="two")) == []


def test_two_elements_with_focus_are_refused_wherever_they_stand() -> None:
    focused = a_menu(focus_on_load=True)
    one, two = an_input(element=focused), actions(focused | {"action_id": "other"})

    assert _found(one) == []
    assert _found(one, two) == [("/blocks", "only one element may have focus_on_load")]


RESPONSE_URL = {"type": "conversations_select", "action_id": "where", "response_url_enabled": True}


def test_response_url_enabled_works_in_inputs_of_modals_only() -> None:
    asking, acting = an_input(element=RESPONSE_URL), actions(RESPONSE_URL)
    message = "response_url_enabled works in the input blocks of modals only"

    found = {
        "modal input": [each.message for each in view_problems(a_modal(asking))],
        "modal actions": [each.message for each in view_problems(a_modal(acting))],
        "home": [each.message for each in view_problems(a_home(asking))],
        "message": [each.message for each in message_problems([asking])],
    }

    assert found == {"modal input": [], "modal actions": [message], "home": [message], "message": [message]}


@pytest.mark.parametrize(
    ("view", "pointer", "message"),
    [
        ("modal", "/view", "must be an object"),
        ({"type": "sheet", "blocks": []}, "/view/type", "unsupported type: sheet"),
        ({"type": "modal", "blocks": []}, "/view", "missing required field: title"),
        ({"type": "modal", "title": plain()}, "/view", "missing required field: blocks"),
        ({"type": "home"}, "/view", "missing required field: blocks"),
        (a_modal(sparkle=1), "/view", "invalid additional property: sparkle"),
        (a_home(title=plain()), "/view", "invalid additional property: title"),
        (a_home(notify_on_close=True), "/view", "invalid additional property: notify_on_close"),
        (a_modal(clear_on_close="yes"), "/view/clear_on_close", "must be a boolean"),
        (a_modal(title=marked()), "/view/title/type", "unsupported type: mrkdwn"),
        (a_modal(an_input(), submit=None), "/view/submit", "submit is required when a view has an input"),
    ],
)
def test_view_of_wrong_shape_is_pointed_at(view: Any, pointer: str, message: str) -> None:
    assert [(each.pointer, each.message) for each in view_problems(view)] == [(pointer, message)]


def test_view_without_inputs_needs_no_submit() -> None:
    assert view_problems(a_modal(a_section(), submit=None)) == []


def test_view_is_too_large_above_250_kilobytes() -> None:
    small, large = a_modal(*[a_section("a" * 2400)] * 100), a_modal(*[a_section("a" * 2500)] * 100)

    assert (is_too_large(small), is_too_large(large)) == (False, True)


def test_problem_as_line_carries_its_pointer() -> None:
    (problem,) = message_problems([{"type": "header"}])

    assert problem.as_line() == "missing required field: text [json-pointer:/blocks/0]"


SHAPES: tuple[Any, ...] = (None, 7, "text", [], {}, [{}], True)
FIELDS = ("options", "option_groups", "initial_option", "initial_options", "text", "confirm", "action_id")


@pytest.mark.parametrize("kind", sorted(ELEMENTS))
def test_field_of_any_shape_never_breaks_the_validator(kind: str) -> None:
    blocks = [actions(_minimal(kind, **{field: shape})) for field in FIELDS for shape in SHAPES]

    pointers = {each.pointer for block in blocks for each in message_problems([block])}

    assert {pointer[: len(ELEMENT)] for pointer in pointers} <= {ELEMENT, "/blocks/0/elements"}
