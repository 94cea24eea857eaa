"""What changed between two versions of the rules, in words: "Community manager: length 45 min → 30 min"."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any

from domain.rules import ClosedDays, Phase, ProgramRules
from domain.rules.text import dates_text, stretch_text
from handlers import texts
from handlers.ids.choices import NO, YES
from handlers.parse.rule_fields import written
from handlers.texts.rule_fields import FAIR_FIELDS, RuleField, every_kind_field
from handlers.texts.rule_groups import GROUPS
from handlers.views.blocks import clip

CONTACTS_SHOWN = 400


def change_lines(before: ProgramRules, after: ProgramRules, names: Mapping[str, str]) -> list[str]:
    """A line for each thing that differs, unescaped. `names` are those of people by id; others have left."""
    return [
        *_kinds(before, after),
        *_closed(before.closed, after.closed),
        *_phases(before.phases, after.phases),
        *_settings(texts.program.FAIR, FAIR_FIELDS, before.fair, after.fair),
        *_weights(before, after, names),
        *_lead(before.lead_limit, after.lead_limit),
        *_stand_ins(before, after, names),
        *_contacts(before.contacts, after.contacts),
        *_of_groups(before, after),
    ]


def _kinds(before: ProgramRules, after: ProgramRules) -> Iterator[str]:
    was = {kind.key: kind for kind in before.kinds}
    for kind in after.kinds:
        if kind.key in was:
            yield from _settings(texts.kinds.LABELS[kind.key], every_kind_field(kind), was[kind.key], kind)


def _of_groups(before: ProgramRules, after: ProgramRules) -> Iterator[str]:
    for group in GROUPS:
        yield from _settings(group.title, group.fields, getattr(before, group.key), getattr(after, group.key))


def _settings(what: str, fields: Iterable[RuleField], before: Any, after: Any) -> Iterator[str]:
    for field in fields:
        old, new = getattr(before, field.name), getattr(after, field.name)
        if old != new:
            label = f"{what}: {field.label[0].lower()}{field.label[1:]}"
            yield _was(label, _shown(field, old), _shown(field, new))


def _shown(field: RuleField, value: int) -> str:
    text = written(field, value)
    return {YES: texts.program.YES.lower(), NO: texts.program.NO.lower()}.get(text, text)


def _closed(before: Sequence[ClosedDays], after: Sequence[ClosedDays]) -> Iterator[str]:
    for words, here, there in ((texts.program.REMOVED, before, after), (texts.program.ADDED, after, before)):
        for each in here:
            if each not in there:
                yield words.format(what=texts.program.CLOSED, line=stretch_text(each.name, each.days))


def _phases(before: Sequence[Phase], after: Sequence[Phase]) -> Iterator[str]:
    was, now = ({phase.name: phase for phase in phases} for phases in (before, after))
    for name in dict.fromkeys([*was, *now]):
        old, new = was.get(name), now.get(name)
        if old is None and new is not None:
            yield texts.program.ADDED.format(what=texts.program.PHASES, line=_phase(new))
        elif new is None and old is not None:
            yield texts.program.REMOVED.format(what=texts.program.PHASES, line=_phase(old))
        elif old is not None and new is not None and old != new:
            yield _was(f"{texts.program.PHASES}: {name}", _stretch(old), _stretch(new))


def _phase(phase: Phase) -> str:
    return f"{stretch_text(phase.name, phase.days)} ({_offered(phase)})"


def _stretch(phase: Phase) -> str:
    return f"{dates_text(phase.days)} ({_offered(phase)})"


def _offered(phase: Phase) -> str:
    kinds = ", ".join(texts.kinds.OFFERED[key] for key in phase.without)
    return texts.program.PHASE_WITHOUT.format(kinds=kinds) if kinds else texts.program.OFFERED_ALL


def _weights(before: ProgramRules, after: ProgramRules, names: Mapping[str, str]) -> Iterator[str]:
    for person_id in dict.fromkeys([*before.weights, *after.weights]):
        old, new = before.weight(person_id), after.weight(person_id)
        if old != new:
            name = names.get(person_id, texts.program.SOMEBODY)
            yield _was(f"{texts.program.SHARES}: {name}", f"{old}%", f"{new}%")


def _lead(before: int, after: int) -> Iterator[str]:
    if before != after:
        old, new = (str(number or texts.program.LEAD_ZERO) for number in (before, after))
        yield _was(f"{texts.program.SHARES}: {texts.program.LEAD_NAME}", old, new)


def _stand_ins(before: ProgramRules, after: ProgramRules, names: Mapping[str, str]) -> Iterator[str]:
    def called(ids: Iterable[str]) -> str:
        return ", ".join(names.get(each, texts.program.SOMEBODY) for each in ids) or texts.program.NOBODY

    for manager_id in dict.fromkeys([*before.stand_ins, *after.stand_ins]):
        old, new = (set(rules.stand_ins.get(manager_id, ())) for rules in (before, after))
        if old != new:
            what = texts.program.STAND_INS.format(name=called([manager_id]))
            yield _was(what, called(sorted(old)), called(sorted(new)))


def _contacts(before: str, after: str) -> Iterator[str]:
    if before != after:
        old, new = (clip(" ".join(words.split()), CONTACTS_SHOWN) or texts.program.EMPTY for words in (before, after))
        yield _was(f"{texts.program.CONTACTS}:", old, new)


def _was(what: str, before: str, after: str) -> str:
    return texts.program.WAS.format(what=what, before=before, after=after)
