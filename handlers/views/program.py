"""What staff see of their program's rules: all of them at a glance, and who changed what."""

from collections.abc import Iterator, Sequence
from datetime import date

from domain.amounts import days_text, duration_text, sessions_text
from domain.kinds import SessionKind
from domain.people import Role
from domain.ports import Block, View
from domain.rules import ClosedDays, FairShares, Phase, ProgramRules
from domain.rules.settings import has_effect
from domain.rules.text import dates_text, stretch_text
from domain.series import longest_series
from handlers import texts
from handlers.ids import Action, Modal
from handlers.parse.rule_fields import written
from handlers.texts.rule_groups import GROUPS, RuleGroup
from handlers.views.blocks import DIVIDER, actions, button, context, escape, escape_title, modal, section
from handlers.views.listing import first_of, listed
from handlers.views.rule_changes import change_lines
from handlers.views.when import when_token
from services.rules.history import LISTED, Changed, History
from services.rules.overview import Overview
from services.rules.told import Told

LINES_SHOWN = 5
NAMES_SHOWN = 20
CONTACTS_SHOWN = 550
CHANGE_SECTIONS = 2
"""Of one change, which may hold all rules at once; what is more is counted."""


def program_modal(found: Overview, *, today: date) -> View:
    """The rules in force, each part with the button that changes it; what lies before `today` is only counted."""
    rules = found.rules
    blocks = [
        context(texts.program.INTRO),
        *(_kind_row(kind) for kind in rules.kinds),
        DIVIDER,
        _row(texts.program.CLOSED, closed_words(rules.closed, today=today), Action.OPEN_CLOSED_DAYS),
        _row(texts.program.PHASES, _phases_words(rules.phases, today=today), Action.OPEN_PHASES),
        _row(texts.program.FAIR, _fair_words(rules.fair), Action.OPEN_FAIR_SHARES),
        _row(texts.program.SHARES, _shares_words(found), Action.OPEN_LOAD_SHARES),
        _row(texts.program.CONTACTS, _contacts_words(rules.contacts), Action.OPEN_CONTACTS),
        *(_group_row(group, rules) for group in GROUPS),
        section(f"*{texts.program.HOURS}*\n{hours_words(found)}", block_id="rules.hours"),
        actions(button(texts.program.HISTORY_BUTTON, Action.OPEN_RULES_HISTORY), block_id="rules.more"),
    ]
    return modal(Modal.PROGRAM, title=texts.program.TITLE, blocks=blocks, close=texts.forms.CLOSE)


def saved_modal(told: Sequence[Told]) -> View:
    """That it is saved, and what staff should know of it."""
    blocks = [section(texts.program.SAVED), *(section(_effect_words(each)) for each in told)]
    return modal(Modal.NOTICE, title=texts.program.TITLE, blocks=blocks, close=texts.forms.CLOSE)


def _effect_words(told: Told) -> str:
    who = texts.program.WHO.get(told.booked_by, texts.program.WHO[Role.SCHOLAR])
    what = ", ".join(escape(texts.kinds.LABELS.get(name, name)) for name in told.names)
    return texts.program.EFFECTS[told.effect].format(who=who, what=what)


def history_modal(found: History, *, zone: str) -> View:
    """Who changed what from what to what, the newest first, with times in the reader's zone."""
    blocks = [
        block
        for change in found.changes
        for block in listed(_changed_words(change, found, zone=zone), separator="\n", at_most=CHANGE_SECTIONS)
    ]
    if found.has_more:
        blocks.append(context(texts.program.HISTORY_MORE.format(number=LISTED)))
    shown = blocks or [section(texts.program.HISTORY_NONE)]
    return modal(Modal.RULES_HISTORY, title=texts.program.HISTORY, blocks=shown, close=texts.forms.CLOSE)


def kind_words(kind: SessionKind) -> str:
    """The main rules of a kind in one line."""
    words = texts.program
    parts = [
        (words.LENGTH_TO_BEGIN_WITH if kind.has_seats else words.LENGTH).format(
            length=duration_text(kind.length_minutes), step=duration_text(kind.step_minutes)
        ),
        _if(words.BEFORE, kind.buffer_before_minutes, length=duration_text(kind.buffer_before_minutes)),
        _if(words.AFTER, kind.buffer_after_minutes, length=duration_text(kind.buffer_after_minutes)),
        (words.BOOK if kind.notice_minutes else words.BOOK_NO_NOTICE).format(
            notice=duration_text(kind.notice_minutes), horizon=days_text(kind.horizon_days)
        ),
        (words.CANCEL if kind.cancel_notice_minutes else words.CANCEL_ANY_TIME).format(
            notice=duration_text(kind.cancel_notice_minutes)
        ),
        words.OPEN.format(number=kind.open_per_scholar, who=kind.booked_by.value.replace("_", " ")),
        *_of_some_kinds(kind),
    ]
    return f"{'; '.join(filter(None, parts))}."


def _of_some_kinds(kind: SessionKind) -> Iterator[str]:
    """What only counts for some kinds."""
    words, longest = texts.program, longest_series(kind)
    said = {
        "series_max": _if(words.SERIES, longest > 1, number=longest),
        "needs_approval": _if(words.APPROVAL, kind.needs_approval),
        "hold_minutes": words.HOLD.format(length=duration_text(kind.hold_minutes)),
        "is_shared_out": _if(words.SHARED, kind.is_shared_out),
        "per_day": _if(words.PER_DAY, kind.per_day, number=kind.per_day),
        "per_week": _if(words.PER_WEEK, kind.per_week, number=kind.per_week),
        "per_month": _if(words.PER_MONTH, kind.per_month, number=kind.per_month),
    }
    return (text for name, text in said.items() if has_effect(name, kind))


def closed_words(closed: Sequence[ClosedDays], *, today: date) -> str:
    """The next closed days, and how many more there are."""
    ahead = [stretch_text(each.name, each.days) for each in closed if each.days.last >= today]
    return _listed(ahead, passed=len(closed) - len(ahead)) or texts.program.CLOSED_NONE


def hours_words(found: Overview) -> str:
    """Who in support has no hours: about staff, and so for staff."""
    if found.without_hours is None:
        return texts.program.HOURS_UNKNOWN
    if not found.without_hours:
        return texts.program.HOURS_ALL_SET
    names = _names([escape(person.name) for person in found.without_hours])
    return texts.program.HOURS_MISSING.format(names=names)


def _kind_row(kind: SessionKind) -> Block:
    name = f"*{texts.kinds.LABELS[kind.key]}*"
    if not kind.is_offered:
        name = f"{name} {texts.program.NOT_OFFERED}"
    if kind.booked_by is not Role.SCHOLAR:
        name = f"{name} {texts.program.BOOKED_BY.format(role=kind.booked_by.replace('_', ' '))}."
    change = button(texts.program.CHANGE, Action.OPEN_KIND_RULES, value=kind.key)
    return section(f"{name}\n{kind_words(kind)}", block_id=f"rules.kind.{kind.key}", accessory=change)


def _row(name: str, words: str, action: Action) -> Block:
    return section(f"*{name}*\n{words}", block_id=str(action), accessory=button(texts.program.CHANGE, action))


def _group_row(group: RuleGroup, rules: ProgramRules) -> Block:
    change = button(texts.program.CHANGE, Action.OPEN_RULE_GROUP, value=group.key)
    words = f"*{group.title}*\n{_group_words(group, rules)}"
    return section(words, block_id=f"{Action.OPEN_RULE_GROUP}.{group.key}", accessory=change)


def _group_words(group: RuleGroup, rules: ProgramRules) -> str:
    values = getattr(rules, group.key)
    if not getattr(values, "is_offered", True):
        return group.off
    return group.words.format(**{each.name: written(each, getattr(values, each.name)) for each in group.fields})


def _phases_words(phases: Sequence[Phase], *, today: date) -> str:
    ahead = [_phase_words(each) for each in phases if each.days.last >= today]
    return _listed(ahead, passed=len(phases) - len(ahead)) or texts.program.PHASES_NONE


def _phase_words(phase: Phase) -> str:
    kinds = ", ".join(texts.kinds.OFFERED[key] for key in phase.without)
    without = f", {texts.program.PHASE_WITHOUT.format(kinds=kinds)}" if kinds else ""
    return f"{dates_text(phase.days)}: {phase.name}{without}"


def _fair_words(fair: FairShares) -> str:
    words = texts.program
    ahead = duration_text(fair.leftover_hours * 60)
    lines = [
        words.FAIR_WEEK.format(sessions=sessions_text(fair.sessions_a_week), ahead=ahead)
        if fair.sessions_a_week
        else words.FAIR_WEEK_OFF,
        _first_days_words(fair.first_days),
        words.FAIR_INVITE.format(days=days_text(fair.invite_after_days), people=_people(fair.invitations_a_day))
        if fair.invite_after_days
        else words.FAIR_INVITE_OFF,
    ]
    return "\n".join(lines)


def _first_days_words(days: int) -> str:
    if days == 1:
        return texts.program.FAIR_FIRST_DAY
    return texts.program.FAIR_FIRST.format(days=days_text(days)) if days else texts.program.FAIR_FIRST_OFF


def _people(number: int) -> str:
    return texts.program.ONE_PERSON if number == 1 else texts.program.PEOPLE.format(number=number)


def _shares_words(found: Overview) -> str:
    rules: ProgramRules = found.rules
    shares = [
        texts.program.SHARE.format(name=escape(person.name), percent=rules.weights[person.id])
        for person in found.support
        if person.id in rules.weights
    ]
    some = texts.program.SHARES_SOME.format(shares=_names(shares))
    lead = (
        texts.program.LEAD.format(sessions=sessions_text(rules.lead_limit))
        if rules.lead_limit
        else texts.program.LEAD_OFF
    )
    return f"{some if shares else texts.program.SHARES_FULL}\n{lead}"


def _contacts_words(contacts: str) -> str:
    words = contacts if len(contacts) <= CONTACTS_SHOWN else f"{contacts[: CONTACTS_SHOWN - 1]}…"
    return escape(words) or texts.program.CONTACTS_NONE


def _listed(lines: Sequence[str], *, passed: int) -> str:
    """The first lines, how many more there are, and how many have passed; nothing for none at all."""
    shown = first_of([*map(escape, lines)], at_most=LINES_SHOWN, separator="\n")
    return "\n".join([*shown, *([texts.program.PASSED.format(number=passed)] if passed else [])])


def _names(names: Sequence[str]) -> str:
    return ", ".join(first_of(names, at_most=NAMES_SHOWN))


def _if(words: str, holds: int, /, **given: object) -> str:
    return words.format(**given) if holds else ""


def _changed_words(change: Changed, found: History, *, zone: str) -> list[str]:
    name = escape_title(found.names.get(change.by_id, texts.program.SOMEBODY))
    head = texts.program.CHANGED_BY.format(when=when_token(change.at, zone), name=f"*{name}*")
    return [head, *map(escape, change_lines(change.before, change.after, found.names))]
