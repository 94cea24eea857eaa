"""Handovers: messages that name nobody, and the modals in which everything opens."""

from collections.abc import Sequence

from domain.amounts import days_text
from domain.booking import KEPT, BookingStatus
from domain.handover import WORDS_MAX, Consent
from domain.ports import Block, Message, View
from handlers import texts
from handlers.ids import Action, Field, Modal
from handlers.parse.handover import KEEP, MOVE, session_field
from handlers.views.blocks import (
    DIVIDER,
    actions,
    button,
    context,
    date_input,
    escape,
    escape_title,
    field,
    modal,
    quoted,
    section,
    text_input,
)
from handlers.views.menus import Choice, radio, select
from handlers.views.sessions import session_ref
from handlers.views.when import day_label, when_plain, when_token
from services.handover.deliveries import HandoverMessage
from services.handover.facts import (
    Answered,
    Change,
    Choices,
    Given,
    Handovers,
    HandoverSheet,
    SessionAhead,
    Takeover,
    TakeoverDetails,
)

_SAYS = {
    BookingStatus.HELD: texts.handover.SESSION_HELD,
    BookingStatus.REQUESTED: texts.handover.SESSION_ASKED,
}
_LEADS_TO = {
    HandoverMessage.ANNOUNCED: (texts.handover.LOOK, Action.OPEN_HANDOVER),
    HandoverMessage.REMINDED: (texts.handover.LOOK, Action.OPEN_HANDOVER),
    HandoverMessage.TAKING: (texts.handover.SEE, Action.OPEN_TAKEOVER),
    HandoverMessage.LAPSED: (texts.handover.SEE, Action.OPEN_HANDOVERS),
}


def handover_message(kind: HandoverMessage, ref: str) -> Message:
    """The same words in every role; who and when open in a modal on a press."""
    says = texts.handover.MESSAGES[kind]
    if kind not in _LEADS_TO:
        return Message(text=says, blocks=(section(says),))
    label, action = _LEADS_TO[kind]
    return Message(text=says, blocks=(section(says), actions(button(label, action, value=ref), block_id="handover")))


def handover_buttons(changes: Sequence[Change]) -> list[Block]:
    """Into the scholar's list: one for each that they can answer. For a modal alone."""
    return [
        button(texts.handover.YOURS[each.role], f"{Action.OPEN_HANDOVER}:{number}", value=each.ref)
        for number, each in enumerate(changes)
    ]


def handovers_modal(found: Handovers) -> View:
    """What somebody in support hands over and takes over, and the way to hand one over."""
    blocks: list[Block] = []
    if found.given:
        blocks += [section(f"*{texts.handover.GIVEN}*"), *map(_given_row, found.given)]
    if found.taken:
        blocks += [section(f"*{texts.handover.TAKEN}*"), *map(_taken_row, found.taken)]
    blocks = blocks or [section(texts.handover.NOTHING)]
    new = button(texts.handover.NEW, Action.OPEN_HAND_OVER, style="primary")
    return modal(
        Modal.HANDOVERS,
        title=texts.handover.TITLE,
        blocks=[*blocks, DIVIDER, actions(new, block_id="new")],
        close=texts.forms.CLOSE,
    )


def hand_over_form(choices: Choices) -> View:
    """First whom, then to whom, from when, and a few words."""
    blocks: list[Block] = []
    if len(choices.roles) > 1:
        roles = [Choice(text=texts.handover.ROLES[role], value=role.value) for role in choices.roles]
        menu = radio(Action.HANDOVER_ROLE, roles, initial=choices.role)
        blocks.append(field(Field.ROLE, texts.handover.ROLE, menu, live=True))
    if not choices.scholars:
        return _form([*blocks, section(texts.handover.NO_SCHOLARS)])
    blocks.append(_scholars(choices))
    if not choices.scholar_ref:
        return _form([*blocks, context(texts.handover.SCHOLAR_FIRST)])
    if not choices.successors:
        return _form([*blocks, section(texts.handover.NO_SUCCESSORS)])
    return _form([*blocks, *_particulars(choices)])


def handover_form(sheet: HandoverSheet) -> View:
    """What the scholar reads, and answers: consent, which begins with no, and each session with whoever goes."""
    said = texts.handover.SHEET[sheet.role].format(
        day=day_label(sheet.first), name=escape_title(sheet.to_name), before=escape(sheet.from_name)
    )
    blocks = [section(f"{said}\n{texts.handover.SHEET_FREE}")]
    if sheet.words:
        blocks += [section(texts.handover.SAYS.format(name=escape_title(sheet.from_name))), quoted(sheet.words)]
    if sheet.is_unreadable:
        blocks.append(context(texts.handover.UNREADABLE))
    blocks += [_consent(sheet), *(_session(sheet, number, each) for number, each in enumerate(sheet.sessions))]
    if sheet.more_sessions:
        blocks.append(context(texts.handover.MORE.format(number=len(sheet.sessions))))
    book = button(texts.booking.BOOK_A_SESSION, Action.OPEN_BOOKING)
    return modal(
        Modal.HANDOVER,
        title=texts.handover.SHEET_TITLE,
        blocks=[*blocks, actions(book, block_id="book")],
        submit=texts.handover.SAVE,
        close=texts.forms.CLOSE,
        state=sheet.ref,
    )


def answered_modal(answered: Answered) -> View:
    """That it is saved, and the way back to it."""
    again = button(texts.handover.LOOK_AGAIN, Action.OPEN_HANDOVER, value=answered.sheet.ref)
    return modal(
        Modal.NOTICE,
        title=texts.handover.SAVED_TITLE,
        blocks=[
            section(texts.handover.MOVED if answered.moved else texts.handover.SAVED),
            actions(again, block_id="again"),
        ],
        close=texts.forms.CLOSE,
    )


def takeover_modal(details: TakeoverDetails) -> View:
    """Whom the successor takes over; of what was earlier, what the scholar has opened and nothing else."""
    said = texts.handover.TAKEOVER.format(
        day=day_label(details.first), scholar=escape_title(details.scholar_name), before=escape(details.from_name)
    )
    blocks = [section(said)]
    if not details.may_read:
        blocks.append(context(texts.handover.CLOSED))
    elif not details.next_steps:
        blocks.append(context(texts.handover.NO_STEPS))
    else:
        blocks.append(section(texts.handover.NEXT_STEPS))
        for step in details.next_steps:
            blocks += [context(when_token(step.starts, details.zone)), quoted(step.text)]
    return modal(Modal.NOTICE, title=texts.handover.TAKEOVER_TITLE, blocks=blocks, close=texts.forms.CLOSE)


def _given_row(given: Given) -> Block:
    said = texts.handover.GIVEN_ROW.format(
        scholar=escape_title(given.scholar_name), name=escape_title(given.to_name), day=day_label(given.first)
    )
    take_back = button(texts.handover.WITHDRAW, Action.WITHDRAW_HANDOVER, value=given.ref)
    return section(said, accessory=take_back if given.can_take_back else None)


def _taken_row(taken: Takeover) -> Block:
    said = texts.handover.TAKEN_ROW.format(scholar=escape_title(taken.scholar_name), day=day_label(taken.first))
    return section(said, accessory=button(texts.sessions.DETAILS, Action.OPEN_TAKEOVER, value=taken.ref))


def _form(blocks: Sequence[Block]) -> View:
    has_input = any(block["type"] == "input" for block in blocks)
    return modal(
        Modal.HAND_OVER,
        title=texts.handover.NEW_TITLE,
        blocks=blocks,
        submit=texts.handover.SEND if has_input else None,
        close=texts.forms.BACK,
    )


def _scholars(choices: Choices) -> Block:
    names = [Choice(text=name, value=ref, group=name[:1].upper()) for ref, name in choices.scholars]
    chosen = choices.scholar_ref or None
    menu = select(Action.HANDOVER_SCHOLAR, names, placeholder=texts.forms.CHOOSE, initial=chosen)
    return field(f"{Field.SCHOLAR}:{choices.role}", texts.handover.SCHOLAR, menu, live=True)


def _particulars(choices: Choices) -> list[Block]:
    names = [Choice(text=name, value=id_, group=name[:1].upper()) for id_, name in choices.successors]
    successor = select(Field.VALUE, names, placeholder=texts.forms.CHOOSE)
    day = date_input(Field.VALUE, initial=choices.earliest.isoformat())
    words = text_input(Field.VALUE, multiline=True, at_most=WORDS_MAX)
    return [
        field(f"{Field.STAFF}:{choices.scholar_ref}", texts.handover.SUCCESSOR, successor),
        field(
            Field.FIRST,
            texts.handover.FIRST,
            day,
            hint=texts.handover.FIRST_HINT.format(days=days_text(choices.notice_days)),
        ),
        field(Field.WORDS, texts.handover.WORDS, words, optional=True, hint=texts.handover.WORDS_HINT),
    ]


def _consent(sheet: HandoverSheet) -> Block:
    choices = [Choice(text=text, value=consent.value) for consent, text in texts.handover.CONSENTS.items()]
    begin = Consent.REFUSED if sheet.consent is Consent.UNKNOWN else sheet.consent
    label = texts.handover.CONSENT.format(name=sheet.to_name, before=sheet.from_name)
    menu = radio(Field.VALUE, choices, initial=begin.value)
    return field(Field.CONSENT, label, menu, hint=texts.handover.CONSENT_HINT)


def _session(sheet: HandoverSheet, number: int, ahead: SessionAhead) -> Block:
    when = when_plain(ahead.starts, sheet.zone)
    if not ahead.is_free:
        says = texts.handover.NOT_FREE_YET if ahead.status in KEPT else texts.handover.NOT_FREE
        return context(says.format(when=when, before=escape(sheet.from_name), name=escape_title(sheet.to_name)))
    ref = session_ref(ahead.ref, ahead.version)
    keep = f"{KEEP}:{ref}"
    choices = [
        Choice(text=texts.handover.MOVE.format(name=sheet.to_name), value=f"{MOVE}:{ref}"),
        Choice(text=texts.handover.KEEP.format(before=sheet.from_name), value=keep),
    ]
    menu = radio(Field.VALUE, choices, initial=keep if ahead.is_kept else None)
    label = _SAYS.get(ahead.status, texts.handover.SESSION).format(when=when, before=sheet.from_name)
    return field(session_field(number), label, menu, optional=True)
