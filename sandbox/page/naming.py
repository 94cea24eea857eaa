"""How assistive technology names an element: by the label of its field, or by its own words."""

from dataclasses import dataclass

from nicegui.element import Element

from sandbox.page.html import fresh_id, set_attribute


@dataclass(frozen=True, slots=True, kw_only=True)
class Naming:
    """Ids of what labels and describes an element; `words` names it where no label is on the page."""

    field: str = ""
    label: str = ""
    described: str = ""
    words: str = ""
    is_required: bool = False

    def put_on(self, element: Element) -> None:
        """Write the attributes."""
        set_attribute(element, "aria-labelledby", self.label or None)
        set_attribute(element, "aria-label", None if self.label else self.words or None)
        set_attribute(element, "aria-describedby", self.described or None)
        set_attribute(element, "aria-required", "true" if self.is_required else None)

    def control_id(self) -> str:
        """The id for the element that takes the focus."""
        return self.field or fresh_id()
