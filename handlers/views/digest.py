"""A digest as its reader sees it: a line for each thing and a button that opens the whole of it."""

from collections.abc import Iterator, Mapping, Sequence

from domain.attention import Subject
from domain.ports import Block, Message, View
from handlers import texts
from handlers.ids import Action, Modal
from handlers.views.blocks import actions, button, clip, context, escape_title, header, modal, section
from handlers.views.plain_words import first_words
from handlers.views.when import when_token
from services.attention.digest import Digest
from services.attention.sections import DigestLine

NEWS_SHOWN = 15
AHEAD_SHOWN = 8
"""A message holds fifty blocks; what does not stand in it opens on a press."""
MODAL_SHOWN = 90
TITLE_SHOWN = 150
TEXT_SHOWN = 200
_W = texts.digest

Presses = Mapping[Subject, Action]
"""Which button opens a thing of each subject. One that is not here has none."""


def digest_message(digest: Digest, presses: Presses) -> Message:
    """The message. It names nobody."""
    news, due, week = digest.news, _of(Subject.DEADLINE, digest.due), _of(Subject.EVENT, digest.week)
    blocks = [
        header(_W.TITLE),
        *_part(_W.NEWS, news, presses, digest, at_most=NEWS_SHOWN, more=_W.MORE_NEWS),
        *_part(_W.DUE, due, presses, digest, at_most=AHEAD_SHOWN, more=_W.MORE_DUE),
        *_part(_W.WEEK, week, presses, digest, at_most=AHEAD_SHOWN, more=_W.MORE_WEEK),
        actions(*_buttons(digest)),
    ]
    return Message(text=_summary(digest), blocks=tuple(blocks))


def digest_modal(digest: Digest, presses: Presses) -> View:
    """All news of a digest, for whoever pressed to see the rest."""
    blocks = [
        context(_W.AGAIN_INTRO),
        *_part(_W.NEWS, digest.news, presses, digest, at_most=MODAL_SHOWN, more=_W.MORE),
    ]
    return modal(Modal.NOTICE, title=_W.TITLE, blocks=blocks, close=texts.forms.CLOSE)


Lines = Sequence[tuple[Subject, DigestLine]]


def _of(subject: Subject, lines: Sequence[DigestLine]) -> Lines:
    return [(subject, line) for line in lines]


def _part(title: str, lines: Lines, presses: Presses, digest: Digest, *, at_most: int, more: str) -> Iterator[Block]:
    if not lines:
        return
    yield section(title)
    for subject, line in lines[:at_most]:
        opens = _W.READ if subject is Subject.ANNOUNCEMENT else _W.DETAILS
        yield _line(line, _when(subject, line, digest.zone), presses.get(subject), opens=opens)
    if len(lines) > at_most:
        yield context(more.format(number=len(lines) - at_most))


def _when(subject: Subject, line: DigestLine, zone: str) -> str:
    if line.at is None:
        return ""
    when = when_token(line.at, zone)
    if subject is not Subject.DEADLINE:
        return when
    return (_W.WAS_DUE if line.is_over else _W.DUE_AT).format(when=when)


def _line(line: DigestLine, when: str, press: Action | None, *, opens: str) -> Block:
    parts = [f"*{escape_title(clip(_title(line), TITLE_SHOWN))}*", when, first_words(line.text, TEXT_SHOWN)]
    more = button(opens, press, value=line.ref or line.object_id) if press and line.can_open else None
    return section("\n".join(filter(None, parts)), accessory=more)


def _title(line: DigestLine) -> str:
    if line.was_taken_back:
        return texts.announcements.RETRACTED_TITLE.format(title=line.title)
    return texts.announcements.CHANGED_TITLE.format(title=line.title) if line.has_changed else line.title


def _buttons(digest: Digest) -> Iterator[Block]:
    if len(digest.news) > NEWS_SHOWN:
        yield button(_W.SHOW_ALL, Action.OPEN_DIGEST, value=digest.day)
    if len(digest.due) > AHEAD_SHOWN:
        yield button(texts.due.HOME_ALL, Action.OPEN_DUE)
    if len(digest.week) > AHEAD_SHOWN:
        yield button(texts.events.SEE_ALL, Action.OPEN_EVENTS)
    yield button(_W.SET, Action.OPEN_ATTENTION)


def _summary(digest: Digest) -> str:
    """What a notification says: how much of what, without the words of anybody."""
    counted = ((_W.NEWS_PARTS, digest.news), (_W.DUE_PARTS, digest.due), (_W.WEEK_PARTS, digest.week))
    parts = [(one if len(found) == 1 else more).format(number=len(found)) for (one, more), found in counted if found]
    return _W.SUMMARY.format(parts=", ".join(parts))
