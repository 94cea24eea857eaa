"""Times that are kept or asked for: rows of the list, messages, and the modals in which they are answered."""

from collections.abc import Sequence

from domain.booking import REASON_MAX
from domain.ports import Block, Message, View
from handlers import texts
from handlers.ids import Action, Field, Modal
from handlers.views.blocks import DIVIDER, actions, button, context, field, modal, section, text_input
from handlers.views.sessions import details_blocks, session_ref, with_whom
from handlers.views.when import when_plain, when_token
from services.holds.kept import KeptTime
from services.holds.news import HoldNews
from services.sessions.facts import SessionDetails

LISTED = 8
_UNTIL = {
    (True, True): texts.holds.ANSWER_UNTIL,
    (True, False): texts.holds.WAITING_UNTIL,
    (False, True): texts.holds.KEPT_UNTIL,
}
"""What is said of a time, by whether it was asked for and whether the scholar reads it."""


def kept_rows(kept: Sequence[KeptTime]) -> list[Block]:
    """What waits for an answer, under three headings, each with a button; for a modal alone."""
    groups = (
        (texts.holds.KEPT_FOR_YOU, [each for each in kept if not each.is_request]),
        (texts.holds.YOU_ASKED, [each for each in kept if each.is_request and each.is_for_scholar]),
        (texts.holds.TO_APPROVE, [each for each in kept if each.is_request and not each.is_for_scholar]),
    )
    return [block for heading, group in groups if group for block in _listed(heading, group)]


def offered_message(news: HoldNews) -> Message:
    """A time has come free and is kept for the scholar; with whom opens on a press."""
    return _message(texts.holds.OFFERED, news, texts.holds.UNTIL, *_answers(news))


def elsewhere_message(headline: str, news: HoldNews, *, book: str) -> Message:
    """A session was canceled and its time is kept with somebody else: one message, with the way to take it.

    `book` is the person's reference to the canceled session, to book another like it.
    """
    another = button(texts.messages.BOOK_ANOTHER, Action.OPEN_BOOKING, value=book)
    return _message(headline, news, texts.holds.ELSEWHERE, *_answers(news), another)


def asked_message(news: HoldNews) -> Message:
    """The scholar has asked for a time, and it is not set yet."""
    details = button(texts.messages.WHO_WHERE_WHAT, Action.OPEN_KEPT, value=_ref(news))
    take_back = button(texts.holds.WITHDRAW, Action.WITHDRAW_REQUEST, value=_ref(news))
    return _message(texts.holds.ASKED, news, texts.holds.ASKED_UNTIL, details, take_back)


def waiting_message(news: HoldNews) -> Message:
    """Whoever would take the session is asked; who asks opens on a press."""
    answer = button(texts.holds.SEE_AND_ANSWER, Action.OPEN_REQUEST, value=_ref(news))
    return _message(texts.holds.WAITING, news, texts.holds.WAITING_UNTIL, answer)


def over_message(headline: str, news: HoldNews, *, rebook: bool, has_details: bool = False) -> Message:
    """A time is kept no more, or what was asked for cannot be. `rebook` offers another one like it."""
    buttons = [button(texts.messages.WHO_WHERE_WHAT, Action.OPEN_KEPT, value=_ref(news))] if has_details else []
    if rebook:
        buttons.append(button(texts.messages.BOOK_ANOTHER, Action.OPEN_BOOKING, value=_ref(news)))
    return _message(headline, news, "", *buttons)


def answered_notice(sentence: str) -> Message:
    """What stands in place of the buttons once they were pressed."""
    return Message(text=sentence, blocks=(section(sentence),))


def hold_modal(details: SessionDetails) -> View:
    """With whom the time is kept, and where, with yes and no; for the scholar."""
    ref = session_ref(details.ref, details.booked.version)
    row = actions(
        button(texts.holds.TAKE, Action.TAKE_TIME, value=ref, style="primary"),
        button(texts.holds.NO_THANKS, Action.REFUSE_TIME, value=ref),
        block_id="answer",
    )
    return _modal(texts.holds.KEPT_TITLE, [*details_blocks(details), context(_until(texts.holds.UNTIL, details)), row])


def asked_modal(details: SessionDetails) -> View:
    """What the scholar has asked for, and how to take it back."""
    ref = session_ref(details.ref, details.booked.version)
    row = actions(button(texts.holds.WITHDRAW, Action.WITHDRAW_REQUEST, value=ref), block_id="answer")
    blocks = [section(_until(texts.holds.ASKED_DONE, details)), DIVIDER, *details_blocks(details), row]
    return _modal(texts.holds.ASKED_TITLE, blocks)


def request_modal(details: SessionDetails) -> View:
    """Who asks, for when and about what, with yes and no; for the one who was asked."""
    ref = session_ref(details.ref, details.booked.version)
    row = actions(
        button(texts.holds.APPROVE, Action.APPROVE_REQUEST, value=ref, style="primary"),
        button(texts.holds.DECLINE, Action.OPEN_DECLINE, value=ref),
        block_id="answer",
    )
    blocks = [*details_blocks(details), context(_until(texts.holds.WAITING_UNTIL, details)), row]
    return _modal(texts.holds.REQUEST_TITLE, blocks)


def decline_form(details: SessionDetails, *, state: str) -> View:
    """Names the session and asks for a reason, which may stay empty."""
    who = with_whom(details.kind, details.other_name)
    when = section(f"{texts.holds.DECLINE_ASK} {when_token(details.booked.starts, details.zone)}.\n{who}")
    reason = field(
        Field.REASON,
        texts.sessions.REASON,
        text_input(Field.VALUE, at_most=REASON_MAX),
        optional=True,
        hint=texts.holds.DECLINE_REASON_HINT,
    )
    return modal(
        Modal.DECLINE,
        title=texts.holds.DECLINE_TITLE,
        blocks=[when, reason],
        submit=texts.holds.DECLINE,
        close=texts.holds.DECLINE_BACK,
        state=state,
    )


def _listed(heading: str, group: Sequence[KeptTime]) -> list[Block]:
    rows = [DIVIDER, section(f"*{heading}*"), *map(_row, group[:LISTED])]
    return [*rows, context(texts.holds.MORE.format(number=LISTED))] if len(group) > LISTED else rows


def _row(kept: KeptTime) -> Block:
    until = _UNTIL[kept.is_request, kept.is_for_scholar]
    lines = (
        when_token(kept.starts, kept.zone),
        with_whom(kept.kind, kept.other_name),
        until.format(until=when_token(kept.until, kept.zone)),
    )
    mine = kept.is_request and kept.is_for_scholar
    action = Action.OPEN_REQUEST if not kept.is_for_scholar else Action.OPEN_KEPT
    label = texts.sessions.DETAILS if mine else texts.holds.ANSWER
    return section("\n".join(lines), accessory=button(label, action, value=session_ref(kept.ref, kept.version)))


def _answers(news: HoldNews) -> tuple[Block, ...]:
    return (
        button(texts.holds.TAKE, Action.TAKE_TIME, value=_ref(news), style="primary"),
        button(texts.holds.NO_THANKS, Action.REFUSE_TIME, value=_ref(news)),
        button(texts.messages.WHO_WHERE_WHAT, Action.OPEN_KEPT, value=_ref(news)),
    )


def _message(headline: str, news: HoldNews, then: str, *buttons: Block) -> Message:
    plain = f"{headline}: {when_plain(news.starts, news.zone)}."
    marked = f"{headline}: *{when_token(news.starts, news.zone)}*."
    if then:
        plain = f"{plain} {then.format(until=when_plain(news.until, news.zone))}"
        marked = f"{marked}\n{then.format(until=when_token(news.until, news.zone))}"
    when = section(marked)
    return Message(text=plain, blocks=(when, actions(*buttons, block_id="answer")) if buttons else (when,))


def _modal(title: str, blocks: Sequence[Block]) -> View:
    return modal(Modal.DETAILS, title=title, blocks=blocks, close=texts.forms.CLOSE)


def _until(sentence: str, details: SessionDetails) -> str:
    return sentence.format(until=when_token(details.booked.kept_until, details.zone))


def _ref(news: HoldNews) -> str:
    return session_ref(news.ref, news.version)
