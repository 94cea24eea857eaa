"""Dates and times, with the browser's own pickers."""

from collections.abc import Callable
from datetime import datetime
from typing import Any

from nicegui import ui
from nicegui.element import Element

from sandbox.model import Payload
from sandbox.page.deed import act, spot_of
from sandbox.page.naming import Naming
from sandbox.page.surface import Surface

_YEAR_MIN = "1900"
"""A year that is still being typed begins with zeros; nothing is chosen yet then."""


def datepicker(surface: Surface, block: Payload, element: Payload, naming: Naming) -> Element:
    """A day."""
    held = _held(surface, block, element).get("selected_date") or ""
    return _picker(surface, block, element, naming, kind="date", value=held, read=str)


def timepicker(surface: Surface, block: Payload, element: Payload, naming: Naming) -> Element:
    """A time of day."""
    held = _held(surface, block, element).get("selected_time") or ""
    return _picker(surface, block, element, naming, kind="time", value=held, read=str)


def datetimepicker(surface: Surface, block: Payload, element: Payload, naming: Naming) -> Element:
    """A day and a time, in the zone of the person who chooses."""
    zone = surface.tab.zone
    held = _held(surface, block, element).get("selected_date_time")
    value = f"{datetime.fromtimestamp(held, zone):%Y-%m-%dT%H:%M}" if held else ""

    def read(given: str) -> int:
        return int(datetime.fromisoformat(given).replace(tzinfo=zone).timestamp())

    return _picker(surface, block, element, naming, kind="datetime-local", value=value, read=read)


def _picker(
    surface: Surface,
    block: Payload,
    element: Payload,
    naming: Naming,
    *,
    kind: str,
    value: str,
    read: Callable[[str], object],
) -> Element:
    async def choose(event: Any) -> None:
        given = str(event.value or "")
        if kind == "time" or not given or given >= _YEAR_MIN:
            await act(surface, block, element, read(given) if given else None)

    unsaid = "Choose a time" if kind == "time" else "Choose a date"
    placeholder = str(element.get("placeholder", {}).get("text", unsaid))
    naming = naming if naming.label else Naming(words=placeholder, described=naming.described)
    picker = ui.input(value=value, on_change=choose).props(f"outlined dense hide-bottom-space type={kind}")
    picker.props["for"] = naming.control_id()
    picker.props["data-spot"] = spot_of(surface, block, element)
    naming.put_on(picker)
    if element.get("focus_on_load"):
        picker.props("autofocus")
    return picker.classes("picker")


def _held(surface: Surface, block: Payload, element: Payload) -> Payload:
    return surface.held(block["block_id"]).get(element["action_id"], {})
