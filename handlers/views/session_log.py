"""The message after a session, the form of whoever took it, and the list of what waits for a log."""

from collections.abc import Sequence

from domain.ports import Block, Message, View
from domain.session_log import NEXT_STEP_MAX, Outcome, areas_to_log
from handlers import texts
from handlers.ids import Action, Field, Modal
from handlers.views.aftermath import logged_blocks, reads
from handlers.views.blocks import DIVIDER, actions, button, context, field, modal, section, text_input
from handlers.views.menus import Choice, multi_select, radio
from handlers.views.moments import moment_fields, time_field
from handlers.views.sessions import named_lines, session_ref, which_session
from handlers.views.when import when_plain, when_token
from services.session_log.facts import LogSheet, ToLog
from services.session_log.questions import AGAIN
from services.session_news.news import SessionNews
from services.sessions.facts import NamedSession


def ended_message(news: SessionNews, action: Action) -> Message:
    """The same words for either side and every kind of session; `action` opens the reader's own question.

    Asked once more it says so: the first message says the same, and two alike look like a fault.
    """
    ref = session_ref(news.ref, news.version)
    plain, marked = when_plain(news.starts, news.zone), when_token(news.starts, news.zone)
    buttons = actions(
        button(texts.session_log.SAY, action, value=ref, style="primary"),
        button(texts.messages.WHO_WHERE_WHAT, Action.OPEN_DETAILS, value=ref),
        block_id="ended",
    )
    words = texts.session_log
    begins, ends = (words.STILL_ASKED, words.ASKED_NO_MORE) if news.rung == AGAIN else (words.ENDED, words.HOW)
    said = f"{begins}: {{when}}. {ends}"
    return Message(text=said.format(when=plain), blocks=(section(said.format(when=f"*{marked}*")), buttons))


def log_form(sheet: LogSheet, *, state: str, zone: str, outcome: Outcome | None = None) -> View:
    """What happened, and of a session that did, when, about what and what comes next; prefilled as far as is known.

    `zone` is the one the times are chosen in; `outcome` is the one chosen now, else that of the log, else it happened.
    """
    said = outcome or (sheet.log.outcome if sheet.log else Outcome.HAPPENED)
    is_of_several = sheet.details.kind.has_seats
    blocks = [section(which_session(sheet.details))]
    if sheet.log:
        blocks.append(context(f"{texts.session_log.LOGGED_BEFORE} {_until(sheet)}"))
    blocks.append(
        field(Field.OUTCOME, texts.session_log.OUTCOME, _outcomes(said, is_of_several=is_of_several), live=True)
    )
    if said.has_happened:
        blocks += [*_times(sheet, zone), _topics(sheet)]
    if not is_of_several:
        blocks.append(_next_step(sheet))
    return modal(
        Modal.LOG,
        title=texts.session_log.TITLE,
        blocks=blocks,
        submit=texts.session_log.SAVE,
        close=texts.forms.CLOSE,
        state=state,
    )


def logged_modal(sheet: LogSheet) -> View:
    """What stands in the log now."""
    said = reads(is_for_scholar=False, is_of_several=sheet.details.kind.has_seats)
    log = logged_blocks(sheet.log, sheet.details.zone, said) if sheet.log else []
    blocks = [section(texts.session_log.LOGGED), DIVIDER, *log, context(_until(sheet))]
    return modal(Modal.DETAILS, title=texts.session_log.LOGGED_TITLE, blocks=blocks, close=texts.forms.CLOSE)


def logs_modal(to_log: ToLog) -> View:
    """What waits for a log, with whom and of which kind each was; and what can still be put right."""
    blocks = _rows(to_log.waiting, texts.session_log.LOG) or [section(texts.session_log.NOTHING_TO_LOG)]
    if to_log.has_more:
        blocks.append(context(texts.session_log.MORE_TO_LOG.format(number=len(to_log.waiting))))
    if to_log.logged:
        blocks += [DIVIDER, section(f"*{texts.session_log.LOGGED_LATELY}*")]
        blocks += _rows(to_log.logged, texts.session_log.CORRECT)
    return modal(Modal.LOGS, title=texts.session_log.LOGS_TITLE, blocks=blocks, close=texts.forms.CLOSE)


def _rows(sessions: Sequence[NamedSession], deed: str) -> list[Block]:
    return [
        section(
            named_lines(each),
            accessory=button(deed, Action.OPEN_LOG, value=session_ref(each.line.ref, each.line.version)),
        )
        for each in sessions
    ]


def _until(sheet: LogSheet) -> str:
    return texts.session_log.UNTIL.format(until=when_plain(sheet.closes, sheet.details.zone))


def _outcomes(chosen: Outcome, *, is_of_several: bool) -> Block:
    offered = texts.session_log.SEVERAL_OUTCOMES if is_of_several else texts.session_log.OUTCOMES
    choices = [Choice(text=text, value=outcome.value) for outcome, text in offered.items()]
    return radio(Action.CHOOSE_OUTCOME, choices, initial=chosen.value)


def _times(sheet: LogSheet, zone: str) -> list[Block]:
    booked, log = sheet.details.booked, sheet.log
    began = log.started if log and log.started else booked.starts
    stopped = log.ended if log and log.ended else booked.ends
    return [
        *moment_fields(
            Field.BEGAN,
            zone=zone,
            day_label=texts.session_log.DAY,
            time_label=texts.session_log.BEGAN,
            initial=began,
        ),
        *time_field(Field.ENDED, zone=zone, label=texts.session_log.STOPPED, initial=stopped),
    ]


def _topics(sheet: LogSheet) -> Block:
    areas = areas_to_log(sheet.details.kind)
    hint = texts.session_log.SEVERAL_HINT if sheet.details.kind.has_seats else texts.session_log.SEALED_HINT
    said = sheet.log.focus_areas if sheet.log and sheet.log.outcome.has_happened else sheet.details.focus_areas
    menu = multi_select(
        Field.VALUE,
        [Choice(text=area.label, value=area.value) for area in areas],
        placeholder=texts.forms.CHOOSE,
        initial=said,
    )
    return field(Field.FOCUS, texts.session_log.FOCUS, menu, optional=True, hint=hint)


def _next_step(sheet: LogSheet) -> Block:
    said = sheet.log.next_step if sheet.log else ""
    return field(
        Field.NEXT_STEP,
        texts.session_log.NEXT_STEP,
        text_input(Field.VALUE, initial=said, multiline=True, at_most=NEXT_STEP_MAX),
        optional=True,
        hint=texts.session_log.SEALED_HINT,
    )
