"""What happened to an announcement, a deadline or an event: who did it, about whom, and when."""

from collections.abc import Iterable

from domain.ports import Block, View
from handlers import texts
from handlers.ids import Action, Modal
from handlers.views.blocks import actions, context, escape, escape_title, modal, section
from handlers.views.listing import listed
from handlers.views.pages import turn_buttons
from handlers.views.when import when_token, with_times
from services.audit import Done, Trail

_W = texts.trail


def trail_modal(found: Trail, object_id: str, *, turn: Action, zone: str) -> View:
    """A page of who did what to one of them, the newest first; `turn` leads to the others."""
    lines = list(listed(trail_lines(found, zone), separator="\n")) or [section(_W.NONE)]
    blocks = [*lines, *_turning(found, object_id, turn)]
    return modal(Modal.NOTICE, title=_W.TITLE, blocks=blocks, close=texts.forms.BACK)


def trail_lines(done: Iterable[Done], zone: str) -> list[str]:
    """A line for each deed, ready for mrkdwn; instants in it follow the reader's device."""
    return [_line(each, zone) for each in done]


def _turning(found: Trail, object_id: str, turn: Action) -> list[Block]:
    if found.pages == 1:
        return []
    buttons = turn_buttons(turn, found.page, found.pages, value=object_id, newest_first=True)
    words = context(texts.forms.PAGE.format(page=found.page + 1, pages=found.pages))
    return [words, actions(*buttons, block_id="trail.turn")]


def _line(done: Done, zone: str) -> str:
    words = _W.LINE_BY if done.by else _W.LINE
    return words.format(when=when_token(done.at, zone), deed=_deed(done, zone), name=escape_title(done.by))


def _deed(done: Done, zone: str) -> str:
    """What was done, with whom and what it concerns; not with who did it, where that is their own."""
    about = "" if done.about == done.by else escape(done.about)
    concerns = ", ".join(filter(None, (about, with_times(escape(done.detail), zone))))
    return _W.CONCERNS.format(deed=escape(done.deed), concerns=concerns) if concerns else escape(done.deed)
