"""Buttons and the small menu behind three dots."""

from nicegui import ui
from nicegui.element import Element

from sandbox.model import Payload
from sandbox.page.deed import press, spot_of
from sandbox.page.entries import menu_entry
from sandbox.page.html import icon, tag
from sandbox.page.naming import Naming
from sandbox.page.surface import Surface


def button(surface: Surface, block: Payload, element: Payload, naming: Naming) -> Element:
    """A button; one with a URL opens it as well."""
    url = str(element.get("url", ""))
    is_link = url.startswith(("https://", "http://"))
    shown = tag(
        "a" if is_link else "button",
        str(element["text"]["text"]),
        classes=f"press {element.get('style', '')}",
        data_spot=spot_of(surface, block, element),
        aria_describedby=naming.described or None,
        aria_label=element.get("accessibility_label"),
        **({"href": url, "target": "_blank", "rel": "noopener noreferrer"} if is_link else {"type": "button"}),
    )
    shown.on("click", lambda: press(surface, block, element, shown))
    return shown


def overflow(surface: Surface, block: Payload, element: Payload, naming: Naming) -> Element:
    """Three dots with a menu."""
    shown = tag(
        "button",
        classes="press dots",
        type="button",
        data_spot=spot_of(surface, block, element),
        aria_label="More",
        aria_haspopup="menu",
        aria_describedby=naming.described or None,
    )
    with shown:
        icon("more_horiz")
        with ui.menu():
            for option in element["options"]:
                _entry(surface, block, element, option, shown)
    return shown


def _entry(surface: Surface, block: Payload, element: Payload, option: Payload, shown: Element) -> None:
    words = str(option["text"]["text"])
    menu_entry(words, lambda: press(surface, block, element, shown, option["value"]))
