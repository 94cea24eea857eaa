"""Draws the blocks of a message or view, and redraws only those that changed."""

import json
from collections.abc import Callable
from typing import Any

from nicegui.element import Element

from sandbox.model import Payload
from sandbox.page.elements import UNKNOWN, draw_element, picture
from sandbox.page.fields import Field
from sandbox.page.html import fresh_id, tag
from sandbox.page.keyed import Item, KeyedList
from sandbox.page.naming import Naming
from sandbox.page.surface import Surface
from sandbox.page.words import text_object


class Blocks:
    """The blocks of one message or view inside a container."""

    def __init__(self, container: Element, surface: Surface) -> None:
        self._surface = surface
        self._list = KeyedList(container, self._draw)
        self._fields: dict[str, Field] = {}
        self._held: dict[str, dict[str, Payload]] = {}
        self._editions: dict[str, int] = {}

    def show(self, blocks: list[Payload], errors: dict[str, str]) -> bool:
        """Show these, with what is wrong at their fields; tells whether anything was redrawn."""
        is_changed = self._list.show(
            Item(key=block["block_id"], looks=(_looks(block), self._edition(block["block_id"])), value=block)
            for block in blocks
        )
        for block in blocks:
            if block["type"] == "input":
                self._fields[block["block_id"]].complain(errors.get(block["block_id"], ""))
        return is_changed

    def _edition(self, block_id: str) -> int:
        """Rises when a value was changed elsewhere: in another tab, or by a test."""
        now = {action_id: dict(value) for action_id, value in self._surface.held(block_id).items()}
        is_own = block_id in self._surface.own or block_id not in self._held
        self._surface.own.discard(block_id)
        if not is_own and now != self._held[block_id]:
            self._editions[block_id] = self._editions.get(block_id, 0) + 1
        self._held[block_id] = now
        return self._editions.get(block_id, 0)

    def _draw(self, block: Payload) -> Element:
        if block["type"] == "input":
            field = self._fields[block["block_id"]] = Field(self._surface, block)
            return field.element
        return DRAWINGS.get(block["type"], _unknown)(self._surface, block)


def _section(surface: Surface, block: Payload) -> Element:
    described = fresh_id()
    element = tag("div", classes="kit section")
    with element:
        with tag("div", id=described, classes="section-text"):
            if block.get("text"):
                text_object(surface.tab, block["text"])
            if block.get("fields"):
                with tag("div", classes="section-fields"):
                    for each in block["fields"]:
                        text_object(surface.tab, each)
        if block.get("accessory"):
            draw_element(surface, block, block["accessory"], Naming(described=described))
    return element


def _header(surface: Surface, block: Payload) -> Element:
    return text_object(surface.tab, block["text"], name="h3", classes="kit kit-header")


def _divider(_surface: Surface, _block: Payload) -> Element:
    return tag("hr", classes="kit")


def _context(surface: Surface, block: Payload) -> Element:
    element = tag("div", classes="kit context")
    with element:
        for each in block["elements"]:
            if each["type"] == "image":
                picture(surface, block, each, Naming())
            else:
                text_object(surface.tab, each)
    return element


def _actions(surface: Surface, block: Payload) -> Element:
    element = tag("div", classes="kit actions", role="group")
    with element:
        for each in block["elements"]:
            draw_element(surface, block, each, Naming())
    return element


def _image(surface: Surface, block: Payload) -> Element:
    element = tag("div", classes="kit")
    with element:
        picture(surface, block, block, Naming())
    return element


def _unknown(_surface: Surface, block: Payload) -> Element:
    return tag("div", UNKNOWN.format(kind=block["type"]), classes="kit picture")


DRAWINGS: dict[str, Callable[[Surface, Payload], Element]] = {
    "section": _section,
    "header": _header,
    "divider": _divider,
    "context": _context,
    "actions": _actions,
    "image": _image,
}


def _looks(block: Payload) -> str:
    """What a drawing depends on. Initial values matter once only: what was filled in since then stays."""
    return json.dumps(_without_initials(block), sort_keys=True)


def _without_initials(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _without_initials(each) for key, each in value.items() if not key.startswith("initial_")}
    return [_without_initials(each) for each in value] if isinstance(value, list) else value
