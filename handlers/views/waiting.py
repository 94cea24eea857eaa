"""Waiting for a time: the form, the rows of the list, and the way there from a form that offers nothing that suits."""

from collections.abc import Sequence
from datetime import date

from domain.ports import Block, Message, View
from handlers import texts
from handlers.ids import ANYONE, Action, Field, Modal
from handlers.views.blocks import DIVIDER, actions, button, context, field, modal, section
from handlers.views.kinds import kind_radio
from handlers.views.menus import Choice, select
from handlers.views.sessions import with_whom
from handlers.views.when import day_label
from services.offers.facts import Offer
from services.waiting.join import WaitingFor

WAY = "wait"
"""Block id of the button that leads here."""
LISTED = 8


def way_to_wait(*, has_times: bool) -> Block:
    """A button to the form; it says what it is for where there are times to choose."""
    wait = button(texts.waiting.WAIT, Action.OPEN_WAITING)
    if has_times:
        return section(texts.waiting.NOTHING_SUITS, block_id=WAY, accessory=wait)
    return actions(wait, block_id=WAY)


def waiting_form(offer: Offer, *, state: str = "") -> View:
    """For what to wait: kind, person and days, which may stay empty."""
    kind = offer.kind.key
    anyone = Choice(text=texts.booking.ANYONE, value=ANYONE, group=texts.booking.ANYONE)
    named = [Choice(text=card.name, value=card.id, group=card.name[:1].upper()) for card in offer.staff]
    staff = select(Field.VALUE, [anyone, *named], placeholder=texts.forms.CHOOSE, initial=offer.staff_id or ANYONE)
    blocks = [
        section(texts.waiting.HOW),
        field(Field.KIND, texts.booking.KIND, kind_radio(Action.WAIT_KIND, offer.kinds, kind), live=True),
        field(f"{Field.STAFF}:{kind}", texts.booking.STAFF, staff),
        _day(Field.FROM_DAY, texts.waiting.FROM),
        _day(Field.UNTIL_DAY, texts.waiting.UNTIL),
    ]
    return modal(
        Modal.WAIT,
        title=texts.waiting.TITLE,
        blocks=blocks,
        submit=texts.waiting.SUBMIT,
        close=texts.forms.BACK,
        state=state,
    )


def joined_modal() -> View:
    """What stands once somebody waits."""
    return modal(
        Modal.NOTICE,
        title=texts.waiting.JOINED_TITLE,
        blocks=[section(texts.waiting.JOINED)],
        close=texts.forms.CLOSE,
    )


def waiting_rows(waits: Sequence[WaitingFor]) -> list[Block]:
    """What a scholar waits for, each with a button to leave; for a modal of their own alone."""
    if not waits:
        return []
    rows = [DIVIDER, section(f"*{texts.waiting.WAITING_FOR}*"), *map(_row, waits[:LISTED])]
    return [*rows, context(texts.waiting.MORE.format(number=LISTED))] if len(waits) > LISTED else rows


def in_vain_message() -> Message:
    """Nothing came free; they may book of their own."""
    book = button(texts.booking.BOOK_A_SESSION, Action.OPEN_BOOKING)
    blocks = (section(texts.waiting.IN_VAIN), actions(book, block_id="book"))
    return Message(text=texts.waiting.IN_VAIN, blocks=blocks)


def _day(name: Field, label: str) -> Block:
    picker: Block = {"type": "datepicker", "action_id": Field.VALUE}
    return field(name, label, picker, optional=True, hint=texts.waiting.DAYS_HINT)


def _row(waiting: WaitingFor) -> Block:
    who = (
        with_whom(waiting.kind, waiting.staff_name)
        if waiting.staff_name
        else texts.waiting.ANYONE.format(kind=texts.kinds.LABELS[waiting.kind.key])
    )
    leave = button(texts.waiting.LEAVE, Action.LEAVE_WAITING, value=waiting.id)
    return section(f"{who}\n{_days(waiting)}", accessory=leave)


def _days(waiting: WaitingFor) -> str:
    given = (
        (texts.waiting.FROM_DAY, waiting.from_day),
        (texts.waiting.UNTIL_DAY, waiting.until_day),
    )
    days = [words.format(day=day_label(date.fromisoformat(day))) for words, day in given if day]
    return " ".join(days) or texts.waiting.ANY_DAY
