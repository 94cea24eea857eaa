"""What staff see of announcements: all at a glance, and one of them whole. In modals only."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime

from domain.amounts import duration_text
from domain.announcements import WHY_MAX, Rung, State, Timing
from domain.attention import DIGEST
from domain.delivery import Tier
from domain.ports import Block, View
from handlers import texts
from handlers.ids import Action, Field, Modal
from handlers.views.announcement_messages import in_channel_words, reader_blocks
from handlers.views.announcement_preview import asked_about, count_words, one_or, ref_of, sure
from handlers.views.blocks import (
    DIVIDER,
    actions,
    button,
    clip_words,
    context,
    escape,
    escape_title,
    field,
    header,
    modal,
    section,
    text_input,
)
from handlers.views.listing import listed, unread_words
from handlers.views.pages import turning
from handlers.views.planned import goes_out
from handlers.views.when import when_token
from services.announcements.details import Details, MissingReader, Names
from services.announcements.facts import Announcement
from services.announcements.look import Line, Overview
from services.announcements.preview import Preview
from services.announcements.reach import REPORTED, SHARES
from services.channels import ChannelFacts

_W = texts.announcements
_TITLE_SHOWN = 100
_UNREACHED_SECTIONS = 10
_RUNGS: Mapping[str, str] = {Rung.FIRST: _W.RUNG_FIRST, Rung.AGAIN: _W.RUNG_AGAIN, DIGEST: _W.RUNG_DIGEST}
"""What else somebody may have had last is a nudge."""


def announcements_modal(found: Overview, *, zone: str) -> View:
    """A page of everything that staff have to do with, what waits for them first."""
    groups = (
        (_W.TO_APPROVE, found.to_approve),
        (_W.WAITING, found.waiting),
        (_W.DRAFTS, found.drafts),
        (_W.PLANNED, found.planned),
        (_W.SENT, found.sent),
        (_W.TEMPLATES, found.templates),
    )
    shown = [block for name, lines in groups if lines for block in _group(name, lines, zone)]
    blocks: list[Block] = [
        actions(
            button(_W.NEW, Action.NEW_ANNOUNCEMENT, style="primary"),
            button(_W.REACH, Action.SEE_REACH),
            button(_W.LISTS, Action.OPEN_LISTS),
            block_id="announce.ways",
        ),
        *unread_words(found.unread),
        *(shown or ([] if found.unread else [section(_W.NONE_FURTHER if found.page else _W.NONE_YET)])),
        context(f"{_W.WORDS} {_W.MORE}" if found.has_more else _W.WORDS),
        *turning(
            Action.TURN_ANNOUNCEMENTS, found.page, has_more=found.has_more, block_id="announce.turn", newest_first=True
        ),
    ]
    return modal(Modal.ANNOUNCEMENTS, title=_W.TITLE, blocks=blocks, close=texts.forms.CLOSE)


def announcement_modal(
    found: Details, *, zone: str, said: str = "", seen: Preview | None = None, channel: ChannelFacts | None = None
) -> View:
    """One of them whole: what it says, who has not acknowledged it, and what can be done.

    `seen` is what sending it would do, of one that waits for a yes or for its time, and `channel` what stands
    in the way of its message of record.
    """
    one = found.line.announcement
    blocks = [
        *([section(said)] if said else []),
        context(" · ".join(_standing(found, zone))),
        *([section(in_channel_words(one, found.in_channel))] if found.in_channel else []),
        *reader_blocks(one, zone=zone, press=Action.PREVIEW_PRESS),
        DIVIDER,
        *(asked_about(seen, zone, channel) if seen else []),
        *_progress(found, zone),
        actions(*_deeds(found), block_id="announce.deeds"),
    ]
    return modal(Modal.ANNOUNCEMENT, title=_W.DETAILS_TITLE, blocks=blocks, close=texts.forms.BACK, state=ref_of(one))


def reach_modal(found: Mapping[Tier, Mapping[int, float | None]]) -> View:
    """How long it took by tier, until so many had read."""
    rows = [f"*{_W.TIERS[tier]}*\n{_reached_words(found[tier])}" for tier in Tier if tier in found]
    intro = section(_W.REACH_SAYS.format(some=SHARES[1], number=REPORTED))
    blocks = [intro, *map(section, rows)] if rows else [section(_W.REACH_NONE)]
    return modal(Modal.NOTICE, title=_W.REACH_TITLE, blocks=blocks, close=texts.forms.BACK)


def refuse_form(announcement_id: str, version: int) -> View:
    """Asks what should be different."""
    words = text_input(Field.VALUE, multiline=True, at_most=WHY_MAX)
    return modal(
        Modal.ANNOUNCEMENT_NO,
        title=_W.REFUSE_TITLE,
        blocks=[field(Field.REASON, _W.REFUSE_LABEL, words, optional=True, hint=_W.REFUSE_HINT)],
        submit=_W.REFUSE_SEND,
        close=texts.forms.BACK,
        state=f"{announcement_id}.{version}",
    )


def _group(name: str, lines: Sequence[Line], zone: str) -> Iterator[Block]:
    yield header(name)
    for line in lines:
        one = line.announcement
        open_ = button(_W.OPEN, Action.OPEN_ANNOUNCEMENT, value=one.id)
        title = escape_title(clip_words(one.text.title, _TITLE_SHOWN))
        title = _W.NEW_TEXT.format(title=title) if one.corrects else title
        yield section(f"*{title}*\n{' · '.join(_line_words(line, zone))}", accessory=open_)


def _line_words(line: Line, zone: str) -> Iterator[str]:
    one = line.announcement
    yield _W.TIERS[one.tier]
    if one.state in (State.RETRACTED, State.EXPIRED):
        yield _W.STATES[one.state]
    yield _when_words(one, one.sent_at or one.ended_at, zone)
    if one.needs_ack and line.readers and one.state is State.SENT:
        yield _of_words(line)


def _of_words(line: Line) -> str:
    return (_W.OF_ONE if line.acknowledged == 1 else _W.OF).format(done=line.acknowledged, all=line.readers)


def _standing(found: Details, zone: str) -> Iterator[str]:
    one = found.line.announcement
    yield _W.STATES[one.state]
    yield _W.TIERS[one.tier]
    yield _when_words(one, one.ended_at or one.sent_at, zone)
    if found.author:
        yield _W.BY.format(name=escape(found.author))
    if one.approved_by:
        yield _W.APPROVED_BY.format(name=escape(found.approver))
    elif one.state is State.WAITING:
        is_one = one.approver_id and one.all_asked_at is None
        yield _W.ASKED_OF.format(name=escape(found.approver)) if is_one else _W.ASKED_OF_ALL


def _when_words(one: Announcement, since: datetime | None, zone: str) -> str:
    """Since when it stands as it does, else when it is meant to go out; of one for now, when it was last changed."""
    if since is None and one.plan.timing is not Timing.NOW:
        return goes_out(one.plan, zone)
    return when_token(since or one.changed_at, zone)


def _progress(found: Details, zone: str) -> Iterator[Block]:
    one, line = found.line.announcement, found.line
    if one.state not in (State.SENT, State.RETRACTED):
        return
    if not one.needs_ack:
        had = one_or(found.had, _W.HAD_NOBODY, _W.HAD_ONE, _W.HAD)
        yield section(f"*{count_words(line.readers)}*\n{had}")
        if found.is_private:
            yield context(_W.MISSING_PRIVATE)
        yield from _unserved(found)
        yield from _unreached(found.unreached)
        return
    if line.readers:
        yield section(f"*{_of_words(line)}*\n{_reached_words(found.reached)}")
    elif not found.done_meanwhile:
        yield section(_W.NOBODY_HERE)
    if found.done_meanwhile:
        yield context(one_or(found.done_meanwhile, "", _W.DONE_MEANWHILE_ONE, _W.DONE_MEANWHILE))
    yield from _unreached(found.unreached)
    if found.is_private:
        yield context(_W.MISSING_PRIVATE)
    elif found.missing.number:
        yield section(_W.MISSING)
        said = [
            _W.MISSING_ONE.format(
                name=_name(each), when=when_token(each.told_at, zone), rung=_RUNGS.get(each.rung, _W.RUNG_NUDGE)
            )
            if each.told_at
            else _W.MISSING_UNTOLD.format(name=_name(each))
            for each in found.missing.readers
        ]
        yield from listed(said, separator="\n", at_most=60, of=found.missing.number)
    yield from _unserved(found)


def _unserved(found: Details) -> Iterator[Block]:
    """Who had not had it when it was over."""
    if found.unserved.number:
        yield section(_W.UNSERVED)
        yield from _names(found.unserved, at_most=20)


def _name(each: MissingReader) -> str:
    return escape(each.name) + ("" if each.is_here else _W.HAS_LEFT)


def _unreached(found: Names) -> Iterator[Block]:
    if found.number:
        yield section(one_or(found.number, "", _W.UNREACHED_ONE, _W.UNREACHED))
        yield from _names(found, at_most=_UNREACHED_SECTIONS)


def _names(found: Names, *, at_most: int) -> Iterator[Block]:
    return listed([escape(name) for name in found.names], at_most=at_most, of=found.number)


def _deeds(found: Details) -> Iterator[Block]:
    one = found.line.announcement
    if found.may_answer:
        yield button(_W.APPROVE, Action.APPROVE_ANNOUNCEMENT, value=ref_of(one), style="primary")
        yield button(_W.REFUSE, Action.REFUSE_ANNOUNCEMENT, value=ref_of(one))
    if found.may_go_as_important:
        yield button(_W.SEND_IMPORTANT, Action.SEND_AS_IMPORTANT, value=one.id)
    if _has_somebody_to_nudge(found):
        yield button(_W.NUDGE, Action.NUDGE_READERS, value=one.id)
    if one.is_open and not one.corrects:
        yield button(_W.EDIT, Action.EDIT_ANNOUNCEMENT, value=ref_of(one))
    if one.state is State.SENT:
        yield button(_W.CORRECT, Action.CORRECT_ANNOUNCEMENT, value=ref_of(one))
        asked = sure(_W.RETRACT_ASK, _W.RETRACT_SURE, _W.RETRACT)
        yield button(_W.RETRACT, Action.RETRACT_ANNOUNCEMENT, value=one.id, confirm=asked)
    if one.state in (State.PLANNED, State.WAITING):
        asked = sure(_W.CALL_OFF_ASK, _W.CALL_OFF_SURE, _W.CALL_OFF)
        yield button(_W.CALL_OFF, Action.RETRACT_ANNOUNCEMENT, value=one.id, confirm=asked)
    copy = _W.USE_TEMPLATE if one.state is State.TEMPLATE else _W.DUPLICATE
    yield button(copy, Action.DUPLICATE_ANNOUNCEMENT, value=one.id)
    if one.state is not State.TEMPLATE:
        yield button(_W.AS_TEMPLATE, Action.KEEP_TEMPLATE, value=one.id)
    if one.state in (State.DRAFT, State.TEMPLATE):
        asked = sure(_W.DISCARD_ASK, _W.DISCARD_SURE, _W.DISCARD)
        yield button(_W.DISCARD, Action.DISCARD_ANNOUNCEMENT, value=ref_of(one), confirm=asked)
    yield button(texts.trail.TITLE, Action.SEE_TRAIL, value=one.id)


def _has_somebody_to_nudge(found: Details) -> bool:
    one, line = found.line.announcement, found.line
    return one.state is State.SENT and one.needs_ack and not found.is_over and line.acknowledged < line.readers


def _reached_words(reached: Mapping[int, float | None]) -> str:
    """How long it took until each share of them had; shares that were not reached are not told one by one."""
    said = [
        _W.REACHED.format(share=_W.SHARES.get(share, f"{share}%"), hours=duration_text(max(1, round(hours * 60))))
        for share, hours in reached.items()
        if hours is not None
    ]
    return " · ".join(said) or _W.REACHED_NEVER
