"""The form in which a scholar says how useful a session was."""

from domain.ports import Block, View
from domain.session_log import RATING_WORDS_MAX, SCORES
from handlers import texts
from handlers.ids import Field, Modal
from handlers.views.blocks import context, field, modal, section, text_input
from handlers.views.menus import Choice, radio
from handlers.views.sessions import which_session
from handlers.views.when import when_plain
from services.session_log.facts import RatingSheet


def rating_form(sheet: RatingSheet, *, state: str) -> View:
    """Which session, who sees the answer in which form, the one question, and room for a word."""
    details, given = sheet.details, sheet.rating
    who_sees = texts.rating.WHO_SEES_SEVERAL if details.kind.has_seats else texts.rating.WHO_SEES
    blocks = [section(which_session(details)), context(who_sees)]
    if given:
        blocks.append(context(f"{texts.rating.ANSWERED_BEFORE} {_until(sheet)}"))
    blocks += [
        field(Field.SCORE, texts.rating.QUESTION, _scale(given.score if given else None)),
        field(
            Field.WORDS,
            texts.rating.WORDS,
            text_input(Field.VALUE, initial=given.words if given else "", multiline=True, at_most=RATING_WORDS_MAX),
            optional=True,
            hint=texts.rating.WORDS_HINT,
        ),
    ]
    return modal(
        Modal.RATING,
        title=texts.rating.TITLE,
        blocks=blocks,
        submit=texts.rating.SEND,
        close=texts.forms.CLOSE,
        state=state,
    )


def rated_modal(sheet: RatingSheet) -> View:
    """Thanks, and until when the answer can be changed; not what it was."""
    blocks = [section(texts.rating.SENT), context(_until(sheet))]
    return modal(Modal.DETAILS, title=texts.rating.SENT_TITLE, blocks=blocks, close=texts.forms.CLOSE)


def _until(sheet: RatingSheet) -> str:
    return texts.rating.UNTIL.format(until=when_plain(sheet.closes, sheet.details.zone))


def _scale(chosen: int | None) -> Block:
    anchors = {SCORES[0]: texts.rating.LEAST, SCORES[-1]: texts.rating.MOST}
    choices = [
        Choice(text=f"{score}: {anchors[score]}" if score in anchors else str(score), value=str(score))
        for score in SCORES
    ]
    return radio(Field.VALUE, choices, initial=None if chosen is None else str(chosen))
