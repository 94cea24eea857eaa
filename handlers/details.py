"""The button under every message and in every list: who, where and what, of a session of two or of several.

One id for both, so that no message tells which it is.
"""

from functools import partial

from domain.errors import NotFound
from domain.people import Person
from domain.ports import View
from handlers import groups, sessions
from handlers.commands import SIDES
from handlers.ids import Action
from handlers.parse.refs import session_ref
from handlers.reply import Reply
from handlers.request import Kind, Request
from handlers.router import Route
from handlers.views.sessions import details_modal
from services.desk import Desk
from services.session_log.aftermath import aftermath
from services.sessions.own import session_details


def routes(desk: Desk) -> list[Route]:
    """Whoever takes part in sessions; each finds only their own."""
    return [Route(kind=Kind.ACTION, id=Action.OPEN_DETAILS, roles=SIDES, handler=partial(open_details, desk))]


def open_details(desk: Desk, request: Request) -> Reply:
    """As it stands now, whatever the message it was pressed in says."""
    try:
        return sessions.open_details(desk, request)
    except NotFound:
        ref, _ = session_ref(request.envelope.pressed)
        return groups.open_group(desk, request, ref)


def details_of(desk: Desk, person: Person, ref: str) -> View:
    """The same for a modal that lies under another. Raises `NotFound`."""
    try:
        details = session_details(desk.support, person, ref)
    except NotFound:
        return groups.group_of(desk, person, ref)
    return details_modal(details, aftermath(desk.support, person, details.booked))
