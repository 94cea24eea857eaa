"""Input blocks: a label, an element, a hint, and what is wrong, said at the field."""

from nicegui.element import Element

from sandbox.model import Payload
from sandbox.page.elements import draw_element
from sandbox.page.html import fresh_id, set_attribute, tag
from sandbox.page.naming import Naming
from sandbox.page.surface import Surface

_GROUPS = {"radio_buttons", "checkboxes"}


class Field:
    """One input block on the page."""

    def __init__(self, surface: Surface, block: Payload) -> None:
        is_group = block["element"]["type"] in _GROUPS
        label, field, error = fresh_id(), fresh_id(), fresh_id()
        hint = fresh_id() if block.get("hint") else ""
        self.element = tag("div", classes="kit field")
        with self.element:
            self._label(block, name="div" if is_group else "label", own_id=label, field=None if is_group else field)
            naming = Naming(
                field=field,
                label=label,
                described=f"{hint} {error}".strip(),
                is_required=not block.get("optional", False),
            )
            self._control: Element = draw_element(surface, block, block["element"], naming)
            if hint:
                tag("div", str(block["hint"]["text"]), id=hint, classes="hint words")
            self._error = tag("div", " ", id=error, classes="field-error", role="alert")
        self._said: str | None = None

    def complain(self, error: str) -> None:
        """Say what is wrong here, or with an empty text that nothing is."""
        if error == self._said:
            return
        self._said = error
        self._error.text = error
        self._error.set_visibility(bool(error))
        self.element.classes(**{"add" if error else "remove": "is-wrong"})
        set_attribute(self._control, "aria-invalid", "true" if error else None)

    @staticmethod
    def _label(block: Payload, *, name: str, own_id: str, field: str | None) -> None:
        with tag(name, id=own_id, classes="field-label", for_=field):
            tag("span", str(block["label"]["text"]))
            if block.get("optional"):
                tag("span", " (optional)", classes="optional")
