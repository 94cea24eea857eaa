"""Blocks as a table of limits: every one the product may use, and no others."""

from collections.abc import Iterator, Mapping
from typing import Any

from sandbox.blockkit.elements import AS_ACCESSORY, ELEMENTS, IN_ACTIONS, IN_INPUT
from sandbox.blockkit.parts import ID, PLAIN, URL, Fields
from sandbox.blockkit.problems import Problem, Rule, must
from sandbox.blockkit.rules import Bool, Str
from sandbox.blockkit.shapes import Items, Obj, Text, Typed, at_least_one


def _unique_actions(value: Mapping[str, Any], pointer: str) -> Iterator[Problem]:
    elements = value.get("elements") or []
    ids = [each.get("action_id") for each in elements if isinstance(each, Mapping) and each.get("action_id")]
    if len(ids) != len(set(ids)):
        message = "action_id must be unique within a block"
        yield must(message, f"{pointer}/elements", type="unique", expected="action_id")


class _ContextElement:
    """A text object or an image."""

    def check(self, value: Any, pointer: str) -> Iterator[Problem]:
        """See `Rule`."""
        is_image = isinstance(value, Mapping) and value.get("type") == "image"
        rule: Rule = ELEMENTS["image"] if is_image else Text()
        yield from rule.check(value, pointer)


BLOCK: Fields = {"type": Str(), "block_id": ID}
BLOCKS: dict[str, Obj] = {
    "section": Obj(
        BLOCK
        | {
            "text": Text(),
            "fields": Items(Text(2000), 10),
            "accessory": Typed(ELEMENTS, AS_ACCESSORY),
            "expand": Bool(),
        },
        required=("type",),
        also=(at_least_one("text", "fields"),),
    ),
    "header": Obj(BLOCK | {"text": PLAIN[150]}, required=("type", "text")),
    "divider": Obj(BLOCK, required=("type",)),
    "context": Obj(BLOCK | {"elements": Items(_ContextElement(), 10)}, required=("type", "elements")),
    "actions": Obj(
        BLOCK | {"elements": Items(Typed(ELEMENTS, IN_ACTIONS), 25)},
        required=("type", "elements"),
        also=(_unique_actions,),
    ),
    "input": Obj(
        BLOCK
        | {
            "label": PLAIN[2000],
            "hint": PLAIN[2000],
            "element": Typed(ELEMENTS, IN_INPUT),
            "optional": Bool(),
            "dispatch_action": Bool(),
        },
        required=("type", "label", "element"),
    ),
    "image": Obj(
        BLOCK | {"image_url": URL, "alt_text": Str(most=2000), "title": PLAIN[2000]},
        required=("type", "image_url", "alt_text"),
    ),
}
"""Blocks by type."""
