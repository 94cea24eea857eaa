"""Slack refuses a view as a whole when one part of it is too large, so every one is tried at its largest."""

import importlib
import inspect
import pkgutil

import pytest

from domain.ports import Message, View
from handlers import views
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
