"""What staff see of deadlines, as modals: names stand here and in no message."""

from collections.abc import Iterator, Sequence

from domain.deadlines import DeadlineState, DueKind, is_last
from domain.ports import Block, View
from handlers import texts
from handlers.ids import Action, Modal
from handlers.views.blocks import (
    DIVIDER,
    actions,
    button,
    context,
    escape,
    escape_title,
    header,
    modal,
    plain,
    quoted,
    section,
)
from handlers.views.deadline_form import short_words
from handlers.views.due import link_words
from handlers.views.listing import listed, unread_words
from handlers.views.pages import turning
from handlers.views.trail import trail_lines
from handlers.views.when import clock_label, day_label, when_plain, when_token
from services.deadlines.facts import Deadline
from services.deadlines.ladders import NUDGE, SNOOZED
from services.deadlines.look import LISTED, Behind, Counted, Details, Met, Overview
from services.deadlines.nudge import Nudged
from services.deadlines.write import AtSite, Preview

_W = texts.deadlines
NAME_SECTIONS, UNREACHABLE_SECTIONS, BEHIND_SECTIONS, MET_SECTIONS, TRAIL_SECTIONS, SITE_SECTIONS = (
    30,
    10,
    30,
    20,
    10,
    5,
)
"""Of each list so many paragraphs at most; what is more is counted."""


def overview_modal(found: Overview, *, zone: str, said: str = "") -> View:
    """The deadlines of a program, the soonest first."""
    blocks = [
        *([section(said)] if said else []),
        actions(
            button(_W.NEW, Action.NEW_DEADLINE, style="primary"),
            button(_W.MINE, Action.OPEN_DUE),
            block_id="deadlines.ways",
        ),
        *_requests(found.waiting),
        *unread_words(found.unread),
        *([_counted(each, zone) for each in found.open] or [section(_W.NONE_FURTHER if found.page else _W.NONE_OPEN)]),
        *_drafts(found.drafts),
        *([header(_W.CLOSED), *(_counted(each, zone) for each in found.closed)] if found.closed else []),
        *([context(_W.MORE)] if found.has_more else []),
        *turning(Action.TURN_DEADLINES, found.page, has_more=found.has_more, block_id="deadlines.turn"),
    ]
    return modal(Modal.DEADLINES, title=_W.TITLE, blocks=blocks, close=texts.forms.CLOSE)


def preview_modal(found: Preview, *, zone: str) -> View:
    """What a draft comes to, before it stands: for whom, when, and how short the notice is."""
    draft, names = found.deadline, [each.name for each in found.readers]
    who = _W.FOR_ONE if len(names) == 1 else _W.FOR
    blocks = [
        *([section(short_words(found.lead_days, found.rule_days, _W.SHORT))] if found.lead_days is not None else []),
        section(f"*{escape_title(draft.text.title)}*\n{_due(draft, zone)}"),
        *_at_sites(found),
        *([quoted(draft.text.words)] if draft.text.words else []),
        *([section(link_words(draft.text.link))] if draft.text.link else []),
        section(who.format(number=len(names))),
        *listed([escape(name) for name in names], at_most=NAME_SECTIONS),
        *_unreachable(found),
        context(f"{_W.REMINDERS.format(ladder=draft.ladder.text)}. {_W.NOT_COMING}"),
        context(_W.IS_TOLD if draft.is_told else _W.IS_NOT_TOLD),
        actions(
            button(_W.CHANGE, Action.CHANGE_DRAFT, value=draft.id),
            button(_W.DISCARD, Action.DISCARD_DEADLINE, value=f"{draft.id}.{draft.version}"),
            block_id="deadline.draft",
        ),
    ]
    return modal(
        Modal.DEADLINE_PREVIEW,
        title=_W.PREVIEW_TITLE,
        blocks=blocks,
        submit=_W.SET,
        close=texts.forms.CLOSE,
        state=f"{draft.id}.{draft.version}",
    )


def details_modal(found: Details, *, zone: str, said: str = "") -> View:
    """One deadline with who has not met it, and what can be done about it."""
    deadline = found.deadline
    counts = _W.MET_OF.format(met=found.number_met, people=found.people)
    behind = _behind(found.behind, zone)
    blocks = [
        *([section(said)] if said else []),
        _stands(deadline, zone, counts),
        *([quoted(deadline.text.words)] if deadline.text.words else []),
        *([section(link_words(deadline.text.link))] if deadline.text.link else []),
        context(_W.REMINDERS.format(ladder=deadline.ladder.text)),
        *_ways(found),
        DIVIDER,
        header(_W.BEHIND),
        *(_named(behind, of=found.number_behind + found.number_left) if behind else [section(_W.NOBODY_BEHIND)]),
        *_of_met([_met(each, zone) for each in found.met], found.number_met),
        header(texts.trail.TITLE),
        *_happened(found, zone),
    ]
    return modal(Modal.DEADLINE, title=_W.TITLE, blocks=blocks, close=texts.forms.BACK, state=deadline.id)


def nudged_words(done: Nudged) -> str:
    """Who gets a message now, and who does not, and why."""
    said = (
        (done.outlook.now, _W.NUDGED_ONE, _W.NUDGED),
        (done.outlook.later, _W.NUDGED_LATER_ONE, _W.NUDGED_LATER),
        (done.outlook.in_digest, _W.NUDGED_DIGEST_ONE, _W.NUDGED_DIGEST),
        (done.spared, _W.NUDGED_SPARED_ONE, _W.NUDGED_SPARED),
    )
    return " ".join(one if number == 1 else several.format(number=number) for number, one, several in said if number)


def left_behind_modal(found: Counted, *, zone: str, said: str = "") -> View:
    """One for a private list whose author has left: numbers without names, and closing it."""
    deadline = found.deadline
    counts = _W.MET_OF.format(met=found.met, people=found.people)
    end = actions(_end(deadline, found.people - found.met), block_id="deadline.ways")
    blocks = [
        *([section(said)] if said else []),
        _stands(deadline, zone, counts),
        *([section(_W.LEFT_BEHIND), end] if deadline.state is DeadlineState.OPEN else []),
    ]
    return modal(Modal.DEADLINE, title=_W.TITLE, blocks=blocks, close=texts.forms.BACK, state=deadline.id)


def _ways(found: Details) -> list[Block]:
    id_, state = found.deadline.id, found.deadline.state
    if state is DeadlineState.CLOSED:
        return [actions(button(_W.REOPEN, Action.REOPEN_DEADLINE, value=id_), block_id="deadline.ways")]
    nudge = [button(_W.NUDGE, Action.NUDGE_BEHIND, value=id_)] if found.number_behind else []
    return [
        actions(
            *nudge,
            button(_W.EXTEND, Action.OPEN_EXTEND, value=id_),
            button(_W.MARK, Action.OPEN_MARK, value=id_),
            button(_W.EDIT, Action.CHANGE_DEADLINE, value=id_),
            _end(found.deadline, found.number_behind),
            block_id="deadline.ways",
        )
    ]


def _end(deadline: Deadline, number_behind: int) -> Block:
    """Ends it once it is said for how many it is still open. "Close" would be what the button of a modal is called."""
    still = _W.END_STILL_ONE if number_behind == 1 else _W.END_STILL.format(number=number_behind)
    sure = {
        "title": plain(_W.END_SURE, 100),
        "text": plain(still if number_behind else _W.END_ALL_MET, 300),
        "confirm": plain(_W.END_YES, 30),
        "deny": plain(_W.END_NO, 30),
    }
    return button(_W.END, Action.CLOSE_DEADLINE, value=deadline.id, style="danger", confirm=sure)


def _requests(waiting: int) -> list[Block]:
    if not waiting:
        return []
    said = _W.REQUESTS_ONE if waiting == 1 else _W.REQUESTS.format(number=waiting)
    if waiting > LISTED:
        said = _W.REQUESTS_MANY.format(number=LISTED)
    return [section(said, accessory=button(_W.SEE_REQUESTS, Action.OPEN_EXTENSIONS))]


def _counted(each: Counted, zone: str) -> Block:
    deadline = each.deadline
    counts = _W.MET_OF.format(met=each.met, people=each.people)
    words = f"*{escape_title(deadline.text.title)}*\n{_due(deadline, zone)}. {counts}."
    return section(words, accessory=button(_W.OPEN, Action.OPEN_DEADLINE, value=deadline.id))


def _drafts(drafts: Sequence[Deadline]) -> list[Block]:
    rows = [
        section(f"*{escape_title(each.text.title)}*", accessory=button(_W.OPEN, Action.OPEN_DRAFT, value=each.id))
        for each in drafts
    ]
    return [header(_W.DRAFTS), *rows] if rows else []


def _stands(deadline: Deadline, zone: str, counts: str) -> Block:
    title = escape_title(deadline.text.title)
    return section(f"*{title}*\n{_due(deadline, zone)}\n{_W.STATES[deadline.state]}. {counts}.")


def _due(deadline: Deadline, zone: str) -> str:
    """When it is due, in the reader's own zone, or by the clocks of each site."""
    if deadline.due.kind is DueKind.PER_SITE:
        day = f"{day_label(deadline.due.day)}, {deadline.due.minute // 60:02}:{deadline.due.minute % 60:02}"
        said = f"{day} {texts.deadlines.KINDS[DueKind.PER_SITE].lower()}"
        return texts.due.DUE.format(when=said)
    at = deadline.due.at(zone)
    if deadline.due.kind is DueKind.ANYWHERE:
        return texts.due.ANYWHERE.format(day=day_label(deadline.due.day), when=when_token(at, zone))
    return texts.due.DUE.format(when=f"{when_token(at, zone)} ({when_plain(at, deadline.due.zone_name)})")


def _at_sites(found: Preview) -> list[Block]:
    if found.deadline.due.kind is not DueKind.PER_SITE:
        return []
    return list(listed([_at_site(each) for each in found.by_site], separator="\n", at_most=SITE_SECTIONS))


def _at_site(found: AtSite) -> str:
    """By the clocks there; of several zones how many, and the first and the last of them."""
    site = escape(found.site) or _W.NO_SITE
    first, *others = dict.fromkeys(clock_label(at, name) for name, at in found.times)
    if not others:
        return _W.AT_SITE.format(site=site, first=first)
    return _W.ZONES_AT_SITE.format(site=site, number=len(found.times), first=first, last=others[-1])


def _unreachable(found: Preview) -> list[Block]:
    names = [escape(each.name) for each in found.unreachable]
    return [section(_W.UNREACHABLE), *listed(names, at_most=UNREACHABLE_SECTIONS)] if names else []


def _of_met(lines: Sequence[str], number: int) -> list[Block]:
    return [header(_W.MET_HEAD), *_lines(lines, MET_SECTIONS, of=number)] if lines else []


def _happened(found: Details, zone: str) -> list[Block]:
    """The newest that happened to it, and the way to all of it where that is more."""
    trail = found.trail
    shown = _lines(trail_lines(trail, zone), TRAIL_SECTIONS, of=trail.number)
    if trail.number <= len(trail.done):
        return shown
    see = button(texts.trail.ALL, Action.SEE_DEADLINE_TRAIL, value=found.deadline.id)
    return [*shown, actions(see, block_id="deadline.trail")]


def _lines(lines: Sequence[str], at_most: int, *, of: int = 0) -> list[Block]:
    return list(listed(lines, separator="\n", at_most=at_most, of=of))


def _named(pieces: Sequence[str], *, of: int) -> Iterator[Block]:
    return listed(pieces, separator="", at_most=BEHIND_SECTIONS, of=of)


def _behind(found: Sequence[Behind], zone: str) -> list[str]:
    """A piece for each person; who has the same times stands under one heading, which begins the first one's piece."""
    groups: dict[str, list[str]] = {}
    for each in found:
        name = escape(each.name) + ("" if each.is_here else _W.HAS_LEFT)
        groups.setdefault(_behind_heading(each, zone), []).append(name)
    pieces = []
    for heading, names in groups.items():
        first, *others = names
        pieces += [f"{each}, " for each in (f"{heading}\n{first}", *others)]
        pieces[-1] = f"{pieces[-1].removesuffix(', ')}\n"
    return pieces


def _behind_heading(each: Behind, zone: str) -> str:
    told = _W.NEVER_TOLD
    if each.told_at is not None:
        told = _W.LAST_TOLD.format(when=when_plain(each.told_at, zone), rung=_rung(each.rung))
    due = when_plain(each.due_at, zone) + (_W.EXTENDED_MARK if each.is_extended else "")
    return _W.BEHIND_HEADING.format(due=due, told=told)


def _rung(name: str) -> str:
    word, _, rest = name.partition(" ")
    if is_last(name):
        return f"{_W.RUNG_LAST}, {rest}"
    special = {NUDGE: _W.RUNG_NUDGE, SNOOZED: _W.RUNG_SNOOZED} | _W.RUNG_NEWS
    return special.get(word, name)


def _met(each: Met, zone: str) -> str:
    proof = f", <{each.proof.replace('&', '&amp;')}|{texts.due.OPEN_LINK.lower()}>" if each.proof else ""
    by = _W.MET_BY.format(name=escape(each.by)) if each.by else ""
    return _W.MET_LINE.format(name=escape(each.name), when=when_plain(each.at, zone), proof=proof, by=by)
