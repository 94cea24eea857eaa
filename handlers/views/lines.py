"""What a helper sees: the line, and the forms to hold office hours, help in them and close them. Modals alone."""

from domain.office_hours import MINUTES_EACH, USUAL_MINUTES, HelpTopic
from domain.places import Place
from domain.ports import Block, View
from handlers import texts
from handlers.ids import Action, Field, Modal
from handlers.parse.hours import PLACE_MAX, place_text
from handlers.views.blocks import (
    DIVIDER,
    actions,
    button,
    context,
    escape,
    escape_title,
    field,
    modal,
    quoted,
    section,
    text_input,
)
from handlers.views.menus import Choice, multi_select, select
from handlers.views.moments import moment_fields, time_field
from handlers.views.office_hours import topic_choices
from handlers.views.when import time_token, when_token
from services.office_hours.commands import HoldOfficeHours
from services.office_hours.facts import HelpersLine, Waiting, With
from services.office_hours.words import Problem

SHOWN = 20
"""The first in line; the rest come into view as these are helped."""
PLANNED_SHOWN = 5
NOT_BEGUN = ".planned"
"""Behind the reference that the form carries where the line had not begun when it was opened."""


def line_modal(line: HelpersLine) -> View:
    """Who waits in order, who is with whom, what the helper has planned else, and what can be done."""
    blocks = [section(_state(line))]
    if line.mine is not None:
        blocks += _mine(line, line.mine)
    blocks += [DIVIDER, *_waiting(line)] if line.is_open or line.waiting else []
    if line.others:
        blocks += [DIVIDER, *(context(_with(each)) for each in line.others[:SHOWN])]
    if line.planned:
        blocks += [DIVIDER, context(_planned(line))]
    blocks += [DIVIDER, actions(*_buttons(line))]
    return modal(Modal.LINE, title=texts.office_hours.LINE_TITLE, blocks=blocks, close=texts.forms.CLOSE)


def hold_form(*, zone: str, place: Place | None, is_planned: bool, minutes: int = USUAL_MINUTES) -> View:
    """From when (only if planned), until when, minutes for each (beginning with `minutes`), topics and place."""
    choices = [
        Choice(text=texts.office_hours.MINUTES_CHOICE.format(minutes=each), value=str(each)) for each in MINUTES_EACH
    ]
    topics = topic_choices(tuple(HelpTopic))
    start = moment_fields(Field.START, zone=zone, time_label=texts.office_hours.START)
    blocks = [
        *(start if is_planned else []),
        *time_field(Field.END, zone=zone, label=texts.office_hours.END),
        field(
            Field.MINUTES,
            texts.office_hours.MINUTES,
            select(Field.VALUE, choices, placeholder=texts.forms.CHOOSE, initial=str(minutes)),
        ),
        field(
            Field.TOPICS,
            texts.office_hours.COVERED,
            multi_select(Field.VALUE, topics, placeholder=texts.forms.CHOOSE),
            optional=True,
            hint=texts.office_hours.COVERED_HINT,
        ),
        _where(place),
    ]
    return modal(
        Modal.HOLD_HOURS,
        title=texts.office_hours.PLAN_TITLE if is_planned else texts.office_hours.OPEN_TITLE,
        blocks=blocks,
        submit=texts.office_hours.PLAN_SUBMIT if is_planned else texts.office_hours.OPEN_SUBMIT,
        close=texts.forms.BACK,
    )


def help_form(place: Place | None, *, state: str) -> View:
    """Where a second helper is found."""
    return modal(
        Modal.HELP_IN_LINE,
        title=texts.office_hours.HELP_TITLE,
        blocks=[_where(place)],
        submit=texts.office_hours.HELP_SUBMIT,
        close=texts.forms.BACK,
        state=state,
    )


def begun_modal(sentence: str, ref: str) -> View:
    """After opening, planning or coming to help: what stands, and the way to the line."""
    see = button(texts.office_hours.SEE_LINE, Action.WATCH_LINE, value=ref, style="primary")
    return modal(
        Modal.LINE, title=texts.office_hours.TITLE, blocks=[section(sentence), actions(see)], close=texts.forms.CLOSE
    )


def held_sentence(command: HoldOfficeHours, zone: str) -> str:
    """That they are open or planned, and from when to when: an end before the beginning was taken as past midnight."""
    ends = when_token(command.ends, zone)
    if command.starts is None:
        return f"{texts.office_hours.OPEN_UNTIL.format(ends=ends)}\n{texts.office_hours.OPENED}"
    planned = texts.office_hours.PLANNED.format(starts=when_token(command.starts, zone), ends=ends)
    return f"{planned}\n{texts.office_hours.PLANNED_DONE}"


def close_form(waiting: int | None, *, state: str) -> View:
    """What closing means for those who wait; before it has begun, None, it is called off."""
    if waiting is None:
        return _call_off_form(state)
    lines = [texts.office_hours.CLOSE_ASK]
    if waiting:
        many = texts.office_hours.CLOSE_ONE if waiting == 1 else texts.office_hours.CLOSE_MANY
        lines.append(many.format(number=waiting))
    return modal(
        Modal.CLOSE_LINE,
        title=texts.office_hours.CLOSE_TITLE,
        blocks=[section("\n".join(lines))],
        submit=texts.office_hours.CLOSE_SUBMIT,
        close=texts.office_hours.CLOSE_KEEP,
        state=state,
    )


def _call_off_form(ref: str) -> View:
    return modal(
        Modal.CLOSE_LINE,
        title=texts.office_hours.CALL_OFF,
        blocks=[section(texts.office_hours.CALL_OFF_ASK)],
        submit=texts.office_hours.CALL_OFF_SUBMIT,
        close=texts.office_hours.CALL_OFF_KEEP,
        state=f"{ref}{NOT_BEGUN}",
    )


def _state(line: HelpersLine) -> str:
    ends = time_token(line.ends, line.zone)
    if line.is_over:
        first = texts.office_hours.LINE_OVER
    elif line.is_open:
        first = texts.office_hours.LINE_OPEN.format(ends=ends, minutes=line.minutes)
    else:
        starts = when_token(line.starts, line.zone)
        first = texts.office_hours.LINE_PLANNED.format(starts=starts, ends=ends, minutes=line.minutes)
    told = [first]
    if line.shut is not None:
        told.append(texts.office_hours.SHUT[line.shut])
    if line.helper_names:
        told.append(texts.office_hours.HELPING_TOO.format(names=escape(", ".join(line.helper_names))))
    return "\n".join(told)


def _planned(line: HelpersLine) -> str:
    when = [
        texts.office_hours.PLANNED.format(
            starts=when_token(each.starts, line.zone), ends=time_token(each.ends, line.zone)
        )
        for each in line.planned[:PLANNED_SHOWN]
    ]
    if len(line.planned) > PLANNED_SHOWN:
        when.append(texts.hours.AND_MORE.format(number=len(line.planned) - PLANNED_SHOWN))
    return texts.office_hours.YOUR_PLANNED.format(when="; ".join(when))


def _mine(line: HelpersLine, mine: With) -> list[Block]:
    problem = mine.problem or Problem(is_unreadable=True)
    said = texts.office_hours.YOU_ARE_WITH.format(
        name=escape_title(mine.name), since=_since(mine.minutes), topic=_topic(problem)
    )
    blocks = [DIVIDER, section(said), *_words(problem)]
    if mine.is_over_time:
        blocks.append(context(texts.office_hours.OVER_TIME.format(minutes=line.minutes)))
    if mine.is_being_asked:
        blocks.append(context(texts.office_hours.BEING_ASKED))
    if line.is_over:
        until = time_token(line.lingers_until, line.zone)
        blocks.append(context(texts.office_hours.YOU_STAY.format(until=until)))
    ref = f"{line.ref}.{mine.ref}"
    buttons = [
        button(texts.office_hours.FINISH, Action.FINISH_WITH, value=ref, style="primary"),
        button(texts.office_hours.NOT_THERE, Action.NOT_THERE, value=ref),
    ]
    if not mine.is_being_asked and not line.is_over:
        buttons.append(button(texts.office_hours.SUGGEST, Action.OPEN_SUGGEST, value=ref))
    return [*blocks, actions(*buttons)]


def _waiting(line: HelpersLine) -> list[Block]:
    if not line.waiting:
        return [section(texts.office_hours.NOBODY_WAITS)]
    rows = [
        block for place, each in enumerate(line.waiting[:SHOWN], 1) for block in _row(line.ref, place, each, line.zone)
    ]
    if len(line.waiting) > SHOWN:
        rows.append(context(texts.office_hours.MORE_WAIT.format(number=SHOWN)))
    return rows


def _row(ref: str, place: int, waiting: Waiting, zone: str) -> list[Block]:
    said = texts.office_hours.WAITING.format(
        place=place,
        name=escape_title(waiting.name),
        joined=time_token(waiting.joined, zone),
        topic=_topic(waiting.problem),
    )
    if waiting.was_called:
        said += texts.office_hours.WAS_CALLED
    if waiting.is_being_asked:
        return [section(f"{said}\n{texts.office_hours.BEING_ASKED}"), *_words(waiting.problem)]
    suggest = button(texts.office_hours.SUGGEST, Action.OPEN_SUGGEST, value=f"{ref}.{waiting.ref}")
    return [section(said, accessory=suggest), *_words(waiting.problem)]


def _topic(problem: Problem) -> str:
    return "" if problem.is_unreadable else problem.topic.label


def _words(problem: Problem) -> list[Block]:
    return [context(texts.office_hours.UNREADABLE)] if problem.is_unreadable else [quoted(problem.line)]


def _with(each: With) -> str:
    if not each.helper_name:
        return texts.office_hours.WITH_SOMEBODY.format(name=escape_title(each.name), since=_since(each.minutes))
    said = texts.office_hours.WITH_A_PEER if each.is_with_peer else texts.office_hours.WITH_HELPER
    return said.format(name=escape_title(each.name), helper=escape(each.helper_name), since=_since(each.minutes))


def _since(minutes: int) -> str:
    if minutes < 1:
        return texts.office_hours.JUST_NOW
    return texts.office_hours.FOR_A_MINUTE if minutes == 1 else texts.office_hours.FOR_MINUTES.format(minutes=minutes)


def _buttons(line: HelpersLine) -> list[Block]:
    buttons = []
    if line.is_open and line.mine is None:
        buttons.append(button(texts.office_hours.NEXT, Action.TAKE_NEXT, value=line.ref, style="primary"))
    buttons.append(button(texts.office_hours.REFRESH, Action.WATCH_LINE, value=line.ref))
    buttons.append(button(texts.office_hours.SEE_ALL, Action.LIST_LINES))
    if line.helper_names and line.mine is None:
        buttons.append(button(texts.office_hours.STEP_OUT, Action.STEP_OUT, value=line.ref))
    if not line.is_over:
        ends = texts.office_hours.CLOSE_LINE if line.is_open else texts.office_hours.CALL_OFF
        buttons.append(button(ends, Action.OPEN_CLOSE, value=line.ref, style="danger"))
    return buttons


def _where(place: Place | None) -> Block:
    typed = text_input(Field.VALUE, initial=place_text(place), at_most=PLACE_MAX)
    return field(Field.PLACE, texts.office_hours.WHERE, typed, hint=texts.office_hours.WHERE_HINT)
