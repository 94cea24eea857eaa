"""Block Kit as plain data: the few shapes the views are made of, with Slack's size limits kept here."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from domain.ports import Block, View

OPTION_TEXT_MAX = 75
OPTIONS_MAX = 100
TITLE_MAX = 24
SECTION_MAX = 3000
INPUT_MAX = 3000


def escape(text: str) -> str:
    """Make somebody's words harmless in mrkdwn: no mention, no link. Slack asks for these three and no others."""
    return text.replace("&", "&amp;").replace("<", "&lt;").replace(">", "&gt;")


def clip(text: str, limit: int) -> str:
    """Shorten with an ellipsis so that a limit of Slack's never refuses a whole view."""
    return text if len(text) <= limit else text[: limit - 1] + "…"


def plain(text: str, limit: int = OPTION_TEXT_MAX) -> dict[str, Any]:
    """A plain_text object."""
    return {"type": "plain_text", "text": clip(text, limit), "emoji": True}


def section(text: str, *, block_id: str | None = None, accessory: Block | None = None) -> Block:
    """A paragraph of mrkdwn. User-supplied parts must have been escaped."""
    block: Block = {"type": "section", "text": {"type": "mrkdwn", "text": clip(text, SECTION_MAX), "verbatim": True}}
    return _with(block, block_id=block_id, accessory=accessory)


def context(text: str) -> Block:
    """A small gray line."""
    return {"type": "context", "elements": [{"type": "mrkdwn", "text": clip(text, SECTION_MAX), "verbatim": True}]}


def header(text: str) -> Block:
    """A heading."""
    return {"type": "header", "text": plain(text, 150)}


DIVIDER: Block = {"type": "divider"}


def button(text: str, action: str, *, value: str = "", style: str | None = None, confirm: Block | None = None) -> Block:
    """A button; `value` holds an opaque id and never words."""
    block: Block = {"type": "button", "action_id": action, "text": plain(text)}
    return _with(block, value=value or None, style=style, confirm=confirm)


def actions(*elements: Block, block_id: str | None = None) -> Block:
    """A row of buttons or menus."""
    return _with({"type": "actions", "elements": list(elements)}, block_id=block_id)


@dataclass(frozen=True, slots=True, kw_only=True)
class Choice:
    """One option of a menu: what it says and the opaque value it stands for."""

    text: str
    value: str
    description: str = ""


def option(choice: Choice) -> Block:
    """An option object."""
    block: Block = {"text": plain(choice.text), "value": choice.value}
    return _with(block, description=plain(choice.description) if choice.description else None)


def select(action: str, choices: Sequence[Choice], *, placeholder: str, initial: str | None = None) -> Block:
    """A menu of at most a hundred options; `initial` is a value among them."""
    shown = [option(choice) for choice in choices[:OPTIONS_MAX]]
    chosen = next((each for each in shown if each["value"] == initial), None)
    block: Block = {"type": "static_select", "action_id": action, "options": shown, "placeholder": plain(placeholder)}
    return _with(block, initial_option=chosen)


def multi_select(
    action: str, choices: Sequence[Choice], *, placeholder: str, initial: Sequence[str] = (), at_most: int | None = None
) -> Block:
    """A menu of which several options may be chosen."""
    shown = [option(choice) for choice in choices[:OPTIONS_MAX]]
    chosen = [each for each in shown if each["value"] in initial]
    block: Block = {
        "type": "multi_static_select",
        "action_id": action,
        "options": shown,
        "placeholder": plain(placeholder),
    }
    return _with(block, initial_options=chosen or None, max_selected_items=at_most)


def radio(action: str, choices: Sequence[Choice], *, initial: str | None = None) -> Block:
    """Up to ten options, all visible."""
    shown = [option(choice) for choice in choices]
    chosen = next((each for each in shown if each["value"] == initial), None)
    return _with({"type": "radio_buttons", "action_id": action, "options": shown}, initial_option=chosen)


def text_input(
    action: str, *, initial: str = "", placeholder: str = "", multiline: bool = False, at_most: int | None = None
) -> Block:
    """A field to type into. Without `at_most` Slack's own 3000 characters hold."""
    block: Block = {"type": "plain_text_input", "action_id": action, "multiline": multiline}
    return _with(
        block,
        initial_value=initial or None,
        placeholder=plain(placeholder, 150) if placeholder else None,
        max_length=at_most,
    )


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
    return _with(block, hint=plain(hint, 2000) if hint else None)


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
    return _with(
        view,
        submit=plain(submit, TITLE_MAX) if submit else None,
        close=plain(close, TITLE_MAX) if close else None,
        private_metadata=state or None,
    )


def _with(block: Block, **extras: Any) -> Block:
    return block | {key: value for key, value in extras.items() if value is not None}
