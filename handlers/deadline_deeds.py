"""What staff do about a deadline that stands: look, change, nudge, give more time, mark for somebody, close."""

from collections.abc import Callable
from dataclasses import replace
from functools import partial

from domain.people import Person
from domain.ports import View
from handlers import texts
from handlers.audience import audience_chosen
from handlers.commands import STAFF
from handlers.deadlines import list_of
from handlers.ids import Action, Field, Modal
from handlers.parse import deadlines as parse
from handlers.parse.asking import is_to_be_asked
from handlers.parse.booking import state_of
from handlers.parse.refs import known_id
from handlers.reply import RefreshHome, Reply, UpdateUnder, UpdateView, over
from handlers.request import Kind, Request
from handlers.router import Route
from handlers.views.deadline_form import change_form, extend_form, look_first, mark_form, told_words
from handlers.views.deadlines import details_modal, left_behind_modal, nudged_words
from handlers.views.notice import notice
from services.audiences.named import accounts_in_use, picked
from services.audiences.options import audience_options
from services.deadlines.change import change, close, reopen
from services.deadlines.extend import Extend, extend
from services.deadlines.facts import OfAList
from services.deadlines.look import deadline_for_staff, details, left_behind, whose_homes
from services.deadlines.meet import mark_done_for, mark_not_done_for
from services.deadlines.nudge import nudge
from services.deadlines.regrouping import foresee
from services.desk import Desk

_W = texts.deadlines


def routes(desk: Desk) -> list[Route]:
    """All of it is for staff."""
    table: list[tuple[Kind, str, Callable[[Desk, Request], Reply]]] = [
        (Kind.ACTION, Action.OPEN_DEADLINE, open_one),
        (Kind.ACTION, Action.NUDGE_BEHIND, nudge_them),
        (Kind.ACTION, Action.CLOSE_DEADLINE, close_it),
        (Kind.ACTION, Action.REOPEN_DEADLINE, reopen_it),
        (Kind.ACTION, Action.CHANGE_DEADLINE, open_change),
        (Kind.ACTION, Action.OPEN_EXTEND, open_extend),
        (Kind.ACTION, Action.OPEN_MARK, open_mark),
        (Kind.SUBMISSION, Modal.DEADLINE_CHANGE, submit_change),
        (Kind.SUBMISSION, Modal.DEADLINE_EXTEND, submit_extend),
        (Kind.SUBMISSION, Modal.DEADLINE_MARK, submit_mark),
    ]
    return [Route(kind=kind, id=id_, roles=STAFF, handler=partial(run, desk)) for kind, id_, run in table]


def open_one(desk: Desk, request: Request) -> Reply:
    """Who has not met it, with the last rung and when."""
    return Reply(screens=(over(request, _details(desk, request.person, _pressed(request))),))


def nudge_them(desk: Desk, request: Request) -> Reply:
    """Write once more to all who have not met it, and say what becomes of it."""
    return _again(desk, request, nudged_words(nudge(desk, request.person, _pressed(request))))


def close_it(desk: Desk, request: Request) -> Reply:
    """Nothing more is asked or told."""
    close(desk, request.person, _pressed(request))
    return _for_all(desk, request, _W.CLOSED_NOW)


def reopen_it(desk: Desk, request: Request) -> Reply:
    """It stands again."""
    reopen(desk, request.person, _pressed(request))
    return _for_all(desk, request, _W.REOPENED)


def open_change(desk: Desk, request: Request) -> Reply:
    """The form with what it says."""
    found = deadline_for_staff(desk, request.person, _pressed(request))
    options = audience_options(desk, request.person, found.audience)
    accounts = accounts_in_use(desk, found.audience.people)
    return Reply(screens=(over(request, change_form(found, options, zone=request.person.zone, accounts=accounts)),))


def open_extend(desk: Desk, request: Request) -> Reply:
    """The form for more time."""
    found = deadline_for_staff(desk, request.person, _pressed(request))
    return Reply(screens=(over(request, extend_form(found, zone=request.person.zone)),))


def open_mark(desk: Desk, request: Request) -> Reply:
    """The form that marks it for somebody."""
    return Reply(screens=(over(request, mark_form(deadline_for_staff(desk, request.person, _pressed(request)))),))


def submit_change(desk: Desk, request: Request) -> Reply:
    """Save what was changed. Another time and another audience are looked at first, with what they come to."""
    form = parse.change_form(request)
    audience = None if form.audience is None else audience_chosen(desk, request.person, form.audience)
    seen = foresee(desk, request.person, form.change.id, audience, form.change.due, form.change.ladder)
    if seen.changes_anything and is_to_be_asked(request, seen.key):
        return Reply(view=look_first(request.envelope.view or {}, seen, zone=request.person.zone))
    done = change(desk, request.person, replace(form.change, audience=audience))
    shown = (*done.person_ids, *whose_homes(desk, request.person, done.deadline.id))
    regrouped = _W.REGROUPED.format(joined=done.joined, left=done.left) if done.joined or done.left else ""
    said = " ".join(filter(None, (_W.SAVED, told_words(seen), regrouped)))
    return _saved(desk, request, done.deadline.id, said, *shown)


def submit_extend(desk: Desk, request: Request) -> Reply:
    """Give more time to those who were picked, or to all."""
    id_, until = known_id(state_of(request)), parse.until(request)
    people = picked(desk, request.person, parse.accounts(request), field=Field.PEOPLE)
    command = Extend(request_key=request.envelope.once_key(), id=id_, until=until, person_ids=people)
    number = extend(desk, request.person, command)
    said = _number(number, _W.EXTENDED_ONE, _W.EXTENDED) if number else _W.EXTENDED_NOBODY
    return _saved(desk, request, id_, said, *people)


def submit_mark(desk: Desk, request: Request) -> Reply:
    """Note for somebody that they have met it, or have not."""
    id_, is_met = known_id(state_of(request)), parse.is_met(request)
    people = picked(desk, request.person, parse.accounts(request), field=Field.PEOPLE)
    (mark_done_for if is_met else mark_not_done_for)(desk, request.person, id_, people)
    return _saved(desk, request, id_, _W.MARKED, *people)


def _details(desk: Desk, person: Person, deadline_id: str, *, said: str = "") -> View:
    """All of it; of one whose author has left, and with them who is on its list, what lets staff close it."""
    try:
        return details_modal(details(desk, person, deadline_id), zone=person.zone, said=said)
    except OfAList:
        return left_behind_modal(left_behind(desk, person, deadline_id), zone=person.zone, said=said)


def _again(desk: Desk, request: Request, said: str) -> Reply:
    """The modal as it is now, with what was done on top, and the list under it."""
    view = partial(_details, desk, request.person, _pressed(request), said=said)
    return Reply(screens=(UpdateView(view), UpdateUnder(previous=partial(list_of, desk, request.person))))


def _for_all(desk: Desk, request: Request, said: str) -> Reply:
    """The same, and the Home tabs of everybody who has not met it."""
    homes = RefreshHome(whose_homes(desk, request.person, _pressed(request)))
    return Reply(screens=(*_again(desk, request, said).screens, homes))


def _saved(desk: Desk, request: Request, deadline_id: str, said: str, *person_ids: str) -> Reply:
    under = UpdateUnder(
        previous=partial(_details, desk, request.person, deadline_id), root=partial(list_of, desk, request.person)
    )
    return Reply(view=notice(said, title=_W.TITLE), screens=(under, RefreshHome(person_ids)))


def _number(number: int, one: str, several: str) -> str:
    return one if number == 1 else several.format(number=number)


def _pressed(request: Request) -> str:
    return known_id(request.envelope.pressed)
