"""Fields to type into, of one line or several, with a count of what still fits."""

from typing import Any

from nicegui import ui
from nicegui.element import Element

from sandbox.model import Payload
from sandbox.page.deed import act, spot_of
from sandbox.page.html import tag
from sandbox.page.naming import Naming
from sandbox.page.surface import Surface

_TYPES = {"email_text_input": "email", "url_text_input": "url", "number_input": "number"}
_LENGTH_MAX = 3000
_NEARLY_FULL = 100
"""So many characters before the end the count appears; earlier it would only be in the way."""


def text_input(surface: Surface, block: Payload, element: Payload, naming: Naming) -> Element:
    """A field for words, an address or a number."""
    held = surface.held(block["block_id"]).get(element["action_id"], {}).get("value") or ""
    typed = _Typed(surface, block, element, held)
    make = ui.textarea if element.get("multiline") else ui.input
    shown = make(value=held, placeholder=element.get("placeholder", {}).get("text"), on_change=typed.change)
    shown.props("outlined dense hide-bottom-space").classes("text-field")
    shown.props["for"] = naming.control_id()
    shown.props["data-spot"] = spot_of(surface, block, element)
    naming.put_on(shown)
    if element.get("multiline"):
        shown.props("autogrow")
    else:
        shown.props["type"] = _TYPES.get(element["type"], "text")
        shown.on("keydown.enter", typed.enter)
    if element.get("focus_on_load"):
        shown.props("autofocus")
    shown.on("blur", typed.leave)
    if element.get("max_length"):
        typed.count = tag("div", classes="count", aria_hidden="true")
        typed.tell()
    return shown


class _Typed:
    """What stands in a field; an app that listens hears of it when it asked to, and when the field is left."""

    def __init__(self, surface: Surface, block: Payload, element: Payload, value: str) -> None:
        self._surface, self._block, self._element = surface, block, element
        self._value = self._told = value
        self.count: Element | None = None
        triggers = element.get("dispatch_action_config", {}).get("trigger_actions_on", ["on_enter_pressed"])
        self._is_told_late = bool(block.get("dispatch_action")) and "on_character_entered" not in triggers

    async def change(self, event: Any) -> None:
        """A character was typed."""
        self._value = str(event.value if event.value is not None else "")
        self.tell()
        if not self._is_told_late:
            await self._send()

    async def enter(self) -> None:
        """Enter submits the form; first the app hears of the words if it waits for them."""
        if self._is_told_late:
            await self._send()
        else:
            await self._surface.enter()

    async def leave(self) -> None:
        """The field is left."""
        if self._value != self._told:
            await self._send()

    def tell(self) -> None:
        """Show how much still fits."""
        if self.count is not None:
            left = int(self._element.get("max_length", _LENGTH_MAX)) - len(self._value)
            self.count.text = f"{left} left" if left >= 0 else f"{-left} too many"  # type: ignore[attr-defined]
            self.count.classes(**{"add" if left < 0 else "remove": "is-over"})
            self.count.set_visibility(left <= _NEARLY_FULL and bool(self._value))

    async def _send(self) -> None:
        self._told = self._value
        await act(self._surface, self._block, self._element, self._value)
