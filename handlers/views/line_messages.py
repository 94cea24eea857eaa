"""Messages about a line. They stay in Slack's history, so they say neither what the line is for nor who is in it."""

from collections.abc import Mapping

from domain.ports import Message
from handlers import texts
from handlers.ids import Action
from handlers.views.blocks import actions, button, section
from services.office_hours.deliveries import OfficeMessage

_WORDS: Mapping[OfficeMessage, tuple[str, str, Action]] = {
    OfficeMessage.BEGUN: (texts.office_hours.MESSAGE_BEGUN, texts.office_hours.SEE_LINE, Action.WATCH_LINE),
    OfficeMessage.NEXT: (texts.office_hours.MESSAGE_NEXT, texts.office_hours.MY_PLACE, Action.SEE_PLACE),
    OfficeMessage.TURN: (texts.office_hours.MESSAGE_TURN, texts.office_hours.WHO_AND_WHERE, Action.SEE_PLACE),
    OfficeMessage.BACK: (texts.office_hours.MESSAGE_BACK, texts.office_hours.MY_PLACE, Action.SEE_PLACE),
    OfficeMessage.OUT: (texts.office_hours.MESSAGE_OUT, texts.office_hours.SEE_OPEN, Action.LIST_LINES),
    OfficeMessage.CLOSED: (texts.office_hours.MESSAGE_CLOSED, texts.office_hours.BOOK_INSTEAD, Action.OPEN_BOOKING),
    OfficeMessage.CHOICE: (texts.office_hours.MESSAGE_CHOICE, texts.office_hours.HAVE_A_LOOK, Action.SEE_PLACE),
    OfficeMessage.TIME: (texts.office_hours.MESSAGE_TIME, texts.office_hours.SEE_LINE, Action.WATCH_LINE),
}
_WITHOUT_REFERENCE = (Action.LIST_LINES, Action.OPEN_BOOKING)


def line_message(kind: OfficeMessage, ref: str) -> Message:
    """What happened, and a button that opens the rest; `ref` is the reader's own."""
    said, on_button, action = _WORDS[kind]
    press = button(on_button, action, value="" if action in _WITHOUT_REFERENCE else ref)
    return Message(text=said, blocks=(section(said), actions(press, block_id="line")))
