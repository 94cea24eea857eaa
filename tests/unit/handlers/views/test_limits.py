"""Slack refuses a view as a whole when one part of it is too large, so every one is tried at its largest."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterable

import pytest

from domain.ports import Block, Message, View
from handlers import views
from handlers.views.blocks import SECTION_MAX, context, quoted, section
from sandbox.blockkit.validator import is_too_large, message_problems, view_problems
from tests.unit.handlers.views.largest import MESSAGES, VIEWS

TEXT_MAX = 4000


@pytest.mark.parametrize("name", VIEWS)
def test_view_at_its_largest_is_accepted_by_slack(name: str) -> None:
    assert view_problems(VIEWS[name]) == []
    assert not is_too_large(VIEWS[name])


@pytest.mark.parametrize("name", MESSAGES)
def test_message_at_its_largest_is_accepted_by_slack(name: str) -> None:
    message = MESSAGES[name]

    assert message_problems(list(message.blocks)) == []
    assert 0 < len(message.text) <= TEXT_MAX


@pytest.mark.parametrize("name", [*VIEWS, *MESSAGES])
def test_no_paragraph_is_cut_at_its_largest(name: str) -> None:
    blocks = VIEWS[name]["blocks"] if name in VIEWS else MESSAGES[name].blocks

    assert [text[-60:] for text in paragraphs(blocks) if is_cut(text)] == []


def test_cut_paragraph_is_seen() -> None:
    whole, cut = "x" * SECTION_MAX, "x" * (SECTION_MAX + 1)

    made = [make(text) for make in (section, context, quoted) for text in (whole, cut)]

    assert [is_cut(text) for text in paragraphs(made)] == [False, True] * 3


def paragraphs(blocks: Iterable[Block]) -> list[str]:
    """What stands in sections and small lines, where nothing says of a cut text how it goes on."""
    said = [
        each for block in blocks for each in (block.get("text"), *block.get("elements", ()), *block.get("fields", ()))
    ]
    return [str(each["text"]) for each in said if isinstance(each, dict) and isinstance(each.get("text"), str)]


def is_cut(text: str) -> bool:
    return len(text) == SECTION_MAX and text.endswith("…")


def test_every_builder_of_a_view_or_message_is_tried() -> None:
    modules = [importlib.import_module(f"handlers.views.{each.name}") for each in pkgutil.iter_modules(views.__path__)]
    builders = {
        name
        for module in modules
        for name, made in inspect.getmembers(module, inspect.isfunction)
        if made.__module__ == module.__name__ and inspect.signature(made).return_annotation in (View, Message)
    }
    # Blocks are dicts as views are: what stands for a part of one is named here.
    parts = {name for name in builders if name.startswith("_")} | PARTS

    tried = {name.split()[0] for name in (*VIEWS, *MESSAGES)}

    assert builders - parts == tried


PARTS = {
    "actions",
    "asked_first",
    "button",
    "checkboxes",
    "context",
    "date_input",
    "done_button",
    "due_row",
    "field",
    "header",
    "kind_radio",
    "modal",
    "multi_select",
    "option",
    "people_menu",
    "plain",
    "quoted",
    "radio",
    "section",
    "select",
    "sent_back",
    "session_row",
    "sure",
    "text_input",
    "time_input",
    "way_to_wait",
    "with_given",
}
