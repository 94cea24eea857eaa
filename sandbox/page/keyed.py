"""A list on the page that changes only where its items did, so that focus and half-typed words survive."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from nicegui.element import Element

T = TypeVar("T")


@dataclass(frozen=True, slots=True, kw_only=True)
class Item(Generic[T]):
    """One entry: `key` says which it is, `looks` everything that its drawing depends on."""

    key: str
    looks: object
    value: T


class KeyedList(Generic[T]):
    """Draws items into a container, each by `draw`, and redraws those that look different."""

    def __init__(self, container: Element, draw: Callable[[T], Element]) -> None:
        self._container = container
        self._draw = draw
        self._drawn: dict[str, tuple[object, Element]] = {}

    def show(self, items: Iterable[Item[T]]) -> bool:
        """Make the list show these items; tells whether anything was redrawn."""
        wanted = list(items)
        keys = {item.key for item in wanted}
        is_changed = False
        for key in [key for key in self._drawn if key not in keys]:
            self._drawn.pop(key)[1].delete()
            is_changed = True
        for place, item in enumerate(wanted):
            is_changed |= self._place(place, item)
        return is_changed

    def _place(self, place: int, item: Item[T]) -> bool:
        looks, element = self._drawn.get(item.key, (None, None))
        if element is not None and looks == item.looks:
            if self._container.default_slot.children[place] is not element:
                element.move(target_index=place)
            return False
        if element is not None:
            element.delete()
        with self._container:
            made = self._draw(item.value)
        made.move(target_index=place)
        self._drawn[item.key] = (item.looks, made)
        return True
