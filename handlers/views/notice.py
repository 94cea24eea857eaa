"""A modal that says one thing."""

from domain.ports import View
from handlers import texts
from handlers.ids import Modal
from handlers.views.blocks import modal, section


def notice(sentence: str, *, title: str = texts.APP_NAME) -> View:
    """A modal with one sentence and a close button."""
    return modal(Modal.NOTICE, title=title, blocks=[section(sentence)], close=texts.CLOSE)
