"""Requests for more time as staff see them, and the reason, which opens on a press and stands nowhere else."""

from collections.abc import Sequence
from datetime import datetime

from domain.deadlines import RequestState
from domain.ports import Block, View
from handlers import texts
from handlers.ids import Action, Modal
from handlers.views.blocks import actions, button, context, escape, escape_title, modal, quoted, section
from handlers.views.notice import notice
from handlers.views.when import when_token
from services.deadlines.asking import Request
from services.deadlines.look import LISTED
from services.deadlines.reasons import Reason, ReasonState

_W = texts.deadlines


def requests_modal(waiting: Sequence[tuple[str, str, str, datetime]], *, zone: str) -> View:
    """What waits for an answer."""
    rows = [
        section(
            _W.REQUEST_LINE.format(name=escape_title(name), title=escape_title(title), until=when_token(until, zone)),
            accessory=button(_W.LOOK, Action.OPEN_EXTENSION, value=id_),
        )
        for id_, name, title, until in waiting[:LISTED]
    ]
    blocks = rows or [section(_W.NO_REQUESTS)]
    if len(waiting) > LISTED:
        blocks.append(context(_W.REQUESTS_MORE))
    return modal(Modal.EXTENSIONS, title=_W.REQUESTS_TITLE, blocks=blocks, close=texts.forms.BACK)


def request_modal(found: Request, *, zone: str, said: str = "") -> View:
    """One request: who, about what, until when; with yes and no while it waits."""
    words = _W.REQUEST.format(
        name=escape_title(found.name),
        title=escape_title(found.deadline.text.title),
        due=when_token(found.due_at, zone),
        until=when_token(found.until, zone),
    )
    blocks: list[Block] = [*([section(said)] if said else []), section(words), *_reason(found)]
    if found.state is RequestState.WAITING:
        blocks.append(
            actions(
                button(_W.GRANT, Action.GRANT_EXTENSION, value=found.id, style="primary"),
                button(_W.GRANT_OTHER, Action.OPEN_GRANT, value=found.id),
                button(_W.REFUSE, Action.OPEN_REFUSE, value=found.id),
                block_id="extension.ways",
            )
        )
    elif not said:
        blocks.append(section(decided_words(found, zone=zone)))
    return modal(Modal.EXTENSION, title=_W.REQUEST_TITLE, blocks=blocks, close=texts.forms.BACK, state=found.id)


def decided_words(found: Request, *, zone: str) -> str:
    """Who decided, when, and what."""
    return _W.DECIDED[found.state].format(
        by=escape(found.by),
        when="" if found.decided_at is None else when_token(found.decided_at, zone),
        until="" if found.granted_at is None else when_token(found.granted_at, zone),
    )


def reason_modal(reason: Reason) -> View:
    """The reason itself, as it was typed."""
    if reason.state is ReasonState.READABLE:
        blocks = [quoted(reason.words)]
        return modal(Modal.NOTICE, title=_W.REASON_TITLE, blocks=blocks, close=texts.forms.BACK)
    said = {
        ReasonState.NONE: _W.NO_REASON,
        ReasonState.LOST: _W.REASON_LOST,
        ReasonState.AWAY: _W.REASON_AWAY,
    }[reason.state]
    return notice(said, title=_W.REASON_TITLE)


def _reason(found: Request) -> list[Block]:
    if not found.has_reason:
        return [section(_W.NO_REASON)]
    return [actions(button(_W.READ_REASON, Action.READ_REASON, value=found.id), block_id="extension.reason")]
