"""After a session: its scholar says how useful it was, from the message, the Home tab or the session's details."""

from functools import partial

from handlers.commands import SCHOLARS
from handlers.details import details_of
from handlers.ids import Action, Modal
from handlers.parse.refs import session_ref
from handlers.parse.session_log import rate_session_form
from handlers.reply import RefreshHome, Reply, UpdateUnder, over
from handlers.request import Kind, Request
from handlers.router import Route
from handlers.sessions import sessions_of
from handlers.views.rating import rated_modal, rating_form
from services.desk import Desk
from services.session_log.rating import rate_session, rating_sheet


def routes(desk: Desk) -> list[Route]:
    """For scholars; each handler finds only their own sessions."""
    table = [(Kind.ACTION, Action.OPEN_RATING, open_form), (Kind.SUBMISSION, Modal.RATING, submit)]
    return [Route(kind=kind, id=id_, roles=SCHOLARS, handler=partial(run, desk)) for kind, id_, run in table]


def open_form(desk: Desk, request: Request) -> Reply:
    """The question, with the answer given before if there is one."""
    pressed = request.envelope.pressed
    ref, _ = session_ref(pressed)
    sheet = rating_sheet(desk.support, request.person, ref)
    return Reply(screens=(over(request, rating_form(sheet, state=pressed)),))


def submit(desk: Desk, request: Request) -> Reply:
    """Keep the answer and say thanks. Nothing shows it to whoever took the session."""
    command = rate_session_form(request)
    sheet = rate_session(desk.support, request.person, command)
    under = UpdateUnder(
        previous=partial(details_of, desk, request.person, command.ref), root=partial(sessions_of, desk, request.person)
    )
    return Reply(view=rated_modal(sheet), screens=(under, RefreshHome((request.person.id,))))
