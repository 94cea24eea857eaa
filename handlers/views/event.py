"""One event in detail, and the lists of it that host and staff see. Names of people stand in modals alone."""

from collections.abc import Sequence

from domain.event_answers import Said
from domain.events import PRESS_FROM, Attending
from domain.ports import Block, View
from domain.talks import TALK_TITLE_MAX
from handlers import texts
from handlers.ids import Action, Field, Modal
from handlers.views.blocks import (
    DIVIDER,
    actions,
    button,
    context,
    escape,
    escape_title,
    field,
    header,
    modal,
    section,
    text_input,
)
from handlers.views.event_words import (
    come_words,
    kind_said,
    mine_words,
    past_words,
    run_words,
    speaker_remark,
    talk_stays,
    when_marked,
    where_marked,
)
from handlers.views.events import answer_buttons
from handlers.views.listing import listed
from handlers.views.menus import Choice, checkboxes
from handlers.views.pages import page_from, turn_buttons
from handlers.views.plain_words import words as their_words
from handlers.views.when import when_token
from services.events.attendance import GuestList, NamedGuest
from services.events.look import EventDetails, NamedTalk

TALKS_ON_PAGE = 20
TALK_SECTIONS = 20
"""Of the event itself, which holds some five hundred talks with titles as long as may be."""
NAMES = 10
"""In one paragraph, which holds them however long they are."""
BOXES = 10
"""In one group; Slack takes no more."""


def event_modal(details: EventDetails, *, said: str = "", title: str = "") -> View:
    """Everything about an event and what the reader can do; `said` is what the last press came to."""
    event, plan, zone = details.line.event, details.line.event.plan, details.line.zone
    blocks: list[Block] = [section(said), DIVIDER] if said else []
    blocks += [
        header(plan.title),
        section(f"{kind_said(event)}\n{when_marked(plan, zone)}\n{where_marked(plan, with_link=True)}"),
        *([section(their_words(plan.text))] if plan.text else []),
        *([section(texts.events.BECAUSE.format(reason=their_words(event.reason)))] if event.reason else []),
        section(_host(details)),
        section(_answer_words(details)),
        *_answers(details),
        *_talks(details),
        *_running(details),
    ]
    return modal(Modal.EVENT, title=title or texts.events.TITLE, blocks=blocks, close=texts.forms.CLOSE, state=event.id)


def talk_form(details: EventDetails, *, mine: str = "") -> View:
    """To sign up for a talk, or give it another title; the form says who reads it."""
    plan = details.line.event.plan
    is_full = len(details.talks) >= plan.talk_slots and not mine
    blocks = [
        section(f"*{escape_title(plan.title)}*"),
        context(texts.events.TALK_PUBLIC.format(minutes=plan.talk_minutes)),
        *([context(texts.events.TALK_FULL)] if is_full else []),
        field(Field.TALK, texts.events.TALK_FIELD, text_input(Field.VALUE, initial=mine, at_most=TALK_TITLE_MAX)),
    ]
    return modal(
        Modal.TALK,
        title=texts.events.TALK_TITLE,
        blocks=blocks,
        submit=texts.events.TALK_SIGN_UP,
        close=texts.forms.BACK,
        state=details.line.event.id,
    )


def talks_modal(details: EventDetails, *, page: int = 0) -> View:
    """A page of the talks in order, for who runs the event, each with the buttons that raise or remove it."""
    event_id = details.line.event.id
    shown = page_from(details.talks, page, TALKS_ON_PAGE)
    blocks: list[Block] = []
    for number, each in enumerate(shown.items, shown.first + 1):
        value = f"{event_id}.{each.talk.person_id}"
        raise_it = [button(texts.events.TALK_UP, Action.RAISE_TALK, value=value)] if number > 1 else []
        off = button(texts.events.TALK_OFF, Action.REMOVE_TALK, value=value)
        blocks += [section(_talk(number, each)), actions(*raise_it, off, block_id=f"talk.{number}")]
    turns = turn_buttons(Action.TURN_TALKS, shown.number, shown.pages, value=event_id)
    return modal(
        Modal.TALKS,
        title=texts.events.TALKS_TITLE,
        blocks=[
            *(blocks or [section(texts.events.TALKS_NONE)]),
            *([actions(*turns, block_id="talks.turn")] if turns else []),
        ],
        close=texts.forms.BACK,
        state=f"{event_id}.{shown.number}",
    )


def guests_modal(found: GuestList) -> View:
    """Who comes, waits, has said maybe or no, and who was there or speaks without having answered."""
    silent = [each for each in found.guests if each.guest.said is Said.NOTHING and not each.guest.waits_for]
    groups = {
        texts.events.COMING: [each for each in found.guests if each.guest.has_yes],
        texts.events.WAITING: [each for each in found.guests if not each.guest.has_yes and each.guest.waits_for],
        texts.events.MAYBES: [each for each in found.guests if each.guest.said is Said.MAYBE],
        texts.events.NOES: [each for each in found.guests if each.guest.said is Said.NO],
        texts.events.SILENT: [each for each in silent if each.guest.came_way is not None],
        texts.events.SPEAKING: [each for each in silent if each.guest.came_way is None],
    }
    blocks: list[Block] = [
        section(f"*{name}*\n" + "\n".join(map(_guest, each[at : at + NAMES])))
        for name, each in groups.items()
        for at in range(0, len(each), NAMES)
    ]
    shown = blocks or [section(texts.events.NOBODY)]
    turning = _turn(Action.TURN_GUESTS, found)
    return modal(Modal.GUESTS, title=texts.events.GUESTS_TITLE, blocks=[*shown, *turning], close=texts.forms.BACK)


def attendance_form(found: GuestList, *, said: str = "") -> View:
    """A page of those who may be ticked, with those ticked who were there."""
    page = texts.forms.PAGE.format(page=found.page + 1, pages=found.pages) if found.pages > 1 else ""
    blocks: list[Block] = [section(said)] if said else []
    blocks.append(section(texts.events.ATTENDANCE_INTRO.format(page=page).strip()))
    others = [] if found.has_silent else [context(texts.events.ATTENDANCE_OTHERS)]
    blocks += others
    groups = [found.guests[at : at + BOXES] for at in range(0, len(found.guests), BOXES)]
    blocks += [_boxes(found, number, group) for number, group in enumerate(groups)]
    if not groups:
        nobody = [section(texts.events.NOBODY), *others]
        return modal(Modal.GUESTS, title=texts.events.GUESTS_TITLE, blocks=nobody)
    blocks += _turn(Action.TURN_ATTENDANCE, found)
    return modal(
        Modal.ATTENDANCE,
        title=texts.events.ATTENDANCE_TITLE,
        blocks=blocks,
        submit=texts.events.SAVE,
        close=texts.forms.BACK,
        state=f"{found.event.id}.{found.page}",
    )


def came_field(number: int, page: int) -> str:
    """The block of a group of boxes; of each page its own, so that what was ticked on another does not show."""
    return f"{Field.CAME}.{number}:{page}"


def _boxes(found: GuestList, number: int, group: Sequence[NamedGuest]) -> Block:
    choices = [
        Choice(
            text=texts.events.ATTENDANCE_YES.format(name=each.name) if each.guest.has_yes else each.name,
            value=each.guest.person_id,
        )
        for each in group
    ]
    came = [each.guest.person_id for each in group if each.guest.came_way is not None]
    label = texts.events.ATTENDANCE_GROUP.format(first=group[0].name, last=group[-1].name)
    boxes = checkboxes(Field.VALUE, choices, initial=came)
    return field(came_field(number, found.page), label, boxes, optional=True)


def _turn(action: Action, found: GuestList) -> list[Block]:
    if found.pages == 1:
        return []
    return [actions(*turn_buttons(action, found.page, found.pages, value=found.event.id), block_id="guests.turn")]


def _guest(each: NamedGuest) -> str:
    guest = each.guest
    way = texts.events.ONLINE if guest.has_yes and guest.way is Attending.REMOTE else ""
    came = texts.events.CAME_REMARK if guest.came_way is not None else ""
    waits = texts.events.WAITS_REMARK[guest.waits_for] if guest.has_yes and guest.waits_for else ""
    said = ", ".join(filter(None, (way, waits, came)))
    return texts.events.GUEST.format(
        name=escape(each.name), remarks=texts.events.REMARKS.format(remarks=said) if said else ""
    )


def _host(details: EventDetails) -> str:
    name = details.host_name
    return texts.events.HOST.format(name=escape(name)) if name else texts.events.HOST_GONE


def _answer_words(details: EventDetails) -> str:
    event, zone = details.line.event, details.line.zone
    plan, words = event.plan, texts.events
    is_over, guest = details.now >= plan.ends, details.line.guest
    mine = mine_words(event, guest, place=details.place_in_line, is_invited=details.line.is_invited, is_over=is_over)
    lines = [f"_{mine}_", _numbers(details, is_over=is_over)]
    if plan.closes is not None and event.takes_answers(details.now):
        closing = words.CLOSES if details.now < plan.closes else words.CLOSED
        lines.append(closing.format(when=when_token(plan.closes, zone)))
    if not details.may_run:
        lines.append(words.HIDDEN)
    return "\n".join(lines)


def _numbers(details: EventDetails, *, is_over: bool) -> str:
    plan = details.line.event.plan
    if is_over:
        return past_words(plan, details.numbers)
    return (run_words if details.may_run else come_words)(plan, details.numbers)


def _answers(details: EventDetails) -> list[Block]:
    line = details.line
    found = answer_buttons(line, details.numbers, details.now)
    if line.guest.has_yes and line.event.takes_answers(details.now):
        found.append(button(texts.events.FILE, Action.EVENT_FILE, value=line.event.id))
    return [actions(*found, block_id=f"event.{line.event.id}")] if found else []


def _talks(details: EventDetails) -> list[Block]:
    event, words = details.line.event, texts.events
    plan = event.plan
    if not plan.talk_slots:
        return []
    taken = sum(each.has_slot for each in details.talks)
    head = words.TALKS.format(taken=taken, slots=plan.talk_slots, minutes=plan.talk_minutes)
    talks = [_talk(number, each) for number, each in enumerate(details.talks, 1)]
    blocks = [DIVIDER, section(head), *listed(talks, separator="\n", at_most=TALK_SECTIONS)]
    stays = talk_stays(details.line.guest) if _mine(details) and event.takes_answers(details.now) else ""
    blocks += [context(stays)] if stays else []
    deeds = _talk_deeds(details) if event.takes_answers(details.now) else []
    return [*blocks, actions(*deeds, block_id="event.talks")] if deeds else blocks


def _talk_deeds(details: EventDetails) -> list[Block]:
    event_id, words = details.line.event.id, texts.events
    is_mine = _mine(details)
    deeds = [button(words.TALK_CHANGE if is_mine else words.TALK_SIGN, Action.OPEN_TALK, value=event_id)]
    if is_mine:
        deeds.append(button(words.TALK_BACK, Action.WITHDRAW_TALK, value=event_id))
    if details.may_run and details.talks:
        deeds.append(button(words.TALK_ORDER, Action.OPEN_TALKS, value=event_id))
    return deeds


def _mine(details: EventDetails) -> bool:
    """Whether the reader has a talk."""
    return any(each.talk.person_id == details.line.guest.person_id for each in details.talks)


def _talk(number: int, each: NamedTalk) -> str:
    words = texts.events.TALK_LINE if each.has_slot else texts.events.TALK_WAITS
    name = escape(each.name) or texts.events.SOMEBODY
    remark = speaker_remark(each.guest) if each.guest and each.name else ""
    return words.format(number=number, title=escape_title(each.talk.title), name=f"{name}{remark}")


def _running(details: EventDetails) -> list[Block]:
    """What host and staff can do."""
    event, words = details.line.event, texts.events
    if not details.may_run:
        return []
    deeds = [
        button(words.GUESTS, Action.OPEN_GUESTS, value=event.id),
        button(texts.trail.TITLE, Action.SEE_EVENT_TRAIL, value=event.id),
    ]
    if event.is_open and details.now >= event.plan.starts - PRESS_FROM:
        deeds.append(button(words.ATTENDANCE, Action.OPEN_ATTENDANCE, value=event.id))
    if event.is_open and details.now < event.plan.ends:
        deeds.append(button(words.EDIT, Action.OPEN_EDIT_EVENT, value=event.id))
        deeds.append(button(words.CALL_OFF, Action.OPEN_CALL_OFF_EVENT, value=event.id, style="danger"))
    if details.is_staff:
        deeds.append(button(words.COPY, Action.OPEN_COPY_EVENT, value=event.id))
        deeds.append(button(words.REPEAT, Action.OPEN_REPEAT_EVENT, value=event.id))
    return [DIVIDER, actions(*deeds, block_id="event.running")]
