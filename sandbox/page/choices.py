"""Radio buttons and checkboxes: the browser's own, so that every key works as people expect."""

from collections.abc import Awaitable, Callable
from typing import Any, Protocol

from nicegui.element import Element

from sandbox.model import Payload
from sandbox.page.deed import act, spot_of
from sandbox.page.html import fresh_id, tag
from sandbox.page.naming import Naming
from sandbox.page.surface import Surface
from sandbox.page.words import text_object


class _Choose(Protocol):
    def __call__(self, value: str, *, is_on: bool) -> Awaitable[None]: ...


def radio_buttons(surface: Surface, block: Payload, element: Payload, naming: Naming) -> Element:
    """One of up to ten, all in sight."""
    held = surface.held(block["block_id"]).get(element["action_id"], {}).get("selected_option")

    async def choose(value: str, *, is_on: bool) -> None:
        if is_on:  # a radio button is turned off by its neighbor
            await act(surface, block, element, value)

    chosen = {held["value"]} if held else set()
    return _group(surface, block, element, naming, kind="radio", chosen=chosen, choose=choose)


def checkboxes(surface: Surface, block: Payload, element: Payload, naming: Naming) -> Element:
    """Any of up to ten."""
    held = surface.held(block["block_id"]).get(element["action_id"], {}).get("selected_options") or []
    chosen = {option["value"] for option in held}

    async def choose(value: str, *, is_on: bool) -> None:
        (chosen.add if is_on else chosen.discard)(value)
        values = [option["value"] for option in element["options"] if option["value"] in chosen]
        await act(surface, block, element, values)

    return _group(surface, block, element, naming, kind="checkbox", chosen=set(chosen), choose=choose)


def _group(
    surface: Surface,
    block: Payload,
    element: Payload,
    naming: Naming,
    *,
    kind: str,
    chosen: set[str],
    choose: _Choose,
) -> Element:
    group = tag("div", classes="choices", role="radiogroup" if kind == "radio" else "group")
    naming.put_on(group)
    together = fresh_id()
    with group:
        for number, option in enumerate(element["options"]):
            with tag("label", classes="choice"):
                box = tag(
                    "input",
                    type=kind,
                    checked=option["value"] in chosen,
                    data_spot=spot_of(surface, block, element, option["value"]),
                    data_autofocus=bool(element.get("focus_on_load")) and number == 0,
                )
                box.props["name"] = together
                box.on("change", _chooser(choose, option["value"]), args=["target"], js_handler=_IS_CHECKED)
                with tag("span", classes="choice-words"):
                    text_object(surface.tab, option["text"], name="span")
                    if option.get("description"):
                        text_object(surface.tab, option["description"], name="span", classes="caption")
    return group


_IS_CHECKED = "(event) => emit(event.target.checked)"


def _chooser(choose: _Choose, value: str) -> Callable[[Any], Any]:
    return lambda event: choose(value, is_on=bool(event.args))
