"""What Slack's own client says about a form before anything is sent."""

import re
from collections.abc import Callable, Mapping
from typing import Any

from sandbox.blockkit.state import value_key
from sandbox.model import View

REQUIRED = "Please complete this required field."
TEXT_MAX = 3000


def problems(view: View) -> dict[str, str]:
    """A sentence by block id for each input that may not be sent like this."""
    found: dict[str, str] = {}
    for block in view.payload["blocks"]:
        if block["type"] == "input":
            element = block["element"]
            held = view.values[block["block_id"]][element["action_id"]].get(value_key(element))
            problem = _problem(element, held, is_optional=bool(block.get("optional")))
            if problem:
                found[block["block_id"]] = problem
    return found


def _problem(element: Mapping[str, Any], held: Any, *, is_optional: bool) -> str | None:
    if held in (None, [], ""):
        return None if is_optional else REQUIRED
    check = _CHECKS.get(element["type"])
    return check(element, held) if check else None


def _text(element: Mapping[str, Any], held: str) -> str | None:
    least, most = element.get("min_length", 0), element.get("max_length", TEXT_MAX)
    if len(held) > most:
        return f"This is too long: {most} characters fit."
    return f"Please write at least {least} characters." if len(held) < least else None


def _number(element: Mapping[str, Any], held: str) -> str | None:
    pattern = r"-?\d+(\.\d+)?" if element["is_decimal_allowed"] else r"-?\d+"
    if not re.fullmatch(pattern, held):
        return "Please enter a number." if element["is_decimal_allowed"] else "Please enter a whole number."
    least, most = element.get("min_value"), element.get("max_value")
    if least is not None and float(held) < float(least):
        return f"Please enter {least} or more."
    return f"Please enter {most} or less." if most is not None and float(held) > float(most) else None


def _email(_element: Mapping[str, Any], held: str) -> str | None:
    return None if re.fullmatch(r"[^@\s]+@[^@\s]+\.[^@\s]+", held) else "Please enter an e-mail address."


def _url(_element: Mapping[str, Any], held: str) -> str | None:
    return None if re.fullmatch(r"https?://\S+", held) else "Please enter a link."


def _several(element: Mapping[str, Any], held: list[Any]) -> str | None:
    most = element.get("max_selected_items")
    return f"Please choose {most} at most." if most is not None and len(held) > most else None


_CHECKS: dict[str, Callable[[Mapping[str, Any], Any], str | None]] = {
    "plain_text_input": _text,
    "number_input": _number,
    "email_text_input": _email,
    "url_text_input": _url,
    "multi_static_select": _several,
    "multi_users_select": _several,
}
