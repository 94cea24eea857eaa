"""Draws the interactive elements of blocks, each as its own kind."""

from collections.abc import Callable

from nicegui.element import Element

from sandbox.model import Payload
from sandbox.page.buttons import button, overflow
from sandbox.page.choices import checkboxes, radio_buttons
from sandbox.page.html import tag
from sandbox.page.menus import (
    channels_select,
    conversations_select,
    multi_channels_select,
    multi_conversations_select,
    multi_static_select,
    multi_users_select,
    static_select,
    users_select,
)
from sandbox.page.naming import Naming
from sandbox.page.pickers import datepicker, datetimepicker, timepicker
from sandbox.page.surface import Surface
from sandbox.page.texts import text_input

UNKNOWN = "(Slack shows a {kind} here; this page does not.)"

Drawing = Callable[[Surface, Payload, Payload, Naming], Element]


def picture(_surface: Surface, _block: Payload, image: Payload, _naming: Naming) -> Element:
    """Nothing is asked of the internet, so a picture is told rather than shown."""
    return tag("span", f"Picture: {image['alt_text']}", classes="picture", role="img", aria_label=image["alt_text"])


def _unknown(_surface: Surface, _block: Payload, element: Payload, _naming: Naming) -> Element:
    return tag("span", UNKNOWN.format(kind=element["type"]), classes="picture")


DRAWINGS: dict[str, Drawing] = {
    "button": button,
    "overflow": overflow,
    "static_select": static_select,
    "multi_static_select": multi_static_select,
    "users_select": users_select,
    "multi_users_select": multi_users_select,
    "conversations_select": conversations_select,
    "multi_conversations_select": multi_conversations_select,
    "channels_select": channels_select,
    "multi_channels_select": multi_channels_select,
    "radio_buttons": radio_buttons,
    "checkboxes": checkboxes,
    "plain_text_input": text_input,
    "email_text_input": text_input,
    "url_text_input": text_input,
    "number_input": text_input,
    "datepicker": datepicker,
    "timepicker": timepicker,
    "datetimepicker": datetimepicker,
    "image": picture,
}


def draw_element(surface: Surface, block: Payload, element: Payload, naming: Naming) -> Element:
    """Draw an element; returns what takes the focus and is marked when something is wrong with it."""
    return DRAWINGS.get(element["type"], _unknown)(surface, block, element, naming)
