"""Plain HTML elements. Text and attribute values are data to the browser, never markup."""

import itertools

from nicegui.element import Element
from nicegui.elements.mixins.text_element import TextElement


def tag(name: str, text: str = "", *, classes: str = "", **attributes: object) -> TextElement:
    """An element of this name, a context manager for its children.

    Underscores in attribute names stand for hyphens; False and None leave an attribute out.
    """
    element = TextElement(tag=name, text=text)
    if classes:
        element.classes(classes)
    for key, value in attributes.items():
        set_attribute(element, key, value)
    return element


def set_attribute(element: Element, key: str, value: object) -> None:
    """Set or remove one attribute of an element."""
    name = key.strip("_").replace("_", "-")
    if value is None or value is False:
        element.props.pop(name, None)
    else:
        element.props[name] = value
    element.update()


def icon(name: str, classes: str = "") -> TextElement:
    """A picture from the font that is served beside the page; screen readers pass over it."""
    return tag("i", name, classes=f"material-icons {classes}", aria_hidden="true")


def fresh_id() -> str:
    """An id that no other element of this process has."""
    return f"n{next(_NUMBERS)}"


_NUMBERS = itertools.count()
