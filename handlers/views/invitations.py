"""The message that offers a first session."""

from domain.ports import Message
from handlers import texts
from handlers.ids import Action
from handlers.views.blocks import actions, button, section


def invitation_message() -> Message:
    """The same for everybody, with a way in and a way to hear no more of it."""
    book = button(texts.invitations.BOOK, Action.OPEN_BOOKING, style="primary")
    decline = button(texts.invitations.DECLINE, Action.DECLINE_INVITATIONS)
    text = texts.invitations.INVITATION
    return Message(text=text, blocks=(section(text), actions(book, decline, block_id="invitation")))
