"""A scholar waits for a time to come free, and leaves with a press."""

from functools import partial

from domain.ports import View
from handlers.commands import SCHOLARS
from handlers.ids import Action, Modal
from handlers.parse.booking import state_of
from handlers.parse.refs import known_id
from handlers.parse.waiting import wait_for_form, wished
from handlers.reply import Reply, UpdateUnder, UpdateView, over
from handlers.request import Kind, Request
from handlers.router import Route
from handlers.sessions import sessions_of
from handlers.views.waiting import joined_modal, waiting_form
from services.desk import Desk
from services.offers.offer import offer_times
from services.waiting.join import stop_waiting, wait_for

OVER_LIST = "list"
"""What the form carries where the list lies under it, which is then drawn anew."""


def routes(desk: Desk) -> list[Route]:
    """Everything about waiting; scholars only."""
    table = [
        (Kind.ACTION, Action.OPEN_WAITING, open_form),
        (Kind.ACTION, Action.WAIT_KIND, follow_choice),
        (Kind.SUBMISSION, Modal.WAIT, submit),
        (Kind.ACTION, Action.LEAVE_WAITING, leave),
    ]
    return [Route(kind=kind, id=id_, roles=SCHOLARS, handler=partial(run, desk)) for kind, id_, run in table]


def open_form(desk: Desk, request: Request) -> Reply:
    """The form, with what was chosen in the booking form if it was pressed there."""
    return Reply(screens=(over(request, _form(desk, request)),))


def follow_choice(desk: Desk, request: Request) -> Reply:
    """The people of the kind now chosen; the days stay."""
    return Reply(screens=(UpdateView(_form(desk, request)),))


def submit(desk: Desk, request: Request) -> Reply:
    """Join the line; what is free already comes back as a sentence at the field."""
    wait_for(desk.support, request.person, wait_for_form(request))
    is_over_list = state_of(request) == OVER_LIST
    under = UpdateUnder(previous=partial(sessions_of, desk, request.person))
    return Reply(view=joined_modal(), screens=(under,) if is_over_list else ())


def leave(desk: Desk, request: Request) -> Reply:
    """One press; the list shows it at once."""
    stop_waiting(desk.support, request.person, known_id(request.envelope.pressed))
    return Reply(screens=(UpdateView(partial(sessions_of, desk, request.person)),))


def _form(desk: Desk, request: Request) -> View:
    kind, staff_id = wished(request.envelope.view)
    offer = offer_times(desk.support, request.person, kind=kind, staff_id=staff_id)
    return waiting_form(offer, state=OVER_LIST if request.envelope.is_from(Modal.SESSIONS) else state_of(request))
