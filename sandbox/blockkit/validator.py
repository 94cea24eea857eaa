"""Whole messages and views against the limits."""

import json
from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.blockkit.blocks import BLOCKS
from sandbox.blockkit.parts import ID, PLAIN, Fields
from sandbox.blockkit.problems import Problem, must
from sandbox.blockkit.rules import Bool, Kind, Str
from sandbox.blockkit.shapes import Items, Obj, Typed
from sandbox.blockkit.state import elements

MESSAGE_BLOCKS_MAX = 50
VIEW_BLOCKS_MAX = 100
VIEW_BYTES_MAX = 250_000

_VIEW: Fields = {
    "type": Kind(("modal", "home")),
    "blocks": Items(Typed(BLOCKS), VIEW_BLOCKS_MAX, least=0),
    "private_metadata": Str(most=3000, least=0),
    "callback_id": ID,
    "external_id": ID,
}
_MODAL: Fields = _VIEW | {
    "title": PLAIN[24],
    "submit": PLAIN[24],
    "close": PLAIN[24],
    "clear_on_close": Bool(),
    "notify_on_close": Bool(),
    "submit_disabled": Bool(),
}
HOME = Obj(_VIEW, required=("type", "blocks"))
MODAL = Obj(_MODAL, required=("type", "title", "blocks"))


def message_problems(blocks: Any, pointer: str = "/blocks") -> list[Problem]:
    """What is wrong with the blocks of a message."""
    found = list(Items(Typed(BLOCKS), MESSAGE_BLOCKS_MAX, least=0).check(blocks, pointer))
    return found or [*_unique_ids(blocks, pointer), *_one_focus(blocks, pointer), *_no_response_urls(blocks, pointer)]


def view_problems(view: Any, pointer: str = "/view") -> list[Problem]:
    """What is wrong with a modal or a Home tab."""
    if not isinstance(view, Mapping):
        return [must("must be an object", pointer, type="type", expected="object")]
    is_modal = view.get("type") == "modal"
    found = list((MODAL if is_modal else HOME).check(view, pointer))
    if found:
        return found
    blocks, place = view["blocks"], f"{pointer}/blocks"
    found = [*_unique_ids(blocks, place), *_one_focus(blocks, place)]
    found += _no_response_urls(blocks, place, allowed=("input",) if is_modal else ())
    if not is_modal:
        return found
    if any(block["type"] == "input" for block in blocks) and not view.get("submit"):
        message = "submit is required when a view has an input"
        found.append(must(message, f"{pointer}/submit", type="required", expected="submit"))
    return found


def is_too_large(view: Mapping[str, Any]) -> bool:
    """Whether a view is over Slack's 250 KB."""
    return len(json.dumps(view).encode()) > VIEW_BYTES_MAX


def _unique_ids(blocks: list[Mapping[str, Any]], pointer: str) -> Iterator[Problem]:
    seen: set[str] = set()
    for number, block in enumerate(blocks):
        block_id = block.get("block_id")
        if block_id in seen:
            message = f"block_id {block_id} already exists"
            yield must(message, f"{pointer}/{number}/block_id", type="unique", expected="block_id")
        if block_id is not None:
            seen.add(block_id)


def _one_focus(blocks: list[dict[str, Any]], pointer: str) -> Iterator[Problem]:
    if sum(bool(element.get("focus_on_load")) for _, element in elements(blocks)) > 1:
        yield must("only one element may have focus_on_load", pointer, type="max_items", expected=1)


def _no_response_urls(blocks: list[dict[str, Any]], pointer: str, allowed: tuple[str, ...] = ()) -> Iterator[Problem]:
    for number, block in enumerate(blocks):
        asks = any(element.get("response_url_enabled") for _, element in elements([block]))
        if asks and block["type"] not in allowed:
            message = "response_url_enabled works in the input blocks of modals only"
            yield must(message, f"{pointer}/{number}", type="surface", expected="modal")
