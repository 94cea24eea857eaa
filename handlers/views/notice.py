"""A modal that says one thing."""

from collections.abc import Mapping, Sequence
from typing import Any

from domain.ports import Block, View
from handlers import texts
from handlers.ids import Modal
from handlers.views.blocks import modal, section

_REFUSAL = "refusal"
"""Block id of the sentence, so that a second one takes the place of the first."""
_KEPT = ("type", "callback_id", "title", "submit", "close", "private_metadata")


def notice(sentence: str, *, title: str = texts.forms.APP_NAME) -> View:
    """A modal with one sentence and a close button."""
    return modal(Modal.NOTICE, title=title, blocks=[section(sentence)], close=texts.forms.CLOSE)


def noticed(view: Mapping[str, Any], sentence: str) -> View:
    """A modal as Slack sent it back, with the sentence on top. Its blocks keep their ids, and so what is filled in."""
    others = [block for block in view["blocks"] if block.get("block_id") != _REFUSAL]
    return sent_back(view, [section(sentence, block_id=_REFUSAL), *others])


def sent_back(view: Mapping[str, Any], blocks: Sequence[Block]) -> View:
    """A modal as Slack sent it to us, with these blocks: without what Slack adds, which it does not take from us."""
    return {name: view[name] for name in _KEPT if view.get(name)} | {"blocks": list(blocks)}
