"""Coaches and the community manager set their hours, and what scholars see of them."""

from functools import partial

from domain.people import SUPPORT_ROLES
from domain.ports import View
from handlers import texts
from handlers.ids import Action, Command, Modal
from handlers.parse.hours import hours_form, profile_form
from handlers.reply import Reply, over
from handlers.request import Kind, Request
from handlers.router import Route
from handlers.views.hours import hours_modal, profile_modal
from handlers.views.notice import notice
from services.desk import Desk
from services.scheduling.hours import own_hours, own_profile, save_hours, save_profile


def routes(desk: Desk) -> list[Route]:
    """Everything about hours; only people in support."""
    table = [
        (Kind.COMMAND, Command.HOURS, open_hours),
        (Kind.ACTION, Action.OPEN_HOURS, open_hours),
        (Kind.SUBMISSION, Modal.HOURS, submit_hours),
        (Kind.ACTION, Action.OPEN_PROFILE, open_profile),
        (Kind.SUBMISSION, Modal.PROFILE, submit_profile),
    ]
    return [
        Route(
            kind=kind,
            id=id_,
            roles=SUPPORT_ROLES,
            handler=partial(handler, desk),
            whose=texts.hours.WHOSE if kind is Kind.COMMAND else "",
        )
        for kind, id_, handler in table
    ]


def open_hours(desk: Desk, request: Request) -> Reply:
    """The week as it is set."""
    return _shown(request, hours_modal(own_hours(desk.support, request.person)))


def submit_hours(desk: Desk, request: Request) -> Reply:
    """Save the week; what cannot be read is named at its day."""
    shortest = min(kind.length_minutes for kind in desk.support.kinds_taken_by(request.person))
    hours = hours_form(request.envelope.view, shortest=shortest)
    save_hours(desk.support, request.person, hours, request_key=request.envelope.once_key())
    return Reply(view=notice(texts.hours.SAVED, title=texts.hours.TITLE))


def open_profile(desk: Desk, request: Request) -> Reply:
    """Two lines, topics and places as scholars see them."""
    return _shown(request, profile_modal(request.person, own_profile(desk.support, request.person)))


def submit_profile(desk: Desk, request: Request) -> Reply:
    """Save them."""
    kinds = [kind.key for kind in desk.support.kinds_taken_by(request.person)]
    profile = profile_form(request.envelope.view, kinds)
    save_profile(desk.support, request.person, profile, request_key=request.envelope.once_key())
    return Reply(view=notice(texts.hours.PROFILE_SAVED, title=texts.hours.PROFILE_TITLE))


def _shown(request: Request, view: View) -> Reply:
    return Reply(screens=(over(request, view),))
