"""Those who hold a group session change what was said when it was set up."""

from collections.abc import Callable
from functools import partial

from domain.booking import AlreadyChanged
from domain.people import SUPPORT_ROLES
from domain.ports import View
from handlers import texts
from handlers.groups import open_hosted, submitted
from handlers.ids import Action, Modal
from handlers.parse.groups import edit_group as parsed
from handlers.reply import Reply
from handlers.request import Kind, Request
from handlers.router import Route
from handlers.views.group_edit import group_edit_again, group_edit_form
from handlers.views.sessions import session_ref
from services.desk import Desk
from services.groups.commands import EditGroup
from services.groups.edit import edit_group
from services.groups.look import hosted_details


def routes(desk: Desk) -> list[Route]:
    """For people in support; each finds only what they hold."""
    table: list[tuple[Kind, str, Callable[[Desk, Request], Reply]]] = [
        (Kind.ACTION, Action.OPEN_GROUP_EDIT, partial(open_hosted, group_edit_form)),
        (Kind.SUBMISSION, Modal.GROUP_EDIT, submit_edit),
    ]
    return [Route(kind=kind, id=id_, roles=SUPPORT_ROLES, handler=partial(run, desk)) for kind, id_, run in table]


def submit_edit(desk: Desk, request: Request) -> Reply:
    """Save it. Who was overtaken reads what stands now, and loses nothing of what they have typed."""
    command = parsed(request)
    try:
        outcome = edit_group(desk.support, request.person, request.envelope.team_id, command)
    except AlreadyChanged:
        return Reply(view=_again(desk, request, command))
    return submitted(desk, request, outcome, texts.groups.EDIT_TITLE, texts.groups.EDITED)


def _again(desk: Desk, request: Request, command: EditGroup) -> View:
    now = hosted_details(desk.support, request.person, command.ref)
    return group_edit_again(now, command, state=session_ref(now.ref, now.version))
