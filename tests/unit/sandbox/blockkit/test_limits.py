"""Each limit of Block Kit: what fits is taken, one more is pointed at."""

from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import pytest

from sandbox.blockkit.validator import message_problems, view_problems
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
    options,
    plain,
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Limit:
    """`make(n)` builds something with n of what is limited; `pointer` is where one too many is found."""

    name: str
    make: Callable[[int], Payload]
    most: int
    pointer: str
    constraint: str = "max_length"


def _text(length: int) -> str:
    return "é" * length


def _address(length: int) -> str:
    return "https://example.org/".ljust(length, "a")


def _typed(**more: Any) -> Payload:
    return an_input(element={"type": "plain_text_input", "action_id": "typed", **more})


def _number(**more: Any) -> Payload:
    return an_input(element={"type": "number_input", "is_decimal_allowed": True, **more})


def _confirm(name: str, length: int) -> Payload:
    texts = {each: plain("Yes") for each in ("title", "text", "confirm", "deny")}
    return actions(a_button(confirm=texts | {name: plain(_text(length))}))


def _choice(kind: str, count: int) -> Payload:
    return actions({"type": kind, "action_id": "choose", "options": options(count)})


def _groups(count: int) -> Payload:
    groups = [{"label": plain("Group"), "options": [an_option()]} for _ in range(count)]
    return actions({"type": "static_select", "action_id": "choose", "option_groups": groups})


def _buttons(count: int) -> Payload:
    return actions(*[a_button(f"press{number}") for number in range(count)])


def _image(**more: Any) -> Payload:
    return {"type": "image", "image_url": "https://example.org/a.png", "alt_text": "A picture", **more}


def _menu_with(**more: Any) -> Payload:
    return actions(a_menu(**more))


ELEMENT = "/blocks/0/elements/0"
LIMITS = (
    Limit(name="section text", make=lambda n: a_section(_text(n)), most=3000, pointer="/blocks/0/text/text"),
    Limit(
        name="section field",
        make=lambda n: {"type": "section", "fields": [marked(_text(n))]},
        most=2000,
        pointer="/blocks/0/fields/0/text",
    ),
    Limit(
        name="section fields",
        make=lambda n: {"type": "section", "fields": [marked()] * n},
        most=10,
        pointer="/blocks/0/fields",
        constraint="max_items",
    ),
    Limit(
        name="header",
        make=lambda n: {"type": "header", "text": plain(_text(n))},
        most=150,
        pointer="/blocks/0/text/text",
    ),
    Limit(
        name="context elements",
        make=lambda n: {"type": "context", "elements": [marked()] * n},
        most=10,
        pointer="/blocks/0/elements",
        constraint="max_items",
    ),
    Limit(name="actions elements", make=_buttons, most=25, pointer="/blocks/0/elements", constraint="max_items"),
    Limit(
        name="block id",
        make=lambda n: a_section(block_id=_text(n)),
        most=255,
        pointer="/blocks/0/block_id",
    ),
    Limit(name="action id", make=lambda n: actions(a_button(_text(n))), most=255, pointer=f"{ELEMENT}/action_id"),
    Limit(
        name="input label",
        make=lambda n: an_input(label=plain(_text(n))),
        most=2000,
        pointer="/blocks/0/label/text",
    ),
    Limit(name="input hint", make=lambda n: an_input(hint=plain(_text(n))), most=2000, pointer="/blocks/0/hint/text"),
    Limit(name="image alt text", make=lambda n: _image(alt_text=_text(n)), most=2000, pointer="/blocks/0/alt_text"),
    Limit(name="image address", make=lambda n: _image(image_url=_address(n)), most=3000, pointer="/blocks/0/image_url"),
    Limit(name="image title", make=lambda n: _image(title=plain(_text(n))), most=2000, pointer="/blocks/0/title/text"),
    Limit(
        name="button text",
        make=lambda n: actions(a_button(text=plain(_text(n)))),
        most=75,
        pointer=f"{ELEMENT}/text/text",
    ),
    Limit(name="button value", make=lambda n: actions(a_button(value=_text(n))), most=2000, pointer=f"{ELEMENT}/value"),
    Limit(
        name="button address", make=lambda n: actions(a_button(url=_address(n))), most=3000, pointer=f"{ELEMENT}/url"
    ),
    Limit(
        name="accessibility label",
        make=lambda n: actions(a_button(accessibility_label=_text(n))),
        most=75,
        pointer=f"{ELEMENT}/accessibility_label",
    ),
    *(
        Limit(
            name=f"confirm {name}",
            make=lambda n, name=name: _confirm(name, n),  # type: ignore[misc]  # a default binds the loop's name
            most=most,
            pointer=f"{ELEMENT}/confirm/{name}/text",
        )
        for name, most in {"title": 100, "text": 300, "confirm": 30, "deny": 30}.items()
    ),
    Limit(
        name="menu options",
        make=lambda n: _menu_with(options=options(n)),
        most=100,
        pointer=f"{ELEMENT}/options",
        constraint="max_items",
    ),
    Limit(name="menu groups", make=_groups, most=100, pointer=f"{ELEMENT}/option_groups", constraint="max_items"),
    Limit(
        name="group label",
        make=lambda n: actions(
            {
                "type": "static_select",
                "action_id": "choose",
                "option_groups": [{"label": plain(_text(n)), "options": [an_option()]}],
            }
        ),
        most=75,
        pointer=f"{ELEMENT}/option_groups/0/label/text",
    ),
    Limit(
        name="placeholder",
        make=lambda n: _menu_with(placeholder=plain(_text(n))),
        most=150,
        pointer=f"{ELEMENT}/placeholder/text",
    ),
    Limit(
        name="option text",
        make=lambda n: _menu_with(options=[an_option(text=plain(_text(n)))]),
        most=75,
        pointer=f"{ELEMENT}/options/0/text/text",
    ),
    Limit(
        name="option value",
        make=lambda n: _menu_with(options=[an_option(_text(n), text=plain())]),
        most=150,
        pointer=f"{ELEMENT}/options/0/value",
    ),
    Limit(
        name="option description",
        make=lambda n: _menu_with(options=[an_option(description=plain(_text(n)))]),
        most=75,
        pointer=f"{ELEMENT}/options/0/description/text",
    ),
    Limit(
        name="option address",
        make=lambda n: actions({"type": "overflow", "action_id": "more", "options": [an_option(url=_address(n))]}),
        most=3000,
        pointer=f"{ELEMENT}/options/0/url",
    ),
    *(
        Limit(
            name=f"{kind} options",
            make=lambda n, kind=kind: _choice(kind, n),  # type: ignore[misc]  # a default binds the loop's name
            most=most,
            pointer=f"{ELEMENT}/options",
            constraint="max_items",
        )
        for kind, most in {"overflow": 5, "checkboxes": 10, "radio_buttons": 10}.items()
    ),
    Limit(
        name="text input max_length",
        make=lambda n: _typed(max_length=n),
        most=3000,
        pointer="/blocks/0/element/max_length",
        constraint="range",
    ),
    Limit(
        name="text input min_length",
        make=lambda n: _typed(min_length=n),
        most=3000,
        pointer="/blocks/0/element/min_length",
        constraint="range",
    ),
    Limit(
        name="text input initial value",
        make=lambda n: _typed(initial_value=_text(n)),
        most=3000,
        pointer="/blocks/0/element/initial_value",
    ),
    Limit(
        name="text input initial value under a max_length",
        make=lambda n: _typed(initial_value=_text(n), max_length=20),
        most=20,
        pointer="/blocks/0/element/initial_value",
    ),
)


@pytest.mark.parametrize("limit", LIMITS, ids=lambda limit: limit.name)
def test_limit_in_message_takes_the_most_and_points_at_one_more(limit: Limit) -> None:
    fits, too_much = limit.make(limit.most), limit.make(limit.most + 1)

    found = message_problems([too_much])

    assert message_problems([fits]) == []
    assert [(each.code, each.pointer, each.constraint["type"]) for each in found] == [
        ("failed_constraint", limit.pointer, limit.constraint)
    ]


VIEW_LIMITS = (
    Limit(name="title", make=lambda n: a_modal(title=plain(_text(n))), most=24, pointer="/view/title/text"),
    Limit(name="submit", make=lambda n: a_modal(submit=plain(_text(n))), most=24, pointer="/view/submit/text"),
    Limit(name="close", make=lambda n: a_modal(close=plain(_text(n))), most=24, pointer="/view/close/text"),
    Limit(
        name="private metadata",
        make=lambda n: a_modal(private_metadata=_text(n)),
        most=3000,
        pointer="/view/private_metadata",
    ),
    Limit(name="callback id", make=lambda n: a_modal(callback_id=_text(n)), most=255, pointer="/view/callback_id"),
    Limit(name="external id", make=lambda n: a_modal(external_id=_text(n)), most=255, pointer="/view/external_id"),
    Limit(
        name="modal blocks",
        make=lambda n: a_modal(*[a_section()] * n),
        most=100,
        pointer="/view/blocks",
        constraint="max_items",
    ),
    Limit(
        name="home blocks",
        make=lambda n: a_home(*[a_section()] * n),
        most=100,
        pointer="/view/blocks",
        constraint="max_items",
    ),
)


@pytest.mark.parametrize("limit", VIEW_LIMITS, ids=lambda limit: limit.name)
def test_limit_of_view_takes_the_most_and_points_at_one_more(limit: Limit) -> None:
    fits, too_much = limit.make(limit.most), limit.make(limit.most + 1)

    found = view_problems(too_much)

    assert view_problems(fits) == []
    assert [(each.pointer, each.constraint["type"]) for each in found] == [(limit.pointer, limit.constraint)]


def test_number_at_its_least_or_most_is_taken() -> None:
    least = _number(min_value="-1.5", initial_value="-1.5", max_value="10")
    most = _number(min_value="9", initial_value="10", max_value="10")

    assert (message_problems([least]), message_problems([most])) == ([], [])


def test_message_of_fifty_blocks_is_taken_and_one_more_is_not() -> None:
    found = message_problems([a_section()] * 51)

    assert message_problems([a_section()] * 50) == []
    assert [each.as_dict() for each in found] == [
        {
            "code": "failed_constraint",
            "message": "no more than 50 items allowed",
            "pointer": "/blocks",
            "constraint": {"type": "max_items", "expected": 50},
        }
    ]


def _context(count: int) -> Payload:
    return {"type": "context", "elements": [marked()] * count}


@pytest.mark.parametrize(
    ("block", "pointer", "constraint"),
    [
        (a_section(""), "/blocks/0/text/text", "min_length"),
        ({"type": "section", "fields": []}, "/blocks/0/fields", "min_items"),
        (_context(0), "/blocks/0/elements", "min_items"),
        (actions(), "/blocks/0/elements", "min_items"),
        (_menu_with(options=[]), f"{ELEMENT}/options", "min_items"),
        (_choice("overflow", 0), f"{ELEMENT}/options", "min_items"),
        (_choice("checkboxes", 0), f"{ELEMENT}/options", "min_items"),
        (_typed(max_length=0), "/blocks/0/element/max_length", "range"),
        (_typed(min_length=-1), "/blocks/0/element/min_length", "range"),
        (_typed(min_length=5, max_length=4), "/blocks/0/element/min_length", "range"),
        (_number(min_value="5", max_value="4.5"), "/blocks/0/element/min_value", "range"),
        (_number(min_value="5", initial_value="4"), "/blocks/0/element/min_value", "range"),
        (_number(min_value="1", initial_value="6", max_value="5"), "/blocks/0/element/initial_value", "range"),
        (
            actions({"type": "multi_static_select", "options": options(1), "max_selected_items": 0}),
            f"{ELEMENT}/max_selected_items",
            "range",
        ),
    ],
)
def test_block_with_less_than_the_least_is_pointed_at(block: Payload, pointer: str, constraint: str) -> None:
    found = message_problems([block])

    assert [(each.pointer, each.constraint["type"]) for each in found] == [(pointer, constraint)]
