"""The forms with which staff set and change deadlines, and give more time."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from domain.amounts import days_text
from domain.audience import Audience
from domain.deadlines import DEFAULT_LADDER, LINK_MAX, SENTENCE_MAX, WORDS_MAX, DeadlineText, Due, DueKind
from domain.deadlines.rungs import LADDER_MAX
from domain.ports import Block, View
from domain.times import DAY_MINUTES
from handlers import texts
from handlers.ids import Field, Modal
from handlers.ids.choices import MET, NEWCOMERS, NOT_MET, PROOF, TELL, Pass
from handlers.ids.fields import day_field, pass_field
from handlers.views.asking import asked_first
from handlers.views.audience import audience_fields, people_menu
from handlers.views.blocks import (
    context,
    date_input,
    escape,
    escape_title,
    field,
    modal,
    section,
    text_input,
    time_input,
)
from handlers.views.listing import listed
from handlers.views.menus import Choice, checkboxes, radio
from handlers.views.moments import moment_fields
from handlers.views.when import when_token
from services.audiences.options import AudienceOptions
from services.deadlines.facts import Deadline
from services.deadlines.regrouping import Foreseen

_W = texts.deadlines
NAME_SECTIONS = 20
"""Of each list so many paragraphs at most; what is more is counted."""


def deadline_form(found: Deadline | None, options: AudienceOptions, *, zone: str, accounts: Sequence[str] = ()) -> View:
    """The form for a new one, or for a draft with what it says."""
    audience = Audience() if found is None else found.audience
    blocks = [
        *_text_fields(None if found is None else found.text),
        *_due_fields(None if found is None else found.due, zone),
        _rungs(DEFAULT_LADDER.text if found is None else found.ladder.text),
        *audience_fields(options, audience, accounts=accounts),
        _options(found),
    ]
    return modal(
        Modal.DEADLINE_FORM,
        title=_W.FORM_TITLE,
        blocks=blocks,
        submit=_W.CONTINUE,
        close=texts.forms.BACK,
        state="" if found is None else f"{found.id}.{found.version}",
    )


def change_form(found: Deadline, options: AudienceOptions, *, zone: str, accounts: Sequence[str] = ()) -> View:
    """The form for one that stands. Whom it is for can be changed as far as it is no list, and nobody was behind."""
    proof = checkboxes(
        Field.VALUE, [Choice(text=_W.NEEDS_PROOF, value=PROOF)], initial=[PROOF] if found.needs_proof else []
    )
    blocks = [
        *_text_fields(found.text),
        *_due_fields(found.due, zone),
        _rungs(found.ladder.text),
        *_regrouping(found, options, accounts),
        field(Field.OPTIONS, _W.OPTIONS, proof, optional=True),
    ]
    return modal(
        Modal.DEADLINE_CHANGE,
        title=_W.FORM_TITLE,
        blocks=blocks,
        submit=_W.SAVE,
        close=texts.forms.BACK,
        state=f"{found.id}.{found.version}",
    )


def look_first(view: Mapping[str, Any], seen: Foreseen, *, zone: str) -> View:
    """The same form as it was sent, with what it comes to: how short the notice is, who would come and who would go."""
    blocks = [
        section(_W.LOOK_FIRST),
        *_moved(seen, zone),
        *_named(seen.joining, _W.WOULD_JOIN_ONE, _W.WOULD_JOIN),
        *_named(seen.leaving, _W.WOULD_LEAVE_ONE, _W.WOULD_LEAVE),
    ]
    cause = Field.WHO if seen.notice is None else Field.DUE
    return asked_first(view, blocks, key=seen.key, label=_W.SURE, yes=_W.SURE_YES, behind=cause)


def told_words(seen: Foreseen) -> str:
    """How many hear at once of another time, unless that stays, and when those hear of it for whom it is new."""
    is_moved = seen.notice is not None
    said = (
        (seen.told if is_moved else 0, _W.TOLD_NOW_ONE, _W.TOLD_NOW),
        (seen.newly_told, _W.NEWLY_TOLD_ONE, _W.NEWLY_TOLD),
        (seen.newly_later, _W.NEWLY_LATER_ONE, _W.NEWLY_LATER),
    )
    words = [one if number == 1 else more.format(number=number) for number, one, more in said if number]
    if is_moved and seen.stays and not seen.told:
        words.insert(0, _W.TOLD_NOBODY)
    return " ".join(words)


def _moved(seen: Foreseen, zone: str) -> list[Block]:
    if seen.notice is None:
        return [section(told_words(seen))] if seen.joining else []
    notice = seen.notice
    words = [_W.MOVED_TO.format(when=when_token(notice.first, zone))]
    if told := told_words(seen):
        words.append(told)
    if notice.lead_days is not None:
        words.insert(0, short_words(notice.lead_days, notice.rule_days, _W.SHORT_CHANGE))
    return [section("\n".join(words))]


def short_words(days: int, rule: int, said: str) -> str:
    """How short the notice is beside the program's rule."""
    ahead = days_text(days) if days else _W.LESS_THAN_A_DAY
    return said.format(days=ahead, rule=days_text(rule))


def _named(names: Sequence[str], one: str, several: str) -> list[Block]:
    if not names:
        return []
    said = one if len(names) == 1 else several.format(number=len(names))
    return [section(said), *listed([escape(each) for each in names], at_most=NAME_SECTIONS)]


def extend_form(found: Deadline, *, zone: str) -> View:
    """Asks who gets more time, and until when."""
    blocks = [
        section(f"*{escape_title(found.text.title)}*"),
        field(Field.PEOPLE, _W.EXTEND_WHO, people_menu(), optional=True, hint=_W.EXTEND_WHO_HINT),
        *moment_fields(Field.DUE, zone=zone, day_label=_W.EXTEND_UNTIL),
    ]
    return modal(
        Modal.DEADLINE_EXTEND,
        title=_W.EXTEND_TITLE,
        blocks=blocks,
        submit=_W.SAVE,
        close=texts.forms.BACK,
        state=found.id,
    )


def mark_form(found: Deadline) -> View:
    """Asks who has met it, or has not after all."""
    choices = [Choice(text=_W.MARK_MET, value=MET), Choice(text=_W.MARK_NOT_MET, value=NOT_MET)]
    blocks = [
        section(f"*{escape_title(found.text.title)}*"),
        field(Field.PEOPLE, _W.MARK_WHO, people_menu()),
        field(Field.OUTCOME, _W.MARK_AS, radio(Field.VALUE, choices, initial=MET)),
    ]
    return modal(
        Modal.DEADLINE_MARK,
        title=_W.MARK_TITLE,
        blocks=blocks,
        submit=_W.SAVE,
        close=texts.forms.BACK,
        state=found.id,
    )


def grant_form(request_id: str, until: datetime, *, zone: str) -> View:
    """Asks until when, beginning with what was asked for."""
    return modal(
        Modal.EXTENSION_GRANT,
        title=_W.GRANT_TITLE,
        blocks=moment_fields(Field.DUE, zone=zone, day_label=_W.GRANT_UNTIL, initial=until),
        submit=_W.GRANT,
        close=texts.forms.BACK,
        state=request_id,
    )


def refuse_form(request_id: str) -> View:
    """Asks for a sentence."""
    element = text_input(Field.VALUE, multiline=True, at_most=SENTENCE_MAX)
    blocks = [field(Field.ANSWER, _W.REFUSE_ANSWER, element, hint=_W.REFUSE_HINT)]
    return modal(
        Modal.EXTENSION_REFUSE,
        title=_W.REFUSE_TITLE,
        blocks=blocks,
        submit=_W.REFUSE,
        close=texts.forms.BACK,
        state=request_id,
    )


def _text_fields(text: DeadlineText | None) -> list[Block]:
    said = text or DeadlineText(title="-")
    title = text_input(Field.VALUE, initial=said.title if text else "")
    words = text_input(Field.VALUE, initial=said.words, multiline=True, at_most=WORDS_MAX)
    link = text_input(Field.VALUE, initial=said.link, placeholder="https://", at_most=LINK_MAX)
    return [
        field(Field.TITLE, _W.NAME, title, hint=_W.NAME_HINT),
        field(Field.WORDS, _W.WORDS, words, optional=True, hint=_W.WORDS_HINT),
        field(Field.LINK, _W.LINK, link, optional=True, hint=_W.LINK_HINT),
    ]


def _due_fields(due: Due | None, zone: str) -> list[Block]:
    kinds = [Choice(text=text, value=kind.value) for kind, text in _W.KINDS.items()]
    kind = DueKind.INSTANT if due is None else due.kind
    has_time = due is not None and due.minute < DAY_MINUTES
    minute = due.minute if due is not None and has_time else 0
    named = due.zone_name if due is not None and due.kind is DueKind.INSTANT else zone
    day = date_input(Field.VALUE, initial="" if due is None else due.day.isoformat())
    clock = time_input(Field.VALUE, initial=f"{minute // 60:02}:{minute % 60:02}" if has_time else "")
    blocks = [
        field(Field.DUE_KIND, _W.KIND, radio(Field.VALUE, kinds, initial=kind.value)),
        field(day_field(Field.DUE), _W.DAY, day),
        field(Field.DUE, _W.TIME, clock, optional=True, hint=_W.TIME_HINT),
        field(Field.ZONE, _W.ZONE, text_input(Field.VALUE, initial=named), optional=True, hint=_W.ZONE_HINT),
    ]
    if due is not None and due.is_second is not None:
        blocks.insert(3, _which(is_second=due.is_second))
    return blocks


def _which(*, is_second: bool) -> Block:
    """Which pass is meant of a time that happens twice, as it was said before."""
    words = texts.moments
    choices = [
        Choice(text=words.FIRST.format(name="1"), value=Pass.FIRST),
        Choice(text=words.SECOND.format(name="2"), value=Pass.SECOND),
    ]
    chosen = Pass.SECOND if is_second else Pass.FIRST
    return field(pass_field(Field.DUE), words.WHICH, radio(Field.VALUE, choices, initial=chosen))


def _rungs(ladder: str) -> Block:
    element = text_input(Field.VALUE, initial=ladder, at_most=LADDER_MAX)
    return field(Field.RUNGS, _W.RUNGS, element, hint=_W.RUNGS_HINT)


def _regrouping(found: Deadline, options: AudienceOptions, accounts: Sequence[str]) -> list[Block]:
    if not found.audience.can_change:
        return [context(_W.AUDIENCE_STAYS)]
    open_ones = replace(options, announcements=(), deadlines=(), lists=())
    return audience_fields(open_ones, found.audience, accounts=accounts)


def _options(found: Deadline | None) -> Block:
    chosen = {
        TELL: found is None or found.is_told,
        NEWCOMERS: found is None or found.takes_newcomers,
        PROOF: found is not None and found.needs_proof,
    }
    labels = {TELL: _W.TELL, NEWCOMERS: _W.NEWCOMERS, PROOF: _W.NEEDS_PROOF}
    choices = [Choice(text=text, value=value) for value, text in labels.items()]
    initial = [value for value, is_on in chosen.items() if is_on]
    return field(Field.OPTIONS, _W.OPTIONS, checkboxes(Field.VALUE, choices, initial=initial), optional=True)
