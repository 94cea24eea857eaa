"""Whole messages and views against the limits."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.blockkit.limits import BLOCKS, ID, PLAIN
from sandbox.blockkit.rules import Bool, Items, Obj, Problem, Str, Typed, must

MESSAGE_BLOCKS_MAX = 50
VIEW_BLOCKS_MAX = 100
VIEW_BYTES_MAX = 250_000
_VIEW = {
    "type": Str(one_of=("modal", "home")),
    "blocks": Items(Typed(BLOCKS), VIEW_BLOCKS_MAX, least=0),
    "private_metadata": Str(most=3000, least=0),
    "callback_id": ID,
    "external_id": ID,
}
_MODAL = _VIEW | {
    "title": PLAIN[24],
    "submit": PLAIN[24],
    "close": PLAIN[24],
    "clear_on_close": Bool(),
    "notify_on_close": Bool(),
    "submit_disabled": Bool(),
}


def message_problems(blocks: Any, pointer: str = "/blocks") -> list[Problem]:
    """What is wrong with the blocks of a message."""
    found = list(Items(Typed(BLOCKS), MESSAGE_BLOCKS_MAX, least=0).check(blocks, pointer))
    if not found:
        found += _ids_unique(blocks, pointer)
    return found


def view_problems(view: Any, pointer: str = "/view") -> list[Problem]:
    """What is wrong with a modal or a Home tab."""
    if not isinstance(view, Mapping):
        return [must("must be an object", pointer, type="type", expected="object")]
    is_modal = view.get("type") == "modal"
    rule = Obj(_MODAL, required=("type", "title", "blocks")) if is_modal else Obj(_VIEW, required=("type", "blocks"))
    found = list(rule.check(view, pointer))
    if found:
        return found
    found += _ids_unique(view["blocks"], f"{pointer}/blocks")
    has_input = any(block["type"] == "input" for block in view["blocks"])
    if is_modal and has_input and not view.get("submit"):
        found.append(must("submit is required when a view has an input", f"{pointer}/submit", type="required"))
    return found


def is_too_large(view: Mapping[str, Any]) -> bool:
    """Whether a view is over Slack's 250 KB."""
    return len(json.dumps(view).encode()) > VIEW_BYTES_MAX


def _ids_unique(blocks: list[Mapping[str, Any]], pointer: str) -> Iterator[Problem]:
    seen: set[str] = set()
    focused = 0
    for number, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id in seen:
            yield must(f"block_id {block_id} already exists", f"{pointer}/{number}/block_id", type="unique")
        if block_id is not None:
            seen.add(block_id)
        focused += bool((block.get("element") or {}).get("focus_on_load"))
    if focused > 1:
        yield must("only one element may have focus_on_load", pointer, type="max_items", expected=1)
