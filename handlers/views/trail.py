"""What happened to an announcement, a deadline or an event: who did it, about whom, and when."""

from collections.abc import Iterable

from domain.ports import View
from handlers import texts
from handlers.ids import Modal
from handlers.views.blocks import escape, escape_title, modal
from handlers.views.listing import listed
from handlers.views.when import when_token, with_times
from services.audit import Done, Trail

_W = texts.trail


def trail_modal(found: Trail, *, zone: str) -> View:
    """Who did what to one of them, the newest first."""
    blocks = list(listed(trail_lines(found, zone), separator="\n", of=found.number))
    return modal(Modal.NOTICE, title=_W.TITLE, blocks=blocks, close=texts.forms.BACK)


def trail_lines(done: Iterable[Done], zone: str) -> list[str]:
    """A line for each deed, ready for mrkdwn; instants in it follow the reader's device."""
    return [_line(each, zone) for each in done]


def _line(done: Done, zone: str) -> str:
    words = _W.LINE_BY if done.by else _W.LINE
    return words.format(when=when_token(done.at, zone), deed=_deed(done, zone), name=escape_title(done.by))


def _deed(done: Done, zone: str) -> str:
    """What was done, with whom and what it concerns; not with who did it, where that is their own."""
    about = "" if done.about == done.by else escape(done.about)
    concerns = ", ".join(filter(None, (about, with_times(escape(done.detail), zone))))
    return _W.CONCERNS.format(deed=escape(done.deed), concerns=concerns) if concerns else escape(done.deed)
