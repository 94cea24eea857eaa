"""What is due for somebody as blocks: a list, one of them whole, the forms; nobody else is in it."""

from collections.abc import Sequence
from datetime import datetime, timedelta

from domain.deadlines import LINK_MAX, DueKind, RequestState
from domain.deadlines.values import REASON_MAX
from domain.ports import Block, View
from handlers import texts
from handlers.ids import Action, Field, Modal
from handlers.views.blocks import (
    actions,
    button,
    context,
    escape,
    escape_title,
    field,
    header,
    modal,
    quoted,
    section,
    text_input,
)
from handlers.views.moments import moment_fields
from handlers.views.pages import turning
from handlers.views.when import day_label, when_plain, when_token
from services.deadlines.facts import OwnDeadline
from services.deadlines.look import OwnDetails, OwnList, OwnRequest

_W = texts.due
HOURS = (3, 24)
"""How long reminders can be put off, as a choice."""


def due_modal(found: OwnList, *, zone: str, now: datetime, said: str = "") -> View:
    """What is due, the soonest first, and what was met lately."""
    rows = [due_row(each, zone=zone, now=now) for each in found.due]
    met = [section(_met_words(each, zone), accessory=_look(each)) for each in found.met]
    blocks = [
        *([section(said)] if said else []),
        *(rows or [section(_W.NOTHING)]),
        *([context(_W.MORE)] if found.has_more else []),
        *turning(Action.TURN_DUE, found.page, has_more=found.has_more, block_id="due.turn"),
        *([header(_W.MET_LATELY), *met] if met else []),
    ]
    return modal(Modal.DUE, title=_W.TITLE, blocks=blocks, close=texts.forms.CLOSE)


def due_row(own: OwnDeadline, *, zone: str, now: datetime) -> Block:
    """One line of a list."""
    return section(f"*{escape_title(own.text.title)}*\n{due_words(own, zone=zone, now=now)}", accessory=_look(own))


def due_words(own: OwnDeadline, *, zone: str, now: datetime, plain: bool = False) -> str:
    """When it is due for the reader; "anywhere on earth" is explained."""
    when = when_plain(own.due_at, zone) if plain else when_token(own.due_at, zone)
    if own.due_at <= now:
        said = _W.OVERDUE.format(when=when)
    elif own.due.kind is DueKind.ANYWHERE and not own.is_extended:
        said = _W.ANYWHERE.format(day=day_label(own.due.day), when=when)
    else:
        said = _W.DUE.format(when=when)
    return f"{said} ({_W.EXTENDED})" if own.is_extended else said


def due_one_modal(found: OwnDetails, *, zone: str, now: datetime, said: str = "") -> View:
    """One of them whole, with everything its reader can do."""
    own = found.deadline
    blocks = [
        *([section(said)] if said else []),
        section(f"*{escape_title(own.text.title)}*\n{_state_words(own, zone=zone, now=now)}"),
        *([quoted(own.text.words)] if own.text.words else []),
        *([section(link_words(own.text.link))] if own.text.link else []),
        *([context(_W.PROOF_SHOWN.format(link=escape(own.proof)))] if own.proof else []),
        *([] if found.request is None else _request(found.request, own, zone)),
        *_buttons(found, now),
        *_reminder(own, zone),
    ]
    return modal(Modal.DUE_ONE, title=_W.ONE_TITLE, blocks=blocks, close=texts.forms.CLOSE, state=own.id)


def link_words(link: str) -> str:
    """A link to press; it holds no sign that could end it."""
    return f"<{link.replace('&', '&amp;')}|{_W.OPEN_LINK}>"


def proof_form(own: OwnDeadline) -> View:
    """Asks for the link that proves it."""
    element = text_input(Field.VALUE, placeholder="https://", at_most=LINK_MAX)
    blocks = [
        section(f"*{escape_title(own.text.title)}*"),
        field(Field.PROOF, _W.PROOF, element, optional=not own.needs_proof, hint=_W.PROOF_HINT),
    ]
    return modal(
        Modal.DUE_PROOF, title=_W.PROOF_TITLE, blocks=blocks, submit=_W.DONE, close=texts.forms.BACK, state=own.id
    )


def ask_form(own: OwnDeadline, *, zone: str, now: datetime, can_give_reasons: bool) -> View:
    """Asks until when, and why."""
    reason = text_input(Field.VALUE, multiline=True, at_most=REASON_MAX)
    why = (
        field(Field.REASON, _W.ASK_REASON, reason, optional=True, hint=_W.ASK_REASON_HINT)
        if can_give_reasons
        else context(_W.NO_REASONS_NOW)
    )
    blocks = [
        section(f"*{escape_title(own.text.title)}*\n{due_words(own, zone=zone, now=now)}"),
        *moment_fields(Field.DUE, zone=zone, day_label=_W.ASK_UNTIL, time_label=_W.ASK_TIME),
        why,
    ]
    return modal(Modal.DUE_ASK, title=_W.ASK_TITLE, blocks=blocks, submit=_W.SEND, close=texts.forms.BACK, state=own.id)


def home_rows(found: Sequence[OwnDeadline], *, zone: str, now: datetime) -> list[Block]:
    """The next few in the Home tab, each with "Done"; nothing for nothing."""
    if not found:
        return []
    rows = [
        section(
            f"*{escape_title(own.text.title)}*\n{due_words(own, zone=zone, now=now)}",
            block_id=f"home.due.{number}",
            accessory=done_button(own),
        )
        for number, own in enumerate(found)
    ]
    return [header(_W.HOME), *rows, actions(button(_W.HOME_ALL, Action.OPEN_DUE), block_id="home.due")]


def done_button(own: OwnDeadline) -> Block:
    """Done: at once, or with the link that it asks for."""
    action = Action.MEET_WITH_PROOF if own.needs_proof else Action.MEET
    return button(_W.DONE, action, value=own.id, style="primary")


def done_words(at: datetime, zone: str, *, was_before: bool) -> str:
    """When it was marked."""
    return (_W.ALREADY_DONE if was_before else _W.MARKED_DONE).format(when=when_plain(at, zone))


def _look(own: OwnDeadline) -> Block:
    return button(_W.DETAILS, Action.OPEN_DUE_ONE, value=own.id)


def _met_words(own: OwnDeadline, zone: str) -> str:
    at = "" if own.done_at is None else done_words(own.done_at, zone, was_before=False)
    return f"*{escape_title(own.text.title)}*\n{at}"


def _state_words(own: OwnDeadline, *, zone: str, now: datetime) -> str:
    due = due_words(own, zone=zone, now=now)
    return due if own.done_at is None else f"{due}\n{done_words(own.done_at, zone, was_before=False)}"


def _buttons(found: OwnDetails, now: datetime) -> list[Block]:
    own = found.deadline
    if own.done_at is not None:
        return [actions(button(_W.NOT_DONE, Action.MEET_NOT, value=own.id), block_id="due.done")]
    waits = found.request is not None and found.request.state is RequestState.WAITING
    first = [done_button(own)]
    if not own.needs_proof:
        first.append(button(_W.DONE_WITH_LINK, Action.MEET_WITH_PROOF, value=own.id))
    if not waits:
        first.append(button(_W.MORE_TIME, Action.OPEN_ASK, value=own.id))
    rows = [actions(*first, block_id="due.done")]
    if later := _later(found, now):
        rows.append(actions(*later, block_id="due.later"))
    return rows


def _later(found: OwnDetails, now: datetime) -> list[Block]:
    """What puts the next reminder off; what would only bring another one before it is not offered here."""
    own, labels = found.deadline, (_W.IN_3_HOURS, _W.TOMORROW)
    if found.rest_until is None or own.reminder_at is None:
        return []
    return [
        button(f"{_W.LATER}: {label.lower()}", f"{Action.SNOOZE}:{hours}", value=f"{own.id}.{hours}")
        for label, hours in zip(labels, HOURS, strict=True)
        if min(now + timedelta(hours=hours), found.rest_until) > own.reminder_at
    ]


def _reminder(own: OwnDeadline, zone: str) -> list[Block]:
    if own.reminder_at is None:
        return []
    return [context(_W.NEXT_REMINDER.format(when=when_token(own.reminder_at, zone)))]


def _request(request: OwnRequest, own: OwnDeadline, zone: str) -> list[Block]:
    granted = "" if request.granted_at is None else when_token(request.granted_at, zone)
    words = _W.REQUEST[request.state].format(
        until=when_token(request.until, zone), granted=granted, answer=escape(request.answer)
    )
    buttons = []
    if request.has_reason:
        buttons.append(button(_W.READ_REASON, Action.READ_REASON, value=request.id))
    if request.state is RequestState.WAITING:
        buttons.append(button(_W.WITHDRAW, Action.WITHDRAW_ASK, value=own.id))
    return [section(words), *([actions(*buttons, block_id="due.request")] if buttons else [])]
