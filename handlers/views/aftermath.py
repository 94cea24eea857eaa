"""What the details of a session say once it is over; for the modal of one who was in it alone."""

from collections.abc import Mapping, Sequence
from datetime import datetime

from domain.focus import FocusArea
from domain.ports import Block
from domain.session_log import Outcome
from handlers import texts
from handlers.ids import Action
from handlers.views.blocks import actions, button, context, quoted, section
from handlers.views.when import clock_label, when_token
from services.session_log.facts import Aftermath, LoggedSession


def after_blocks(after: Aftermath, ref: str, zone: str) -> list[Block]:
    """What became of it, and what the reader can say of it; `ref` is what their buttons carry."""
    blocks = (
        [context(texts.session_log.NOT_LOGGED)]
        if after.log is None
        else logged_blocks(after.log, zone, reads(is_for_scholar=after.is_for_scholar))
    )
    return [*blocks, *_deeds(after, ref)]


def after_several_blocks(after: Aftermath, ref: str, zone: str) -> list[Block]:
    """The same of a session of several: its hosts read the log, and who had a seat reads none."""
    if after.is_for_scholar:
        return _deeds(after, ref)
    blocks = (
        [context(texts.session_log.NOT_LOGGED)]
        if after.log is None
        else logged_blocks(after.log, zone, reads(is_for_scholar=False, is_of_several=True))
    )
    return [*blocks, *_deeds(after, ref)]


def reads(*, is_for_scholar: bool, is_of_several: bool = False) -> Mapping[Outcome, str]:
    """What somebody reads of a session that did not happen."""
    if is_of_several:
        return texts.session_log.SEVERAL_READS
    return texts.session_log.SCHOLAR_READS if is_for_scholar else texts.session_log.STAFF_READS


def logged_blocks(log: LoggedSession, zone: str, said: Mapping[Outcome, str]) -> list[Block]:
    """The log as its reader reads it: what became of it, when it really was, about what, and the next step.

    `said` is what they read of one that did not happen.
    """
    blocks = [section(_outcome(log, zone, said))]
    if log.focus_areas:
        blocks.append(section(f"*{texts.session_log.WAS_ABOUT}* {_topics(log.focus_areas)}"))
    if log.next_step:
        blocks += [section(f"*{texts.session_log.NEXT}*"), quoted(log.next_step)]
    if log.is_unreadable:
        blocks.append(context(texts.session_log.UNREADABLE))
    return blocks


def _outcome(log: LoggedSession, zone: str, said: Mapping[Outcome, str]) -> str:
    if log.started is None or log.ended is None:
        return said[log.outcome]
    began, stopped = when_token(log.started, zone), _time_token(log.ended, zone)
    return f"*{texts.session_log.TOOK_PLACE}* {texts.session_log.FROM_TO.format(began=began, stopped=stopped)}"


def _time_token(instant: datetime, zone: str) -> str:
    return f"<!date^{int(instant.timestamp())}^{{time}}|{clock_label(instant, zone)}>"


def _topics(areas: Sequence[FocusArea]) -> str:
    return ", ".join(area.label for area in areas)


def _deeds(after: Aftermath, ref: str) -> list[Block]:
    buttons = _buttons(after, ref)
    return [actions(*buttons, block_id="after")] if buttons else []


def _buttons(after: Aftermath, ref: str) -> list[Block]:
    if after.can_log:
        label = texts.session_log.CORRECT if after.is_answered else texts.session_log.SAY
        return [button(label, Action.OPEN_LOG, value=ref)]
    if after.can_rate:
        label = texts.rating.CHANGE if after.is_answered else texts.session_log.SAY
        return [button(label, Action.OPEN_RATING, value=ref)]
    return []
