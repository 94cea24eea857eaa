"""After a session: whoever took it says what became of it, from the message, the Home tab or /support log."""

from functools import partial

from domain.people import SUPPORT_ROLES, Person
from domain.ports import View
from handlers.details import details_of
from handlers.ids import Action, Modal
from handlers.parse.refs import session_ref
from handlers.parse.session_log import FormState, chosen_outcome, form_state, has_actual, log_session_form
from handlers.reply import RefreshHome, Reply, UpdateUnder, UpdateView, over
from handlers.request import Kind, Request
from handlers.router import Route
from handlers.sessions import sessions_of
from handlers.views.session_log import log_form, logged_modal, logs_modal
from services.desk import Desk
from services.session_log.log import log_session, log_sheet
from services.session_log.waiting import sessions_to_log

_FROM_LIST, _FROM_DETAILS = "list", "details"


def routes(desk: Desk) -> list[Route]:
    """For people in support; each handler finds only the sessions they took."""
    table = [
        (Kind.ACTION, Action.OPEN_LOGS, show_logs),
        (Kind.ACTION, Action.OPEN_LOG, open_form),
        (Kind.ACTION, Action.CHOOSE_OUTCOME, follow_choice),
        (Kind.SUBMISSION, Modal.LOG, submit),
    ]
    return [Route(kind=kind, id=id_, roles=SUPPORT_ROLES, handler=partial(run, desk)) for kind, id_, run in table]


def show_logs(desk: Desk, request: Request) -> Reply:
    """What waits for a log, in a modal, since it names people."""
    return Reply(screens=(over(request, _logs(desk, request.person)),))


def open_form(desk: Desk, request: Request) -> Reply:
    """The form, prefilled with the plan or with what was logged before; an old message leads there too."""
    pressed = request.envelope.pressed
    ref, _ = session_ref(pressed)
    sheet = log_sheet(desk.support, request.person, ref)
    state = FormState(pressed=pressed, zone=request.person.zone, origin=_origin(request))
    return Reply(screens=(over(request, log_form(sheet, state=state.written(), zone=state.zone)),))


def follow_choice(desk: Desk, request: Request) -> Reply:
    """The same form with the fields of what is chosen now."""
    return Reply(screens=(UpdateView(_followed(desk, request)),))


def submit(desk: Desk, request: Request) -> Reply:
    """Save it and show what stands. A form sent before its fields had followed the choice is shown with them first."""
    view = request.envelope.view
    if chosen_outcome(view).has_happened and not has_actual(view):
        return Reply(view=_followed(desk, request))
    sheet = log_session(desk.support, request.person, log_session_form(request))
    state = form_state(request)
    under = UpdateUnder(
        previous=partial(_under, desk, request.person, state), root=partial(sessions_of, desk, request.person)
    )
    home = RefreshHome(sheet.person_ids)
    return Reply(view=logged_modal(sheet), screens=(under, home))


def _followed(desk: Desk, request: Request) -> View:
    state = form_state(request)
    sheet = log_sheet(desk.support, request.person, state.ref)
    outcome = chosen_outcome(request.envelope.view)
    return log_form(sheet, state=state.written(), zone=state.zone, outcome=outcome)


def _origin(request: Request) -> str:
    if request.envelope.is_from(Modal.LOGS):
        return _FROM_LIST
    return _FROM_DETAILS if request.envelope.is_from_modal else ""


def _under(desk: Desk, person: Person, state: FormState) -> View:
    """What lies under the form, as it stands now."""
    if state.origin == _FROM_LIST:
        return _logs(desk, person)
    return details_of(desk, person, state.ref)


def _logs(desk: Desk, person: Person) -> View:
    return logs_modal(sessions_to_log(desk.support, person))
