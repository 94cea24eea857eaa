"""A scholar who wants no further invitation says so with a press."""

from functools import partial

from domain.ports import Message
from handlers import texts
from handlers.commands import SCHOLARS
from handlers.ids import Action
from handlers.reply import Reply, Respond
from handlers.request import Kind, Request
from handlers.router import Route
from services.desk import Desk
from services.invitations.answer import decline_invitations


def routes(desk: Desk) -> list[Route]:
    """One button; booking from the message is the ordinary form."""
    return [
        Route(kind=Kind.ACTION, id=Action.DECLINE_INVITATIONS, roles=SCHOLARS, handler=partial(decline, desk)),
    ]


def decline(desk: Desk, request: Request) -> Reply:
    """The message that asked says that it was the last one."""
    decline_invitations(desk.support, request.person)
    return Reply(screens=(Respond(Message(text=texts.invitations.DECLINED), replace=True),))
