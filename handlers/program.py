"""Staff see and change the rules of their program; none of it is about a scholar, or needs the confidential store."""

from collections.abc import Callable, Sequence
from datetime import date
from functools import partial

from domain.people import Person
from domain.ports import View
from domain.rules import ProgramRules
from domain.times import zone
from handlers import texts
from handlers.commands import STAFF
from handlers.ids import Action, Command, Modal
from handlers.parse import program as parse
from handlers.parse.refs import known_id
from handlers.reply import Reply, UpdateUnder, over
from handlers.request import Kind, Request
from handlers.router import Handler, Route
from handlers.views import rules_forms as forms
from handlers.views.program import history_modal, program_modal, saved_modal
from services.desk import Desk
from services.rules.change import RulesChange, change_rules
from services.rules.history import history
from services.rules.overview import overview, support_of
from services.rules.told import Told, told_of_closed, told_of_kind, told_of_phases, told_of_sharing

Form = Callable[[Desk, Request, ProgramRules], View]
Read = Callable[[Desk, Request, ProgramRules], RulesChange]


def routes(desk: Desk) -> list[Route]:
    """Everything about the rules; only staff."""
    table: list[tuple[Kind, str, Handler]] = [
        (Kind.COMMAND, Command.PROGRAM, partial(open_program, desk)),
        (Kind.ACTION, Action.OPEN_PROGRAM, partial(open_program, desk)),
        (Kind.ACTION, Action.OPEN_RULES_HISTORY, partial(open_history, desk)),
        (Kind.SUBMISSION, Modal.KIND_RULES, partial(submit_kind, desk)),
        *((Kind.ACTION, action, partial(_open, desk, form)) for action, form in _FORMS.items()),
        *((Kind.SUBMISSION, modal, partial(_submit, desk, read)) for modal, read in _READ.items()),
    ]
    return [
        Route(
            kind=kind,
            id=id_,
            roles=STAFF,
            handler=handler,
            whose=texts.program.WHOSE if kind is Kind.COMMAND else "",
        )
        for kind, id_, handler in table
    ]


def open_program(desk: Desk, request: Request) -> Reply:
    """All rules at a glance."""
    return Reply(screens=(over(request, _shown(desk, request.person)),))


def open_history(desk: Desk, request: Request) -> Reply:
    """Who changed what."""
    view = history_modal(history(desk, request.person), zone=request.person.zone)
    return Reply(screens=(over(request, view),))


def submit_kind(desk: Desk, request: Request) -> Reply:
    """Save the rules of a kind, and say what they bring about."""
    change = parse.kind_change(request, desk.rules.of(request.person))
    rules = change_rules(desk, request.person, change)
    told = told_of_kind(desk, request.person, rules, parse.kind_key(request))
    return Reply(view=saved_modal(told), screens=(_renewed(desk, request.person),))


def _open(desk: Desk, form: Form, request: Request) -> Reply:
    return Reply(screens=(over(request, form(desk, request, desk.rules.of(request.person))),))


def _submit(desk: Desk, read: Read, request: Request) -> Reply:
    rules = change_rules(desk, request.person, read(desk, request, desk.rules.of(request.person)))
    told = _TOLD.get(request.envelope.id, _nothing)(rules, _today(desk, request.person))
    return Reply(view=saved_modal(told), screens=(_renewed(desk, request.person),))


def _renewed(desk: Desk, person: Person) -> UpdateUnder:
    return UpdateUnder(previous=lambda: _shown(desk, desk.people.person(person.id) or person))


def _shown(desk: Desk, person: Person) -> View:
    return program_modal(overview(desk, person), today=_today(desk, person))


def _today(desk: Desk, person: Person) -> date:
    return desk.clock.now().astimezone(zone(person.zone)).date()


def _nothing(_rules: ProgramRules, _today: date) -> Sequence[Told]:
    return ()


def _kind_form(_desk: Desk, request: Request, rules: ProgramRules) -> View:
    kind = rules.kind(known_id(request.envelope.pressed))
    return forms.kind_form(kind, version=request.person.rules_version)


def _shares_form(desk: Desk, request: Request, rules: ProgramRules) -> View:
    people = support_of(desk, request.person)
    return forms.shares_form(rules, people, version=request.person.rules_version)


_FORMS: dict[Action, Form] = {
    Action.OPEN_KIND_RULES: _kind_form,
    Action.OPEN_CLOSED_DAYS: lambda _, request, rules: forms.closed_form(rules, version=request.person.rules_version),
    Action.OPEN_PHASES: lambda _, request, rules: forms.phases_form(rules, version=request.person.rules_version),
    Action.OPEN_FAIR_SHARES: lambda _, request, rules: forms.fair_form(
        rules.fair, version=request.person.rules_version
    ),
    Action.OPEN_LOAD_SHARES: _shares_form,
    Action.OPEN_CONTACTS: lambda _, request, rules: forms.contacts_form(
        rules.contacts, version=request.person.rules_version
    ),
    Action.OPEN_RULE_GROUP: lambda _, request, rules: forms.group_form(
        parse.group_pressed(request), rules, version=request.person.rules_version
    ),
}
_READ: dict[Modal, Read] = {
    Modal.CLOSED_DAYS: lambda _desk, request, _rules: parse.closed_change(request),
    Modal.PHASES: lambda _desk, request, rules: parse.phases_change(request, rules),
    Modal.FAIR_SHARES: lambda _desk, request, rules: parse.fair_change(request, rules),
    Modal.LOAD_SHARES: lambda desk, request, _rules: parse.shares_change(request, support_of(desk, request.person)),
    Modal.CONTACTS: lambda _desk, request, _rules: parse.contacts_change(request),
    Modal.RULE_GROUP: lambda _desk, request, rules: parse.group_change(request, rules),
}
_TOLD: dict[str, Callable[[ProgramRules, date], Sequence[Told]]] = {
    Modal.CLOSED_DAYS: told_of_closed,
    Modal.PHASES: told_of_phases,
    Modal.FAIR_SHARES: lambda rules, _today: told_of_sharing(rules),
}
