"""From the forms of `/program` to changes of the rules; all that cannot be read is told at once, each at its field."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from functools import partial
from itertools import count
from operator import attrgetter

from domain.booking import check_length
from domain.errors import DomainError
from domain.kinds import SessionKind
from domain.office_hours import OFFICE_HOURS
from domain.people import Person
from domain.rules import FairShares, InvalidRules, Phase, ProgramRules
from domain.rules.text import format_closed, parse_closed, parse_stretch
from domain.rules.values import CONTACTS_MAX
from handlers import texts
from handlers.ids import Field
from handlers.parse.booking import UnreadableForm, state_of
from handlers.parse.faults import Faults
from handlers.parse.refs import session_ref
from handlers.parse.rule_fields import settings
from handlers.parse.rules import version_seen
from handlers.parse.state import State
from handlers.parse.weights import typed_lead, typed_weights
from handlers.request import Request
from handlers.texts.rule_fields import FAIR_FIELDS, kind_fields
from handlers.texts.rule_groups import BY_KEY, RuleGroup
from services.rules.change import Edit, Part, RulesChange

CLOSED_MAX = 3000
PHASES_MAX = 20
PHASE_LINE_MAX = 200


def kind_key(request: Request) -> str:
    """Of which kind the form is."""
    return session_ref(state_of(request))[0]


def kind_change(request: Request, rules: ProgramRules) -> RulesChange:
    """The form for a kind of session. Raises `Faulty`, `NotFound`, or `UnknownKind` for a kind that there never was."""
    key, seen = session_ref(state_of(request))
    state, faults = _begun(request)
    before = rules.kind(key)
    kind = settings(state, kind_fields(before), before, faults)
    faults.end()
    return _change(request, seen, part=lambda any_rules: any_rules.kind(key), edit=partial(_with_kind, kind=kind))


def closed_change(request: Request) -> RulesChange:
    """The form for closed days. Raises `InvalidRules` or `TextTooLong` at the field."""
    state, _ = _begun(request)
    closed = parse_closed(check_length(state.text(Field.CLOSED), CLOSED_MAX, field=Field.CLOSED), field=Field.CLOSED)
    check_length(format_closed(closed), CLOSED_MAX, field=Field.CLOSED)
    return _change(
        request, _seen(request), part=attrgetter("closed"), edit=lambda newest: replace(newest, closed=closed)
    )


def phases_change(request: Request, rules: ProgramRules) -> RulesChange:
    """The form for phases; a line that was cleared is a phase that is gone. Raises `Faulty`."""
    state, faults = _begun(request)
    known = [*(kind.key for kind in rules.kinds), OFFICE_HOURS]
    read: dict[str, Phase] = {}
    for number in count():
        if not state.has(phase_field(number)):
            break
        phase = faults.read(partial(_phase, state, number, known), otherwise=None)
        if phase:
            read[phase_field(number)] = phase
    for field, fault in _unfit(read).items():
        faults.note(InvalidRules(fault, field=field))
    faults.end()
    phases = tuple(sorted(read.values(), key=lambda phase: phase.days))
    return _change(
        request, _seen(request), part=attrgetter("phases"), edit=lambda newest: replace(newest, phases=phases)
    )


def fair_change(request: Request, rules: ProgramRules) -> RulesChange:
    """The form for fair shares. Raises `Faulty`."""
    state, faults = _begun(request)
    fair: FairShares = settings(state, FAIR_FIELDS, rules.fair, faults)
    faults.end()
    return _change(request, _seen(request), part=attrgetter("fair"), edit=lambda newest: replace(newest, fair=fair))


def shares_change(request: Request, support: Sequence[Person]) -> RulesChange:
    """The form for shares of the load, with the people it lists. Who is not there now keeps theirs. Raises `Faulty`."""
    state, faults = _begun(request)
    weights = typed_weights(state, support, faults)
    lead = faults.read(partial(typed_lead, state), otherwise=0)
    faults.end()
    listed = {person.id for person in support}
    return _change(
        request,
        _seen(request),
        part=attrgetter("weights", "lead_limit"),
        edit=lambda newest: replace(newest, weights=_merged(newest.weights, listed, weights), lead_limit=lead),
    )


def group_pressed(request: Request) -> RuleGroup:
    """The part whose button was pressed. Raises `UnreadableForm` for one unknown."""
    group = BY_KEY.get(request.envelope.pressed)
    if group is None:
        raise UnreadableForm
    return group


def group_change(request: Request, rules: ProgramRules) -> RulesChange:
    """The form for a part that is a handful of settings. Raises `Faulty`, or `UnreadableForm` for a part unknown."""
    key, seen = session_ref(state_of(request))
    group = BY_KEY.get(key)
    if group is None:
        raise UnreadableForm
    state, faults = _begun(request)
    values = settings(state, group.fields, getattr(rules, key), faults)
    faults.end()
    return _change(request, seen, part=attrgetter(key), edit=lambda newest: replace(newest, **{key: values}))


def contacts_change(request: Request) -> RulesChange:
    """The form for emergency contacts. Raises `TextTooLong` or `UnreadableText` at the field."""
    state, _ = _begun(request)
    contacts = check_length(state.text(Field.CONTACTS), CONTACTS_MAX, field=Field.CONTACTS)
    return _change(
        request, _seen(request), part=attrgetter("contacts"), edit=lambda newest: replace(newest, contacts=contacts)
    )


def phase_field(number: int) -> str:
    """The field of a phase's dates and name."""
    return f"{Field.PHASE}.{number}"


def without_field(number: int) -> str:
    """The field of what is not offered in it."""
    return f"{Field.WITHOUT}.{number}"


def _begun(request: Request) -> tuple[State, Faults]:
    return State(request.envelope.view), Faults()


def _seen(request: Request) -> int:
    return version_seen(state_of(request))


def _change(request: Request, seen: int, *, part: Part, edit: Edit) -> RulesChange:
    return RulesChange(seen=seen, part=part, edit=edit, request_key=request.envelope.once_key())


def _with_kind(rules: ProgramRules, kind: SessionKind) -> ProgramRules:
    return replace(rules, kinds=tuple(kind if each.key == kind.key else each for each in rules.kinds))


def _phase(state: State, number: int, known: Sequence[str]) -> Phase | None:
    field = phase_field(number)
    line = check_length(state.text(field), PHASE_LINE_MAX, field=field)
    if not line:
        return None
    without = state.choices(without_field(number))
    if not set(without) <= set(known):
        raise UnreadableForm(field=field)
    try:
        days, name = parse_stretch(line)
        return Phase(name=name, days=days, without=tuple(key for key in known if key in without))
    except DomainError as fault:
        raise InvalidRules(fault.message, field=field) from None


def _unfit(read: Mapping[str, Phase]) -> dict[str, str]:
    """What is wrong between phases, by the field of the later line."""
    faults: dict[str, str] = {}
    above: list[Phase] = []
    for field, phase in read.items():
        for other in above:
            if other.name == phase.name:
                faults[field] = texts.program.PHASE_NAMED_TWICE
            elif phase.days.first <= other.days.last and other.days.first <= phase.days.last:
                faults[field] = texts.program.PHASE_OVERLAPS.format(name=other.name)
        above.append(phase)
    return faults


def _merged(before: Mapping[str, int], listed: set[str], typed: Mapping[str, int]) -> dict[str, int]:
    return {person_id: weight for person_id, weight in before.items() if person_id not in listed} | dict(typed)
