"""The events ahead by day in the reader's zone, each with its buttons; and those that are over. Names of nobody."""

from collections.abc import Iterator, Mapping, Sequence
from datetime import datetime
from itertools import groupby

from domain.event_answers import Numbers, Said, seats_left
from domain.events import Attending, EventFormat
from domain.ports import Block, View
from domain.times import zone as zone_of
from handlers import texts
from handlers.ids import Action, Modal
from handlers.views.blocks import DIVIDER, actions, button, context, header, modal, section
from handlers.views.event_words import (
    clock_marked,
    come_words,
    mine_words,
    past_words,
    title_marked,
    when_marked,
    where_marked,
)
from handlers.views.pages import page_from, turn_buttons
from handlers.views.when import day_label
from services.events.look import EventLine, PastEvent

LISTED = 12
"""Events on one page."""
HOME_LISTED = 8
_NOBODY = Numbers(
    yes=dict.fromkeys(Attending, 0), waiting=dict.fromkeys(Attending, 0), came=dict.fromkeys(Attending, 0)
)


def events_modal(
    lines: Sequence[EventLine],
    numbers: Mapping[str, Numbers],
    *,
    now: datetime,
    page: int = 0,
    may_plan: bool = False,
    has_past: bool = False,
    said: str = "",
) -> View:
    """A page of what is ahead, by day, with the reader's answers; `said` is what the last press came to."""
    shown = page_from(lines, page, LISTED)
    blocks: list[Block] = [section(said), DIVIDER] if said else []
    blocks += [*_days(shown.items, numbers, now)] or [section(texts.events.NONE)]
    blocks += [*_turning(shown.number, shown.pages), *_ways(may_plan=may_plan, has_past=has_past)]
    return modal(
        Modal.EVENTS, title=texts.events.TITLE, blocks=blocks, close=texts.forms.CLOSE, state=str(shown.number)
    )


def past_modal(found: Sequence[PastEvent], *, zone: str) -> View:
    """What is over, with how many had said yes and how many came; for host and staff."""
    blocks = [_past_row(each, zone) for each in found] or [section(texts.events.PAST_NONE)]
    return modal(Modal.EVENTS, title=texts.events.PAST, blocks=blocks, close=texts.forms.BACK)


def week_blocks(lines: Sequence[EventLine]) -> list[Block]:
    """Somebody's week at a glance, for their Home tab; nothing where there is nothing."""
    if not lines:
        return []
    more = len(lines) - HOME_LISTED
    rest = [context(texts.events.WEEK_MORE.format(number=more))] if more > 0 else []
    every = actions(button(texts.events.SEE_ALL, Action.OPEN_EVENTS), block_id="home.events")
    return [header(texts.events.WEEK), *map(_week_row, lines[:HOME_LISTED]), *rest, every]


def answer_buttons(line: EventLine, numbers: Numbers, now: datetime) -> list[Block]:
    """What the reader can say to an event just now; what they have said is marked.

    Where every seat is taken a yes is to wait in line, and the button says so; without a line there is none.
    """
    event, guest = line.event, line.guest
    if event.takes_presses(now):
        return [*_here(line), *(_no(line) if event.takes_answers(now) and guest.came_way is None else [])]
    if not event.takes_answers(now):
        return []
    found = []
    if now < event.plan.closes_at or guest.is_coming:
        found += _yes(line, numbers)
        found.append(_choice(texts.events.MAYBE, Action.EVENT_MAYBE, line, is_mine=guest.said is Said.MAYBE))
    return [*found, *(_no(line) if guest.may_come or now < event.plan.closes_at else [])]


def _days(lines: Sequence[EventLine], numbers: Mapping[str, Numbers], now: datetime) -> Iterator[Block]:
    def local(line: EventLine) -> object:
        return line.event.plan.starts.astimezone(zone_of(line.zone)).date()

    for _day, found in groupby(lines, key=local):
        on_day = list(found)
        yield header(day_label(on_day[0].event.plan.starts.astimezone(zone_of(on_day[0].zone))))
        for line in on_day:
            counted = numbers.get(line.event.id, _NOBODY)
            yield section(_words(line, counted, is_over=now >= line.event.plan.ends))
            see = button(texts.events.SEE, Action.OPEN_EVENT, value=line.event.id)
            yield actions(*answer_buttons(line, counted, now), see, block_id=f"event.{line.event.id}")


def _words(line: EventLine, numbers: Numbers, *, is_over: bool) -> str:
    plan = line.event.plan
    where = where_marked(plan)
    come = (past_words if is_over else come_words)(plan, numbers) if line.event.is_open else ""
    mine = mine_words(line.event, line.guest, is_invited=line.is_invited, is_over=is_over)
    lines = (title_marked(line.event), " · ".join((clock_marked(plan, line.zone), where)), f"_{mine}_ {come}".strip())
    return "\n".join(lines)


def _week_row(line: EventLine) -> Block:
    plan = line.event.plan
    mine = mine_words(line.event, line.guest, is_invited=line.is_invited)
    words = f"{title_marked(line.event)}\n{when_marked(plan, line.zone)} · {where_marked(plan)}\n_{mine}_"
    return section(words, accessory=button(texts.events.SEE, Action.OPEN_EVENT, value=line.event.id))


def _past_row(found: PastEvent, zone: str) -> Block:
    plan, numbers = found.event.plan, found.numbers
    text = "\n".join((title_marked(found.event), when_marked(plan, zone), past_words(plan, numbers)))
    return section(text, accessory=button(texts.events.SEE, Action.OPEN_EVENT, value=found.event.id))


_YES = {Attending.ROOM: Action.EVENT_YES, Attending.REMOTE: Action.EVENT_YES_ONLINE}
_WAYS = {
    Attending.ROOM: (texts.events.IN_ROOM, texts.events.WAIT_ROOM),
    Attending.REMOTE: (texts.events.BY_LINK, texts.events.WAIT_ONLINE),
}


def _yes(line: EventLine, numbers: Numbers) -> list[Block]:
    plan, guest = line.event.plan, line.guest
    is_hybrid = plan.format is EventFormat.HYBRID
    found = []
    for way in plan.format.ways:
        is_full = _is_full(line, numbers, way)
        if is_full and not plan.has_waitlist:
            continue
        words = (_WAYS[way] if is_hybrid else (texts.events.YES, texts.events.WAIT))[is_full]
        is_mine = guest.has_yes and guest.way is way if is_hybrid else guest.is_coming
        found.append(_choice(words, _YES[way], line, is_mine=is_mine))
    return found


def _is_full(line: EventLine, numbers: Numbers, way: Attending) -> bool:
    """Whether all seats of a way are taken, and none by the reader."""
    plan, guest = line.event.plan, line.guest
    has_seat = guest.has_yes and guest.way is way
    return not has_seat and seats_left(plan, way, numbers.yes[way]) == 0


def _no(line: EventLine) -> list[Block]:
    only_waits = line.guest.waits_for is not None and not line.guest.has_yes
    words = texts.events.LEAVE_LINE if only_waits else texts.events.NO
    return [_choice(words, Action.EVENT_NO, line, is_mine=line.guest.said is Said.NO)]


def _here(line: EventLine) -> list[Block]:
    """To say that one is there; after that, where there are two ways, that it is by the other one."""
    ways = {Attending.ROOM: Action.EVENT_HERE, Attending.REMOTE: Action.EVENT_HERE_ONLINE}
    came, guest_id = line.guest.came_way, line.guest.person_id
    if came is not None and line.guest.came_by != guest_id:
        return []
    if line.event.plan.format is not EventFormat.HYBRID:
        [way] = line.event.plan.format.ways
        here = button(texts.events.HERE, ways[way], value=line.event.id, style="primary")
        return [] if came is not None else [here]
    words = {Attending.ROOM: texts.events.HERE_IN_ROOM, Attending.REMOTE: texts.events.HERE_ONLINE}
    return [button(words[way], action, value=line.event.id) for way, action in ways.items() if way is not came]


def _choice(text: str, action: Action, line: EventLine, *, is_mine: bool) -> Block:
    return button(text, action, value=line.event.id, style="primary" if is_mine else None)


def _turning(page: int, pages: int) -> list[Block]:
    if pages == 1:
        return []
    words = context(texts.forms.PAGE.format(page=page + 1, pages=pages))
    return [words, actions(*turn_buttons(Action.TURN_EVENTS, page, pages), block_id="events.turn")]


def _ways(*, may_plan: bool, has_past: bool) -> list[Block]:
    found = []
    if may_plan:
        found.append(button(texts.events.PLAN, Action.OPEN_PLAN_EVENT, style="primary"))
    if has_past:
        found.append(button(texts.events.PAST, Action.OPEN_PAST_EVENTS))
    return [DIVIDER, actions(*found, block_id="events.ways")] if found else []
