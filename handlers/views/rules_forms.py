"""The forms with which staff change the rules. Each carries the version that was seen, and of a kind its key."""

from collections.abc import Sequence

from domain.kinds import SessionKind
from domain.office_hours import OFFICE_HOURS
from domain.people import Person
from domain.ports import Block, View
from domain.rules import FairShares, Phase, ProgramRules
from domain.rules.text import format_closed, stretch_text
from domain.rules.values import CONTACTS_MAX
from handlers import texts
from handlers.ids import Field, Modal
from handlers.ids.choices import NO, YES
from handlers.parse.program import CLOSED_MAX, PHASE_LINE_MAX, PHASES_MAX, phase_field, without_field
from handlers.parse.rule_fields import SETTING_MAX, written
from handlers.parse.weights import WEIGHTS_MAX, weights_field, weights_texts
from handlers.texts.rule_fields import FAIR_FIELDS, How, RuleField, kind_fields
from handlers.texts.rule_groups import RuleGroup
from handlers.views.blocks import context, field, modal, section, text_input, time_input
from handlers.views.menus import Choice, multi_select, radio, select

EMPTY_PHASES = 2
"""Pairs of fields for phases that there are not yet."""


def kind_form(kind: SessionKind, *, version: int) -> View:
    """Everything that staff can set of a kind and that brings anything about."""
    blocks = [section(f"*{texts.kinds.LABELS[kind.key]}*"), *_settings(kind_fields(kind), kind)]
    return _form(Modal.KIND_RULES, texts.program.KINDS, blocks, state=f"{kind.key}.{version}")


def closed_form(rules: ProgramRules, *, version: int) -> View:
    """All closed days, those that have passed too."""
    element = text_input(Field.VALUE, initial=format_closed(rules.closed), multiline=True, at_most=CLOSED_MAX)
    blocks = [field(Field.CLOSED, texts.program.CLOSED_LABEL, element, optional=True, hint=texts.program.CLOSED_HINT)]
    return _form(Modal.CLOSED_DAYS, texts.program.CLOSED, blocks, state=str(version))


def phases_form(rules: ProgramRules, *, version: int) -> View:
    """A line and a menu for each phase, and for some more."""
    number = min(len(rules.phases) + EMPTY_PHASES, max(PHASES_MAX, len(rules.phases)))
    phases: list[Phase | None] = [*rules.phases, *[None] * (number - len(rules.phases))]
    pairs = [block for at, phase in enumerate(phases) for block in _phase(at, phase, rules)]
    full = [context(texts.program.PHASES_FULL.format(number=PHASES_MAX))] if number == len(rules.phases) else []
    blocks = [context(texts.program.PHASES_INTRO), *pairs, *full]
    return _form(Modal.PHASES, texts.program.PHASES, blocks, state=str(version))


def fair_form(fair: FairShares, *, version: int) -> View:
    """The numbers of sharing fairly."""
    return _form(Modal.FAIR_SHARES, texts.program.FAIR, _settings(FAIR_FIELDS, fair), state=str(version))


def shares_form(rules: ProgramRules, support: Sequence[Person], *, version: int) -> View:
    """Everybody in support with their share of the load, and how far ahead somebody may be."""
    shares = [
        field(
            weights_field(number),
            texts.program.SHARES_LABEL_MORE if number else texts.program.SHARES_LABEL,
            text_input(Field.VALUE, initial=shown, multiline=True, at_most=WEIGHTS_MAX),
            optional=True,
            hint=texts.program.SHARES_HINT,
        )
        for number, shown in enumerate(weights_texts(support, rules.weights))
    ]
    lead = text_input(Field.VALUE, initial=str(rules.lead_limit or texts.program.LEAD_ZERO), at_most=SETTING_MAX)
    blocks = [*shares, field(Field.LEAD_LIMIT, texts.program.LEAD_LABEL, lead, hint=texts.program.LEAD_HINT)]
    return _form(Modal.LOAD_SHARES, texts.program.SHARES, blocks, state=str(version))


def contacts_form(contacts: str, *, version: int) -> View:
    """What scholars read when it is urgent."""
    element = text_input(Field.VALUE, initial=contacts, multiline=True, at_most=CONTACTS_MAX)
    blocks = [
        field(Field.CONTACTS, texts.program.CONTACTS_LABEL, element, optional=True, hint=texts.program.CONTACTS_HINT)
    ]
    return _form(Modal.CONTACTS, texts.program.CONTACTS, blocks, state=str(version))


def group_form(group: RuleGroup, rules: ProgramRules, *, version: int) -> View:
    """A part of the rules that is a handful of settings."""
    blocks = _settings(group.fields, getattr(rules, group.key))
    return _form(Modal.RULE_GROUP, group.title, blocks, state=f"{group.key}.{version}")


def _form(callback: Modal, title: str, blocks: Sequence[Block], *, state: str) -> View:
    return modal(callback, title=title, blocks=blocks, submit=texts.program.SAVE, close=texts.forms.BACK, state=state)


def _settings(fields: Sequence[RuleField], values: object) -> list[Block]:
    return [field(each.name, each.label, _element(each, getattr(values, each.name)), hint=each.hint) for each in fields]


def _element(setting: RuleField, value: int) -> Block:
    initial = written(setting, value)
    if setting.how is How.YES_NO:
        choices = [Choice(text=texts.program.YES, value=YES), Choice(text=texts.program.NO, value=NO)]
        return radio(Field.VALUE, choices, initial=initial)
    if setting.how is How.TIME:
        return time_input(Field.VALUE, initial=initial)
    if setting.how is How.WEEKDAY:
        days = [Choice(text=name, value=name) for name in texts.attention.DAYS]
        return select(Field.VALUE, days, placeholder=setting.label, initial=initial)
    return text_input(Field.VALUE, initial=initial, at_most=SETTING_MAX)


def _phase(number: int, phase: Phase | None, rules: ProgramRules) -> list[Block]:
    line = stretch_text(phase.name, phase.days) if phase else ""
    keys = (*(kind.key for kind in rules.kinds), OFFICE_HOURS)
    kinds = [Choice(text=texts.kinds.OFFERED[key], value=key) for key in keys]
    menu = multi_select(
        Field.VALUE,
        kinds,
        placeholder=texts.program.WITHOUT_PLACEHOLDER,
        initial=phase.without if phase else (),
    )
    typed = text_input(Field.VALUE, initial=line, at_most=PHASE_LINE_MAX)
    label = texts.program.PHASE.format(number=number + 1)
    return [
        field(phase_field(number), label, typed, optional=True, hint=texts.program.PHASE_HINT),
        field(without_field(number), texts.program.WITHOUT, menu, optional=True),
    ]
