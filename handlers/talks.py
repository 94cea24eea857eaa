"""Signing up for lightning talks, and a host's order of them."""

from collections.abc import Callable
from functools import partial

from domain.errors import NotFound
from domain.events import EventBegun, EventOff
from domain.people import Person
from domain.ports import View
from domain.talks import NoTalks
from handlers import texts
from handlers.events import event_of, shown
from handlers.ids import Action, Field, Modal
from handlers.parse import events as parse
from handlers.parse.booking import state_of
from handlers.parse.refs import known_id, page_ref
from handlers.parse.state import State
from handlers.reply import Reply, UpdateUnder, UpdateView, over
from handlers.request import Kind, Request
from handlers.router import EVERYONE, Handler, Route
from handlers.views.event import event_modal, talk_form, talks_modal
from services.desk import Desk
from services.events.look import event_details
from services.events.talks import raise_talk, remove_talk, sign_up, withdraw_talk

_STALE = (EventOff, EventBegun, NoTalks)


def routes(desk: Desk) -> list[Route]:
    """For everybody who is invited; the order is for who runs the event."""
    table: list[tuple[Kind, str, Handler]] = [
        (Kind.ACTION, Action.OPEN_TALK, partial(open_form, desk)),
        (Kind.SUBMISSION, Modal.TALK, partial(submit, desk)),
        (Kind.ACTION, Action.WITHDRAW_TALK, partial(withdraw, desk)),
        (Kind.ACTION, Action.OPEN_TALKS, partial(open_order, desk)),
        (Kind.ACTION, Action.TURN_TALKS, partial(turn, desk)),
        (Kind.ACTION, Action.RAISE_TALK, partial(arrange, desk, raise_talk)),
        (Kind.ACTION, Action.REMOVE_TALK, partial(arrange, desk, remove_talk)),
    ]
    return [Route(kind=kind, id=id_, roles=EVERYONE, handler=handler) for kind, id_, handler in table]


def open_form(desk: Desk, request: Request) -> Reply:
    """One's talk, with the title it has. Raises `NoTalks`."""
    details = event_details(desk, request.person, known_id(request.envelope.pressed))
    if not details.line.event.plan.talk_slots:
        raise NoTalks
    mine = next((each.talk.title for each in details.talks if each.talk.person_id == request.person.id), "")
    return Reply(screens=(over(request, talk_form(details, mine=mine)),))


def submit(desk: Desk, request: Request) -> Reply:
    """Sign up."""
    event_id, title = known_id(state_of(request)), State(request.envelope.view).text(Field.TALK)
    sign_up(desk, request.person, event_id, title, request_key=request.envelope.once_key())
    details = event_details(desk, request.person, event_id)
    has_slot = any(each.has_slot for each in details.talks if each.talk.person_id == request.person.id)
    view = event_modal(details, said=texts.events.TALK_SAVED if has_slot else texts.events.TALK_IN_LINE)
    return Reply(view=view, screens=(UpdateUnder(previous=partial(event_of, desk, request.person, event_id)),))


def withdraw(desk: Desk, request: Request) -> Reply:
    """One press takes it back."""
    event_id = known_id(request.envelope.pressed)
    try:
        withdraw_talk(desk, request.person, event_id, request_key=request.envelope.once_key())
    except _STALE as stale:
        return Reply(screens=shown(desk, request, event_id, stale))
    return Reply(screens=shown(desk, request, event_id, texts.events.TALK_GONE))


def open_order(desk: Desk, request: Request) -> Reply:
    """The talks with what a host can do. Raises `NotFound` for somebody else."""
    return Reply(screens=(over(request, _order(desk, request.person, known_id(request.envelope.pressed))),))


def turn(desk: Desk, request: Request) -> Reply:
    """Another page of them."""
    event_id, page = page_ref(request.envelope.pressed)
    return Reply(screens=(UpdateView(_order(desk, request.person, event_id, page=page)),))


def arrange(desk: Desk, deed: Callable[..., None], request: Request) -> Reply:
    """One press of a host's; the page stays that was looked at."""
    event_id, person_id = parse.talk_ref(request.envelope.pressed)
    _, page = page_ref(state_of(request))
    deed(desk, request.person, event_id, person_id, request_key=request.envelope.once_key())
    order = UpdateView(partial(_order, desk, request.person, event_id, page=page))
    return Reply(screens=(order, UpdateUnder(previous=partial(event_of, desk, request.person, event_id))))


def _order(desk: Desk, person: Person, event_id: str, *, page: int = 0) -> View:
    details = event_details(desk, person, event_id)
    if not details.may_run:
        raise NotFound
    return talks_modal(details, page=page)
