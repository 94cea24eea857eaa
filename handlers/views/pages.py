"""The pages of a list in a modal, and the buttons that turn them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Generic, TypeVar

from domain.ports import Block
from handlers import texts
from handlers.ids import Action
from handlers.views.blocks import actions, button

Item = TypeVar("Item")


@dataclass(frozen=True, slots=True, kw_only=True)
class Page(Generic[Item]):
    """What one page shows of a list; pages and `first`, the place of its first item, count from 0."""

    items: Sequence[Item]
    number: int
    pages: int
    first: int

    @property
    def has_more(self) -> bool:
        """Whether another page follows."""
        return self.number < self.pages - 1


def page_from(items: Sequence[Item], number: int, size: int) -> Page[Item]:
    """This page of a list; the last one where the list has become shorter than that."""
    pages = max(1, -(-len(items) // size))
    shown = min(number, pages - 1)
    return Page(items=items[shown * size : (shown + 1) * size], number=shown, pages=pages, first=shown * size)


def turning(action: Action, page: int, *, has_more: bool, block_id: str, newest_first: bool = False) -> list[Block]:
    """To the page before and the one after; nothing where one page holds all. See `turn_buttons`."""
    pages = page + 2 if has_more else page + 1
    buttons = turn_buttons(action, page, pages, newest_first=newest_first)
    return [actions(*buttons, block_id=block_id)] if buttons else []


def turn_buttons(action: Action, page: int, pages: int, *, value: str = "", newest_first: bool = False) -> list[Block]:
    """To the page before and the one after, where there are such; each carries the page, behind a value.

    Of a list that has the newest first, the page before is the later one.
    """
    behind = f"{value}." if value else ""
    before, after = texts.forms.EARLIER, texts.forms.LATER
    if newest_first:
        before, after = after, before
    found = []
    if page > 0:
        found.append(button(before, f"{action}:back", value=f"{behind}{page - 1}"))
    if page < pages - 1:
        found.append(button(after, f"{action}:next", value=f"{behind}{page + 1}"))
    return found
