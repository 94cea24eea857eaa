"""The buttons that turn the pages of a list in a modal."""

from domain.ports import Block
from handlers import texts
from handlers.ids import Action
from handlers.views.blocks import actions, button


def turning(action: Action, page: int, *, has_more: bool, block_id: str) -> list[Block]:
    """To the page before and the one after; nothing where one page holds all."""
    buttons = turn_buttons(action, page, page + 2 if has_more else page + 1)
    return [actions(*buttons, block_id=block_id)] if buttons else []


def turn_buttons(action: Action, page: int, pages: int, *, value: str = "") -> list[Block]:
    """To the page before and the one after, where there are such; each carries the page, behind a value."""
    behind = f"{value}." if value else ""
    found = []
    if page > 0:
        found.append(button(texts.forms.EARLIER, f"{action}:back", value=f"{behind}{page - 1}"))
    if page < pages - 1:
        found.append(button(texts.forms.LATER, f"{action}:next", value=f"{behind}{page + 1}"))
    return found
