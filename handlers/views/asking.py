"""A form that is asked about before it is saved: what to look at stands where its cause is, with a box to tick."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.ports import Block, View
from handlers.ids import Field, base_id
from handlers.ids.choices import YES
from handlers.ids.fields import pass_field
from handlers.views.blocks import DIVIDER, field
from handlers.views.menus import Choice, checkboxes
from handlers.views.notice import sent_back

_LOOKED_AT = "warned"


def asked_first(
    view: Mapping[str, Any],
    first: Sequence[Block],
    *,
    key: str,
    label: str,
    yes: str,
    hint: str = "",
    behind: str = "",
) -> View:
    """A form as Slack sent it back, with what to look at and the box. What is filled in stays.

    They stand behind the field of this name (`behind`), else on top. The box is of this `key`: who then changes what it
    was about is asked again, with another box.
    """
    kept = [
        block for block in view["blocks"] if base_id(str(block.get("block_id"))) not in (_LOOKED_AT, Field.ALL_THE_SAME)
    ]
    shown = [
        {**block, "block_id": f"{_LOOKED_AT}:{key}{f'.{number}' if number else ''}"}
        for number, block in enumerate(first)
    ]
    box = checkboxes(Field.VALUE, [Choice(text=yes, value=YES)])
    asked = field(f"{Field.ALL_THE_SAME}:{key}", label, box, optional=True, hint=hint)
    if behind:
        at = _end_of(kept, behind)
        return sent_back(view, [*kept[:at], *shown, asked, *kept[at:]])
    return sent_back(view, [*shown, asked, DIVIDER, *[block for block in kept if block["type"] != "divider"]])


def _end_of(blocks: Sequence[Block], name: str) -> int:
    """Behind the field, and behind what asks which one is meant of its time; 0 for a form that has no such field."""
    own = (name, pass_field(name))
    return max((at for at, each in enumerate(blocks, 1) if base_id(str(each.get("block_id"))) in own), default=0)
