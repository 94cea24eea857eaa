"""What a scholar sees of office hours: what is open, the form to join, their place. Modals alone."""

from collections.abc import Sequence

from domain.office_hours import LINE_MAX, HelpTopic
from domain.ports import Block, View
from handlers import texts
from handlers.ids import Action, Field, Modal
from handlers.views.blocks import (
    DIVIDER,
    actions,
    button,
    context,
    escape,
    escape_title,
    field,
    modal,
    quoted,
    section,
    text_input,
)
from handlers.views.menus import Choice, select
from handlers.views.sessions import where
from handlers.views.when import time_token, when_token
from services.office_hours.facts import ListedHours, OwnPlace

LISTED = 40
_STEP_MINUTES = 5


def lines_modal(listed: Sequence[ListedHours], *, is_scholar: bool, is_helper: bool, is_in_line: bool = False) -> View:
    """What is open and planned, each with what this reader can do about it, and what can be begun from here.

    Who is in line already is led to their place, and cannot join another one.
    """
    own = section(texts.office_hours.HOME_IN_LINE, accessory=button(texts.office_hours.MY_PLACE, Action.SEE_PLACE))
    is_scholar, may_offer = is_scholar and not is_in_line, is_scholar
    rows = [block for each in listed[:LISTED] for block in _listed(each, is_scholar=is_scholar, is_helper=is_helper)]
    if len(listed) > LISTED:
        rows.append(context(texts.office_hours.MORE_LISTED.format(number=LISTED)))
    beginnings = [button(texts.office_hours.REFRESH, Action.LIST_LINES)]
    if is_helper:
        beginnings += [
            button(texts.office_hours.OPEN_NOW, Action.OPEN_HOLD, style="primary"),
            button(texts.office_hours.PLAN, Action.OPEN_PLAN),
        ]
    if may_offer:
        beginnings += [
            button(texts.office_hours.OFFER, Action.OPEN_OFFER),
            button(texts.office_hours.BOOK_INSTEAD, Action.OPEN_BOOKING),
        ]
    blocks = [
        *([own] if is_in_line else []),
        *(rows or [section(" ".join([texts.office_hours.LIST_NONE, *([texts.office_hours.LIST_BOOK] * may_offer)]))]),
        DIVIDER,
        actions(*beginnings),
    ]
    return modal(Modal.LINE, title=texts.office_hours.TITLE, blocks=blocks, close=texts.forms.CLOSE)


def join_form(hours: ListedHours) -> View:
    """Topic and one line; what is covered is what can be chosen."""
    choices = topic_choices(hours.topics)
    blocks = [
        section(_when(hours)),
        field(Field.TOPIC, texts.office_hours.TOPIC, select(Field.VALUE, choices, placeholder=texts.forms.CHOOSE)),
        field(
            Field.PROBLEM,
            texts.office_hours.PROBLEM,
            text_input(Field.VALUE, at_most=LINE_MAX),
            hint=texts.office_hours.PROBLEM_HINT,
        ),
    ]
    return modal(
        Modal.JOIN_LINE,
        title=texts.office_hours.JOIN_TITLE,
        blocks=blocks,
        submit=texts.office_hours.JOIN_SUBMIT,
        close=texts.forms.BACK,
        state=hours.ref,
    )


def place_modal(own: OwnPlace) -> View:
    """How the scholar stands now, and what they can do about it; or who is there for them, and where."""
    shown = _waiting(own) if own.place is not None else _turn(own)
    title = texts.office_hours.PLACE_TITLE if own.place is not None else texts.office_hours.TURN_TITLE
    return modal(Modal.LINE, title=title, blocks=shown, close=texts.forms.CLOSE)


def topic_choices(topics: Sequence[HelpTopic]) -> list[Choice]:
    """Topics as a menu lists them."""
    return [Choice(text=topic.label, value=topic.value) for topic in topics]


def wait_label(wait: int) -> str:
    """A wait in words, rounded up to five minutes: it is an estimate, and should not look like a promise."""
    if wait <= 0:
        return texts.office_hours.ANY_MOMENT
    return texts.office_hours.ABOUT.format(minutes=-(-wait // _STEP_MINUTES) * _STEP_MINUTES)


def _listed(hours: ListedHours, *, is_scholar: bool, is_helper: bool) -> list[Block]:
    lines = [_when(hours)]
    if hours.helper_names:
        names = escape(", ".join(hours.helper_names))
        lines.append(texts.office_hours.WITH_WHOM.format(names=names, minutes=hours.minutes))
    lines.append(texts.office_hours.TOPICS.format(topics=_topics(hours.topics)))
    if hours.wait is not None:
        lines.append(texts.office_hours.WAIT.format(wait=wait_label(hours.wait)))
    if is_scholar and not hours.can_take and not hours.own_ref:
        lines.append(texts.office_hours.NOBODY_FOR_YOU)
    if hours.shut is not None:
        lines.append(texts.office_hours.SHUT[hours.shut])
    listed = section("\n".join(lines))
    buttons = _buttons(hours, is_scholar=is_scholar, is_helper=is_helper)
    return [listed, actions(*buttons)] if buttons else [listed]


def _buttons(hours: ListedHours, *, is_scholar: bool, is_helper: bool) -> list[Block]:
    if hours.own_ref:
        return [button(texts.office_hours.SEE_LINE, Action.WATCH_LINE, value=hours.own_ref)]
    can_join = is_scholar and hours.is_open and hours.can_take
    buttons = []
    if can_join:
        buttons.append(button(texts.office_hours.JOIN, Action.OPEN_JOIN, value=hours.ref, style="primary"))
    if is_helper:
        buttons.append(button(texts.office_hours.HELP_TOO, Action.OPEN_HELP, value=hours.ref))
    return buttons


def _when(hours: ListedHours) -> str:
    ends = time_token(hours.ends, hours.zone)
    if hours.is_open:
        return texts.office_hours.OPEN_UNTIL.format(ends=ends)
    return texts.office_hours.PLANNED.format(starts=when_token(hours.starts, hours.zone), ends=ends)


def _topics(topics: Sequence[HelpTopic]) -> str:
    if len(topics) == len(HelpTopic):
        return texts.office_hours.ALL_TOPICS
    return ", ".join(topic.label.lower() for topic in topics)


def _waiting(own: OwnPlace) -> list[Block]:
    blocks = [section(_place(own))]
    if own.is_past_end:
        blocks.append(context(texts.office_hours.PAST_END.format(ends=time_token(own.ends, own.zone))))
    if own.is_asked:
        blocks += _choice(own)
    if own.is_peer_asked:
        blocks.append(context(texts.office_hours.PEER_ASKED))
    ref = f"{own.ref}.{own.version}"
    buttons = [button(texts.office_hours.REFRESH, Action.SEE_PLACE, value=own.ref)]
    if own.can_step_back:
        buttons.append(button(texts.office_hours.STEP_BACK, Action.STEP_BACK, value=ref))
    buttons.append(button(texts.office_hours.LEAVE, Action.LEAVE_LINE, value=own.ref, style="danger"))
    return [*blocks, *_problem(own), context(texts.office_hours.TOLD), actions(*buttons)]


def _place(own: OwnPlace) -> str:
    if own.wait is None:
        return texts.office_hours.PLACE_UNKNOWN_WAIT.format(place=own.place)
    return texts.office_hours.PLACE.format(place=own.place, wait=wait_label(own.wait))


def _turn(own: OwnPlace) -> list[Block]:
    lines = [texts.office_hours.PEER_TURN if own.is_with_peer else texts.office_hours.TURN]
    if own.with_name:
        lines.append(texts.office_hours.WITH_PEER.format(name=escape_title(own.with_name)))
    if not own.is_with_peer:
        lines.append(where(own.where))
    blocks = [section("\n".join(lines)), *_problem(own)]
    if own.is_asked:
        blocks += _choice(own)
    if own.is_peer_asked:
        blocks.append(context(texts.office_hours.PEER_ASKED))
    if own.is_line_over:
        blocks.append(context(texts.office_hours.TURN_STAYS))
    done = button(texts.office_hours.WE_ARE_DONE, Action.LEAVE_LINE, value=own.ref)
    return [*blocks, actions(done, button(texts.office_hours.REFRESH, Action.SEE_PLACE, value=own.ref))]


def _choice(own: OwnPlace) -> list[Block]:
    """Whoever is with a helper already would not be helped sooner, and does not wait."""
    waits = own.place is not None
    head = texts.office_hours.SOONER if waits else texts.office_hours.INSTEAD
    refuse = texts.office_hours.REFUSE if waits else texts.office_hours.REFUSE_NOW
    return [
        section(f"{head} {texts.office_hours.CHOICE}"),
        actions(
            button(texts.office_hours.AGREE, Action.AGREE_TO_PEER, value=own.ref, style="primary"),
            button(refuse, Action.REFUSE_PEER, value=own.ref),
        ),
    ]


def _problem(own: OwnPlace) -> list[Block]:
    if own.problem.is_unreadable:
        return [context(texts.office_hours.UNREADABLE)]
    topic = texts.office_hours.YOUR_PROBLEM.format(topic=own.problem.topic.label)
    return [section(topic), quoted(own.problem.line)]
