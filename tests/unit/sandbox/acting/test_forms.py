"""What Slack's client refuses to submit."""

from typing import Any

import pytest

from sandbox.acting.forms import REQUIRED, problems
from sandbox.blockkit.state import initial_values, set_value
from sandbox.model import View
from tests.builders.blocks import Payload, a_modal, a_section, an_input, options


def _filled(element: Payload, given: Any, **block: Any) -> View:
    blocks = [a_section(block_id="words"), an_input("field", element | {"action_id": "it"}, **block)]
    values = initial_values(blocks)
    if given is not None:
        values["field"]["it"] = set_value(blocks[1]["element"], given)
    return View(id="V0", app_id="A0", user="U0", payload=a_modal(*blocks), hash="1.a", root_id="V0", values=values)


@pytest.mark.parametrize(
    "element",
    [
        {"type": "plain_text_input"},
        {"type": "static_select", "options": options(2)},
        {"type": "checkboxes", "options": options(2)},
        {"type": "multi_users_select"},
        {"type": "datepicker"},
    ],
    ids=lambda element: element["type"],
)
def test_untouched_input_is_required_unless_optional(element: Payload) -> None:
    assert problems(_filled(element, None)) == {"field": REQUIRED}
    assert problems(_filled(element, None, optional=True)) == {}


NUMBER = {"type": "number_input", "is_decimal_allowed": False, "min_value": "1", "max_value": "5"}
DECIMAL = {"type": "number_input", "is_decimal_allowed": True}
SHORT = {"type": "plain_text_input", "min_length": 2, "max_length": 4}
TWO_OF_THREE = {"type": "multi_static_select", "options": options(3), "max_selected_items": 2}


@pytest.mark.parametrize(
    ("element", "given", "problem"),
    [
        (SHORT, "abcd", None),
        (SHORT, "abcde", "This is too long: 4 characters fit."),
        (SHORT, "a", "Please write at least 2 characters."),
        ({"type": "plain_text_input"}, "a" * 3000, None),
        ({"type": "plain_text_input"}, "a" * 3001, "This is too long: 3000 characters fit."),
        (NUMBER, "5", None),
        (NUMBER, "6", "Please enter 5 or less."),
        (NUMBER, "0", "Please enter 1 or more."),
        (NUMBER, "2.5", "Please enter a whole number."),
        (DECIMAL, "2.5", None),
        (DECIMAL, "many", "Please enter a number."),
        ({"type": "email_text_input"}, "ada@example.org", None),
        ({"type": "email_text_input"}, "ada at example", "Please enter an e-mail address."),
        ({"type": "url_text_input"}, "https://example.org", None),
        ({"type": "url_text_input"}, "example.org", "Please enter a link."),
        (TWO_OF_THREE, ["option0", "option1"], None),
        (TWO_OF_THREE, ["option0", "option1", "option2"], "Please choose 2 at most."),
    ],
)
def test_filled_input_is_checked_by_its_kind(element: Payload, given: Any, problem: str | None) -> None:
    assert problems(_filled(element, given)) == ({} if problem is None else {"field": problem})
