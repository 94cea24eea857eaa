"""Draws the interactive elements of blocks, each as its own kind."""

from collections.abc import Callable

from nicegui.element import Element

from sandbox.model import Payload
from sandbox.page.buttons import button, overflow
from sandbox.page.choices import checkboxes, radio_buttons
from sandbox.page.html import tag
from sandbox.page.menus import (
    conversations_select,
    multi_static_select,
    multi_users_select,
    static_select,
    users_select,
)
from sandbox.page.naming import Naming
from sandbox.page.pickers import datepicker, datetimepicker, timepicker
from sandbox.page.surface import Surface
from sandbox.page.texts import text_input

Drawing = Callable[[Surface, Payload, Payload, Naming], Element]

_DRAWINGS: dict[str, Drawing] = {
    "button": button,
    "overflow": overflow,
    "static_select": static_select,
    "multi_static_select": multi_static_select,
    "users_select": users_select,
    "multi_users_select": multi_users_select,
    "conversations_select": conversations_select,
    "radio_buttons": radio_buttons,
    "checkboxes": checkboxes,
    "plain_text_input": text_input,
    "email_text_input": text_input,
    "url_text_input": text_input,
    "number_input": text_input,
    "datepicker": datepicker,
    "timepicker": timepicker,
    "datetimepicker": datetimepicker,
}


def draw_element(surface: Surface, block: Payload, element: Payload, naming: Naming) -> Element:
    """Draw an element; returns what takes the focus and is marked when something is wrong with it."""
    if element["type"] == "image":
        return tag("span", f"Picture: {element['alt_text']}", classes="picture")
    return _DRAWINGS[element["type"]](surface, block, element, naming)
