"""Scholars who offer help to others: the offer, and what they are asked."""

from functools import partial

from domain.people import Person
from domain.ports import Message, View
from handlers import texts
from handlers.commands import SCHOLARS
from handlers.ids import Action, Modal
from handlers.parse.office_hours import topics
from handlers.parse.refs import known_id
from handlers.parse.state import State
from handlers.reply import RefreshHome, Reply, Respond, UpdateView, over
from handlers.request import Kind, Request
from handlers.router import Route
from handlers.views.notice import notice
from handlers.views.peers import accepted_message, favor_modal, offer_form
from services.desk import Desk
from services.office_hours.favors import accept_favor, decline_favor, favor, finish_favor
from services.office_hours.offers import offer_help, own_offer, withdraw_help


def routes(desk: Desk) -> list[Route]:
    """Scholars only; each handler finds only what the person themselves is asked."""
    table = [
        (Kind.ACTION, Action.OPEN_OFFER, open_offer),
        (Kind.SUBMISSION, Modal.OFFER_HELP, submit_offer),
        (Kind.ACTION, Action.WITHDRAW_OFFER, withdraw),
        (Kind.ACTION, Action.OPEN_FAVOR, look),
        (Kind.ACTION, Action.ACCEPT_FAVOR, accept),
        (Kind.ACTION, Action.DECLINE_FAVOR, decline),
        (Kind.ACTION, Action.FINISH_FAVOR, finish),
    ]
    return [Route(kind=kind, id=id_, roles=SCHOLARS, handler=partial(run, desk)) for kind, id_, run in table]


def open_offer(desk: Desk, request: Request) -> Reply:
    """On what the scholar offers help now."""
    return Reply(screens=(over(request, offer_form(own_offer(desk.support, request.person))),))


def submit_offer(desk: Desk, request: Request) -> Reply:
    """Offer help on these topics, or on none."""
    chosen = topics(State(request.envelope.view))
    offer_help(desk.support, request.person, chosen, request_key=request.envelope.once_key())
    said = texts.office_hours.OFFERED if chosen else texts.office_hours.NOT_OFFERED
    return Reply(view=notice(said, title=texts.office_hours.OFFER_TITLE))


def withdraw(desk: Desk, request: Request) -> Reply:
    """Offer nothing any more, with one press."""
    withdraw_help(desk.support, request.person)
    return Reply(screens=(UpdateView(notice(texts.office_hours.NOT_OFFERED, title=texts.office_hours.OFFER_TITLE)),))


def look(desk: Desk, request: Request) -> Reply:
    """What the peer is asked, or whom they help; in a modal."""
    ref = known_id(request.envelope.pressed)
    return Reply(screens=(over(request, favor_modal(favor(desk.support, request.person, ref))),))


def accept(desk: Desk, request: Request) -> Reply:
    """Help; who and what open on a press, where the question was asked."""
    ref = known_id(request.envelope.pressed)
    people = accept_favor(desk.support, request.person, ref)
    if request.envelope.is_from_modal:
        shown = UpdateView(partial(_favor, desk, request.person, ref))
        return Reply(screens=(shown, RefreshHome(people)))
    return Reply(screens=(Respond(accepted_message(ref), replace=True), RefreshHome(people)))


def decline(desk: Desk, request: Request) -> Reply:
    """Not now."""
    decline_favor(desk.support, request.person, known_id(request.envelope.pressed))
    if request.envelope.is_from_modal:
        return Reply(screens=(UpdateView(notice(texts.office_hours.DECLINED)),))
    return Reply(screens=(Respond(Message(text=texts.office_hours.DECLINED), replace=True),))


def finish(desk: Desk, request: Request) -> Reply:
    """The peer is done."""
    scholar_id = finish_favor(desk.support, request.person, known_id(request.envelope.pressed))
    home = (RefreshHome((scholar_id,)),) if scholar_id else ()
    return Reply(screens=(UpdateView(notice(texts.office_hours.THANKED)), *home))


def _favor(desk: Desk, person: Person, ref: str) -> View:
    return favor_modal(favor(desk.support, person, ref))
