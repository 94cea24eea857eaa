"""What is due for somebody: done, put off, more time asked for; in a modal, in the Home tab or under a reminder."""

from collections.abc import Callable
from functools import partial

from domain.people import Person
from domain.ports import Message, View
from handlers import texts
from handlers.ids import Action, Modal
from handlers.parse import deadlines as parse
from handlers.parse.booking import state_of
from handlers.parse.refs import known_id, page_of
from handlers.reply import RefreshHome, Reply, Respond, Screen, UpdateUnder, UpdateView, over
from handlers.request import Kind, Request
from handlers.router import EVERYONE, Route
from handlers.views.due import ask_form as asking_form
from handlers.views.due import done_words, due_modal, due_one_modal, proof_form
from handlers.views.due_messages import done_message
from handlers.views.notice import notice
from handlers.views.when import when_plain
from services.deadlines.asking import ask, withdraw
from services.deadlines.facts import NotDue, WasClosed
from services.deadlines.look import own_details, own_list
from services.deadlines.meet import Met, mark_done, mark_not_done
from services.deadlines.reasons import can_give_reasons
from services.deadlines.snooze import snooze
from services.desk import Desk

_W = texts.due


def routes(desk: Desk) -> list[Route]:
    """For everybody: anybody can be in an audience. Whom something is not for is told that it is not there."""
    table: list[tuple[Kind, str, Callable[[Desk, Request], Reply]]] = [
        (Kind.ACTION, Action.OPEN_DUE, open_due),
        (Kind.ACTION, Action.TURN_DUE, turn),
        (Kind.ACTION, Action.OPEN_DUE_ONE, open_one),
        (Kind.ACTION, Action.MEET, meet),
        (Kind.ACTION, Action.MEET_WITH_PROOF, open_proof),
        (Kind.ACTION, Action.MEET_NOT, meet_not),
        (Kind.ACTION, Action.SNOOZE, put_off),
        (Kind.ACTION, Action.OPEN_ASK, open_ask),
        (Kind.ACTION, Action.WITHDRAW_ASK, take_back),
        (Kind.SUBMISSION, Modal.DUE_PROOF, submit_proof),
        (Kind.SUBMISSION, Modal.DUE_ASK, submit_ask),
    ]
    return [Route(kind=kind, id=id_, roles=EVERYONE, handler=partial(run, desk)) for kind, id_, run in table]


def open_due(desk: Desk, request: Request) -> Reply:
    """Everything that is due, the soonest first. It takes the place of the list of staff, so that forms fit above."""
    if request.envelope.is_from(Modal.DEADLINES):
        return Reply(screens=(UpdateView(_list(desk, request.person)),))
    return Reply(screens=(over(request, _list(desk, request.person)),))


def turn(desk: Desk, request: Request) -> Reply:
    """Another page of it."""
    return Reply(screens=(UpdateView(_list(desk, request.person, page=page_of(request.envelope.pressed))),))


def open_one(desk: Desk, request: Request) -> Reply:
    """One of them whole. The button may stand in a digest, which has more to say than that this one was closed."""
    try:
        view = _one(desk, request.person, _pressed(request))
    except WasClosed as closed:
        raise NotDue(closed.message) from closed
    return Reply(screens=(over(request, view),))


def meet(desk: Desk, request: Request) -> Reply:
    """Done, at once; where a link is asked for, the form for it."""
    person, id_ = request.person, _pressed(request)
    found = own_details(desk, person, id_).deadline
    if found.needs_proof and found.done_at is None:
        return Reply(screens=(over(request, proof_form(found)),))
    done = mark_done(desk, person, id_, pressed_in=request.envelope.message_ts or "")
    return Reply(screens=(*_shown(desk, request, done), RefreshHome((person.id,))))


def open_proof(desk: Desk, request: Request) -> Reply:
    """The form for the link; who has met it already hears when."""
    found = own_details(desk, request.person, _pressed(request)).deadline
    if found.done_at is None:
        return Reply(screens=(over(request, proof_form(found)),))
    return Reply(screens=_shown(desk, request, mark_done(desk, request.person, found.id)))


def submit_proof(desk: Desk, request: Request) -> Reply:
    """Done, with a link."""
    done = mark_done(desk, request.person, known_id(state_of(request)), proof=parse.proof(request))
    said = done_words(done.at, request.person.zone, was_before=done.was_before)
    return _closed(desk, request, done.deadline.id, said)


def meet_not(desk: Desk, request: Request) -> Reply:
    """Not done after all."""
    person, id_ = request.person, _pressed(request)
    mark_not_done(desk, person, id_)
    return Reply(screens=(*_told(desk, request, id_, _W.IS_OPEN_AGAIN, replace=True), RefreshHome((person.id,))))


def put_off(desk: Desk, request: Request) -> Reply:
    """Later: says when the next reminder comes."""
    id_, hours = parse.snoozed(request)
    until = snooze(desk, request.person, id_, by=hours, request_key=request.envelope.once_key())
    said = _W.PUT_OFF.format(when=when_plain(until, request.person.zone))
    return Reply(screens=_told(desk, request, id_, said, replace=False))


def open_ask(desk: Desk, request: Request) -> Reply:
    """The form that asks for more time."""
    found = own_details(desk, request.person, _pressed(request)).deadline
    can = can_give_reasons(desk)
    view = asking_form(found, zone=request.person.zone, now=desk.clock.now(), can_give_reasons=can)
    return Reply(screens=(over(request, view),))


def submit_ask(desk: Desk, request: Request) -> Reply:
    """Ask for more time."""
    own = ask(desk, request.person, parse.ask_form(request))
    return _closed(desk, request, own.id, _W.ASKED)


def take_back(desk: Desk, request: Request) -> Reply:
    """Withdraw the request."""
    id_ = _pressed(request)
    withdraw(desk, request.person, id_)
    return Reply(screens=_told(desk, request, id_, _W.WITHDRAWN, replace=False))


def _list(desk: Desk, person: Person, *, page: int = 0, said: str = "") -> View:
    return due_modal(own_list(desk, person, page=page), zone=person.zone, now=desk.clock.now(), said=said)


def _one(desk: Desk, person: Person, deadline_id: str, *, said: str = "") -> View:
    found = own_details(desk, person, deadline_id)
    return due_one_modal(found, zone=person.zone, now=desk.clock.now(), said=said)


def _shown(desk: Desk, request: Request, done: Met) -> tuple[Screen, ...]:
    """A message says it in place of its buttons, an older one too: so none goes on asking."""
    zone = request.person.zone
    if request.envelope.response_url is not None:
        return (Respond(done_message(done.deadline, done.at, zone, was_before=done.was_before), replace=True),)
    said = done_words(done.at, zone, was_before=done.was_before)
    return _told(desk, request, done.deadline.id, said, replace=False)


def _told(desk: Desk, request: Request, deadline_id: str, said: str, *, replace: bool) -> tuple[Screen, ...]:
    """Where it was pressed: the modal as it is now, or a line where the message is. The Home tab is drawn anew."""
    if request.envelope.is_from_modal:
        view = partial(_one, desk, request.person, deadline_id, said=said)
        return (UpdateView(view), UpdateUnder(previous=partial(_list, desk, request.person)))
    if request.envelope.response_url is not None:
        return (Respond(Message(text=said), replace=replace),)
    return ()


def _closed(desk: Desk, request: Request, deadline_id: str, said: str) -> Reply:
    """In place of a form, with what lies under it brought up to date."""
    under = UpdateUnder(
        previous=partial(_one, desk, request.person, deadline_id), root=partial(_list, desk, request.person)
    )
    return Reply(view=notice(said, title=_W.ONE_TITLE), screens=(under, RefreshHome((request.person.id,))))


def _pressed(request: Request) -> str:
    return known_id(request.envelope.pressed)
