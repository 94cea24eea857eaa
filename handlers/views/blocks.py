"""Block Kit as plain data: the few shapes the views are made of, with Slack's size limits kept here."""

from collections.abc import Sequence
from typing import Any

from domain.markup import without_marks
from domain.ports import Block, View
from handlers import texts

OPTION_TEXT_MAX = 75
TITLE_MAX = 24
SECTION_MAX = 3000


def escape(text: str) -> str:
    """Make somebody's words harmless in mrkdwn: no mention, no link. Slack asks for these three and no others."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def escape_title(text: str) -> str:
    """The same of a title, which stands in bold as a rule: what is typed in it is no mark, and so breaks none."""
    return escape(without_marks(text))


def clip(text: str, limit: int) -> str:
    """Shorten with an ellipsis so that a limit of Slack's never refuses a whole view."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def clip_words(text: str, limit: int) -> str:
    """The same, and no word is cut in two; where one alone is too long there is no other way."""
    if len(text) <= limit:
        return text
    kept = text[:limit].rpartition(" ")[0].rstrip()
    return f"{kept} …" if kept and len(kept) <= limit - 2 else clip(text, limit)


def plain(text: str, limit: int = OPTION_TEXT_MAX) -> dict[str, Any]:
    """A plain_text object."""
    return {"type": "plain_text", "text": clip(text, limit), "emoji": True}


def section(text: str, *, block_id: str | None = None, accessory: Block | None = None) -> Block:
    """A paragraph of mrkdwn. User-supplied parts must have been escaped."""
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": clip(text, SECTION_MAX), "verbatim": True}}
    return with_given(block, block_id=block_id, accessory=accessory)


def context(text: str) -> Block:
    """A small gray line."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": clip(text, SECTION_MAX), "verbatim": True}]}


def quoted(text: str) -> Block:
    """Somebody's own words as they wrote them: no markup is read in them, so nothing in them needs escaping."""
    return {"type": "section", "text": {"type": "plain_text", "text": clip(text, SECTION_MAX), "emoji": False}}


def header(text: str) -> Block:
    """A heading."""
    return {"type": "header", "text": plain(text, 150)}


DIVIDER: Block = {"type": "divider"}


def button(text: str, action: str, *, value: str = "", style: str | None = None, confirm: Block | None = None) -> Block:
    """A button; `value` holds an opaque id and never words."""
    block: Block = {"type": "button", "action_id": action, "text": plain(text)}
    return with_given(block, value=value or None, style=style, confirm=confirm)


def actions(*elements: Block, block_id: str | None = None) -> Block:
    """A row of buttons or menus."""
    return with_given({"type": "actions", "elements": list(elements)}, block_id=block_id)


def text_input(
    action: str, *, initial: str = "", placeholder: str = "", multiline: bool = False, at_most: int | None = None
) -> Block:
    """A field to type into. Without `at_most` Slack's own 3000 characters hold."""
    block: Block = {"type": "plain_text_input", "action_id": action, "multiline": multiline}
    return with_given(
        block,
        initial_value=initial or None,
        placeholder=plain(placeholder, 150) if placeholder else None,
        max_length=at_most,
    )


def date_input(action: str, *, initial: str = "") -> Block:
    """A picker of a date, empty at first unless an ISO date is given."""
    block: Block = {"type": "datepicker", "action_id": action, "placeholder": plain("Choose a date")}
    return with_given(block, initial_date=initial or None)


def time_input(action: str, *, initial: str = "") -> Block:
    """A picker of a time of day, empty at first unless one such as 09:30 is given."""
    block: Block = {"type": "timepicker", "action_id": action, "placeholder": plain(texts.moments.CHOOSE_TIME)}
    return with_given(block, initial_time=initial or None)


def field(
    block_id: str, label: str, element: Block, *, optional: bool = False, hint: str = "", live: bool = False
) -> Block:
    """An input with its label; `live` calls us at each change."""
    block: Block = {
        "type": "input",
        "block_id": block_id,
        "label": plain(label, 2000),
        "element": element,
        "optional": optional,
        "dispatch_action": live,
    }
    return with_given(block, hint=plain(hint, 2000) if hint else None)


def modal(
    callback: str,
    *,
    title: str,
    blocks: Sequence[Block],
    submit: str | None = None,
    close: str | None = None,
    state: str = "",
) -> View:
    """A modal. `state` is private metadata: opaque ids only, since Slack keeps it."""
    view: View = {"type": "modal", "callback_id": callback, "title": plain(title, TITLE_MAX), "blocks": list(blocks)}
    return with_given(
        view,
        submit=plain(submit, TITLE_MAX) if submit else None,
        close=plain(close, TITLE_MAX) if close else None,
        private_metadata=state or None,
    )


def with_given(block: Block, **extras: Any) -> Block:
    """The block with those of the extras that are given; Slack refuses nulls in places."""
    return block | {key: value for key, value in extras.items() if value is not None}
