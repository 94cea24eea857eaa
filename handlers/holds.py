"""Who books takes what is kept for them or takes back what they asked for; whoever was asked says yes or no."""

from functools import partial

from domain.booking import BookingStatus
from domain.people import SUPPORT_ROLES
from domain.ports import View
from handlers import texts
from handlers.commands import BOOKERS
from handlers.ids import Action, Modal
from handlers.parse.booking import cancel_session as parsed_reason
from handlers.parse.refs import session_ref
from handlers.reply import RefreshHome, Reply, Respond, UpdateUnder, UpdateView, over
from handlers.request import Kind, Request
from handlers.router import Route
from handlers.sessions import sessions_of
from handlers.views.holds import answered_notice, asked_modal, decline_form, hold_modal, request_modal
from handlers.views.notice import notice
from handlers.views.sessions import details_modal, done_modal
from services.desk import Desk
from services.holds.approve import approve_request, decline_request, withdraw_request
from services.holds.kept import kept_details, request_to_answer
from services.holds.take import refuse_time, take_time
from services.sessions.facts import SessionDetails


def routes(desk: Desk) -> list[Route]:
    """Kept times are for who books, mentors among them; requests are answered by people in support."""
    table = [
        (Kind.ACTION, Action.OPEN_KEPT, BOOKERS, open_kept),
        (Kind.ACTION, Action.TAKE_TIME, BOOKERS, take),
        (Kind.ACTION, Action.REFUSE_TIME, BOOKERS, refuse),
        (Kind.ACTION, Action.WITHDRAW_REQUEST, BOOKERS, withdraw),
        (Kind.ACTION, Action.OPEN_REQUEST, SUPPORT_ROLES, open_request),
        (Kind.ACTION, Action.APPROVE_REQUEST, SUPPORT_ROLES, approve),
        (Kind.ACTION, Action.OPEN_DECLINE, SUPPORT_ROLES, open_decline),
        (Kind.SUBMISSION, Modal.DECLINE, SUPPORT_ROLES, decline),
    ]
    return [Route(kind=kind, id=id_, roles=roles, handler=partial(run, desk)) for kind, id_, roles, run in table]


def open_kept(desk: Desk, request: Request) -> Reply:
    """Who, where and what, as it stands now, with what the scholar can press."""
    details = kept_details(desk.support, request.person, _pressed(request))
    return Reply(screens=(over(request, _for_booker(details)),))


def take(desk: Desk, request: Request) -> Reply:
    """One press makes a session of it, or asks for one."""
    details = take_time(desk.support, request.person, _pressed(request), request_key=request.envelope.once_key())
    sentence = texts.holds.TAKEN_ASKED if details.booked.is_kept else texts.holds.TAKEN
    view = asked_modal(details) if details.booked.is_kept else _taken(details)
    return _answered(desk, request, sentence, view, _both(details))


def refuse(desk: Desk, request: Request) -> Reply:
    """No thanks: nothing is booked."""
    refuse_time(desk.support, request.person, _pressed(request))
    view = notice(texts.holds.REFUSED, title=texts.holds.REFUSED_TITLE)
    return _answered(desk, request, texts.holds.REFUSED, view, RefreshHome((request.person.id,)))


def withdraw(desk: Desk, request: Request) -> Reply:
    """The scholar does not want it any more."""
    details = withdraw_request(desk.support, request.person, _pressed(request))
    view = notice(texts.holds.WITHDRAWN, title=texts.holds.WITHDRAWN_TITLE)
    return _answered(desk, request, texts.holds.WITHDRAWN, view, _both(details))


def open_request(desk: Desk, request: Request) -> Reply:
    """Who asks, for when and about what; with yes and no while it waits."""
    details = request_to_answer(desk.support, request.person, _pressed(request))
    is_open = details.booked.status == BookingStatus.REQUESTED
    return Reply(screens=(over(request, request_modal(details) if is_open else details_modal(details)),))


def approve(desk: Desk, request: Request) -> Reply:
    """Yes: it is a session from now on."""
    details = approve_request(desk.support, request.person, _pressed(request), request_key=request.envelope.once_key())
    view = done_modal(details, title=texts.holds.APPROVED_TITLE, sentence=texts.holds.APPROVED)
    return _answered(desk, request, texts.holds.APPROVED, view, _both(details))


def open_decline(desk: Desk, request: Request) -> Reply:
    """The form that asks why."""
    details = request_to_answer(desk.support, request.person, _pressed(request))
    return Reply(screens=(over(request, decline_form(details, state=request.envelope.pressed)),))


def decline(desk: Desk, request: Request) -> Reply:
    """No, with or without a reason."""
    command = parsed_reason(request)
    details = decline_request(
        desk.support, request.person, command.ref, reason=command.reason, request_key=command.request_key
    )
    view = done_modal(details, title=texts.holds.DECLINED_TITLE, sentence=texts.holds.DECLINED_DONE)
    under = UpdateUnder(previous=details_modal(details), root=partial(sessions_of, desk, request.person))
    return Reply(view=view, screens=(under, _both(details)))


def _for_booker(details: SessionDetails) -> View:
    match details.booked.status:
        case BookingStatus.HELD:
            return hold_modal(details)
        case BookingStatus.REQUESTED:
            return asked_modal(details)
        case _:
            return details_modal(details)


def _taken(details: SessionDetails) -> View:
    return done_modal(details, title=texts.holds.TAKEN_TITLE, sentence=texts.holds.TAKEN)


def _both(details: SessionDetails) -> RefreshHome:
    return RefreshHome((details.booked.scholar_id, details.booked.staff_id))


def _answered(desk: Desk, request: Request, sentence: str, view: View, home: RefreshHome) -> Reply:
    """Where it was pressed: the modal shows what stands, or the message says so in place of its buttons."""
    if request.envelope.is_from_modal:
        under = UpdateUnder(previous=partial(sessions_of, desk, request.person))
        return Reply(screens=(UpdateView(view), under, home))
    return Reply(screens=(Respond(answered_notice(sentence), replace=True), home))


def _pressed(request: Request) -> str:
    ref, _ = session_ref(request.envelope.pressed)
    return ref
