"""Block Kit for tests of the local workspace, each with sensible defaults and the one thing that matters."""

from typing import Any

Payload = dict[str, Any]


def plain(text: str = "Text") -> Payload:
    """A plain text object."""
    return {"type": "plain_text", "text": text}


def marked(text: str = "*Text*") -> Payload:
    """A mrkdwn text object."""
    return {"type": "mrkdwn", "text": text}


def a_section(text: str = "Hello", **more: Any) -> Payload:
    """A section with a text."""
    return {"type": "section", "text": marked(text), **more}


def a_button(action_id: str = "press", **more: Any) -> Payload:
    """A button."""
    return {"type": "button", "action_id": action_id, "text": plain("Press"), **more}


def an_option(value: str = "one", **more: Any) -> Payload:
    """An option of a menu, whose text is its value in capitals."""
    return {"text": plain(value.upper()), "value": value, **more}


def options(count: int) -> list[Payload]:
    """So many different options."""
    return [an_option(f"option{number}") for number in range(count)]


def a_menu(action_id: str = "choose", **more: Any) -> Payload:
    """A menu of two options."""
    return {"type": "static_select", "action_id": action_id, "options": [an_option("one"), an_option("two")], **more}


def actions(*elements: Payload, block_id: str = "actions") -> Payload:
    """An actions block."""
    return {"type": "actions", "block_id": block_id, "elements": list(elements)}


def an_input(block_id: str = "name", element: Payload | None = None, **more: Any) -> Payload:
    """An input block, for a text unless told."""
    element = element or {"type": "plain_text_input", "action_id": "typed"}
    return {"type": "input", "block_id": block_id, "label": plain("Label"), "element": element, **more}


def a_modal(*blocks: Payload, **more: Any) -> Payload:
    """A modal that can be submitted."""
    return {
        "type": "modal",
        "title": plain("Title"),
        "submit": plain("Save"),
        "callback_id": "form",
        "blocks": list(blocks) or [an_input()],
        **more,
    }


def a_home(*blocks: Payload, **more: Any) -> Payload:
    """A Home tab."""
    return {"type": "home", "blocks": list(blocks) or [a_section("Welcome")], **more}
