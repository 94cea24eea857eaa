"""Private lists: staff begin and end them, people put themselves on and off."""

from collections.abc import Callable
from functools import partial

from domain.people import Person
from domain.ports import View
from handlers import texts
from handlers.commands import STAFF
from handlers.ids import Action, Field, Modal
from handlers.parse.booking import state_of
from handlers.parse.refs import known_id, page_of
from handlers.parse.state import State
from handlers.reply import Reply, UpdateUnder, UpdateView, over
from handlers.request import Kind, Request
from handlers.router import EVERYONE, Route
from handlers.views.lists import list_form, lists_modal, members_modal
from handlers.views.notice import notice
from services.audiences.lists import begin_list, end_list, names_on_list, open_lists, put_on_list, take_off_list
from services.desk import Desk


def routes(desk: Desk) -> list[Route]:
    """Being on a list is for everybody, having one for staff."""
    everyone: list[tuple[Kind, str, Callable[[Desk, Request], Reply]]] = [
        (Kind.ACTION, Action.OPEN_LISTS, open_all),
        (Kind.ACTION, Action.TURN_LISTS, turn),
        (Kind.ACTION, Action.JOIN_LIST, partial(_change, put_on_list)),
        (Kind.ACTION, Action.LEAVE_LIST, partial(_change, take_off_list)),
    ]
    staff: list[tuple[Kind, str, Callable[[Desk, Request], Reply]]] = [
        (Kind.ACTION, Action.NEW_LIST, open_form),
        (Kind.ACTION, Action.SEE_LIST, see),
        (Kind.ACTION, Action.END_LIST, partial(_change, end_list)),
        (Kind.SUBMISSION, Modal.PRIVATE_LIST, submit),
    ]
    return [
        *(Route(kind=kind, id=id_, roles=EVERYONE, handler=partial(run, desk)) for kind, id_, run in everyone),
        *(Route(kind=kind, id=id_, roles=STAFF, handler=partial(run, desk)) for kind, id_, run in staff),
    ]


def open_all(desk: Desk, request: Request) -> Reply:
    """Every list there is."""
    return Reply(screens=(over(request, _shown(desk, request.person)),))


def turn(desk: Desk, request: Request) -> Reply:
    """Another page of them."""
    page = page_of(request.envelope.pressed)
    return Reply(screens=(UpdateView(_shown(desk, request.person, page=page)),))


def open_form(_desk: Desk, request: Request) -> Reply:
    """A new one."""
    return Reply(screens=(over(request, list_form()),))


def submit(desk: Desk, request: Request) -> Reply:
    """Begin it."""
    state = State(request.envelope.view)
    title, about = " ".join(state.text(Field.TITLE).split()), state.text(Field.ABOUT).strip()
    begin_list(desk, request.person, title=title, about=about, request_key=request.envelope.once_key())
    view = notice(texts.announcements.LIST_BEGUN, title=texts.announcements.LISTS_TITLE)
    return Reply(view=view, screens=(UpdateUnder(previous=partial(_shown, desk, request.person)),))


def see(desk: Desk, request: Request) -> Reply:
    """Who is on it, for its owner."""
    names = names_on_list(desk, request.person, known_id(request.envelope.pressed))
    return Reply(screens=(over(request, members_modal(names)),))


def _change(deed: Callable[[Desk, Person, str], None], desk: Desk, request: Request) -> Reply:
    deed(desk, request.person, known_id(request.envelope.pressed))
    page = page_of(state_of(request))
    return Reply(screens=(UpdateView(partial(_shown, desk, request.person, page=page)),))


def _shown(desk: Desk, person: Person, *, page: int = 0) -> View:
    return lists_modal(open_lists(desk, person), can_begin=person.has(*STAFF), page=page)
