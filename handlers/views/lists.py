"""Private lists, for whoever may be on one and for those who own one."""

from collections.abc import Sequence

from domain.ports import Block, View
from handlers import texts
from handlers.ids import Action, Field, Modal
from handlers.views.announcement_preview import sure
from handlers.views.blocks import (
    actions,
    button,
    context,
    escape,
    escape_title,
    field,
    modal,
    section,
    text_input,
)
from handlers.views.listing import listed
from handlers.views.pages import page_from, turning
from services.audiences.lists import ABOUT_MAX, TITLE_MAX, PrivateList

_W = texts.announcements
LISTED = 20
"""On one page; a list of one's own takes two blocks, of which a modal holds a hundred."""


def lists_modal(lists: Sequence[PrivateList], *, can_begin: bool, page: int = 0) -> View:
    """A page of all lists, which of them somebody is on, and which are theirs."""
    shown = page_from(lists, page, LISTED)
    begin = [actions(button(_W.NEW_LIST, Action.NEW_LIST), block_id="lists.ways")] if can_begin else []
    rows = [block for each in shown.items for block in _row(each)]
    turns = turning(Action.TURN_LISTS, shown.number, has_more=shown.has_more, block_id="lists.turn")
    return modal(
        Modal.PRIVATE_LISTS,
        title=_W.LISTS_TITLE,
        blocks=[context(_W.LISTS_SAYS), *begin, *(rows or [section(_W.LISTS_NONE)]), *turns],
        close=texts.forms.CLOSE,
        state=str(shown.number),
    )


def list_form() -> View:
    """Asks what a new one is about."""
    title = text_input(Field.VALUE, at_most=TITLE_MAX)
    about = text_input(Field.VALUE, multiline=True, at_most=ABOUT_MAX)
    blocks = [
        field(Field.TITLE, _W.LIST_TITLE_LABEL, title),
        field(Field.ABOUT, _W.LIST_ABOUT_LABEL, about, optional=True),
    ]
    return modal(Modal.PRIVATE_LIST, title=_W.NEW_LIST, blocks=blocks, submit=_W.LIST_SAVE, close=texts.forms.BACK)


def members_modal(names: Sequence[str]) -> View:
    """Who is on a list, for its owner."""
    said = list(listed([escape(name) for name in names])) or [section(_W.MEMBERS_NONE)]
    return modal(Modal.NOTICE, title=_W.MEMBERS, blocks=said, close=texts.forms.BACK)


def _row(row: PrivateList) -> list[Block]:
    marks = [*([_W.LIST_YOURS] if row.is_own else []), *([_W.LIST_ON] if row.is_on else [])]
    lines = [
        f"*{escape_title(row.title)}*",
        *([escape(row.about)] if row.about else []),
        *([" · ".join(marks)] if marks else []),
    ]
    change = (_W.LEAVE, Action.LEAVE_LIST) if row.is_on else (_W.JOIN, Action.JOIN_LIST)
    text, action = change
    blocks = [section("\n".join(lines), accessory=button(text, action, value=row.id))]
    if row.is_own:
        asked = sure(_W.END_LIST_ASK, _W.END_LIST_SURE, _W.END_LIST)
        see = button(_W.MEMBERS, Action.SEE_LIST, value=row.id)
        end = button(_W.END_LIST, Action.END_LIST, value=row.id, confirm=asked)
        blocks.append(actions(see, end, block_id=f"lists.{row.id[:40]}"))
    return blocks
