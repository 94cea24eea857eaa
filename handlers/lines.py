"""Those who help: open, plan and close office hours, help in a colleague's, and work through the line."""

from functools import partial

from domain.errors import NotFound
from domain.people import SUPPORT_ROLES, Person
from domain.ports import Message, View
from handlers import texts
from handlers.ids import Action, Modal
from handlers.parse.booking import state_of
from handlers.parse.office_hours import chosen_peer, place_of, two_refs
from handlers.parse.office_hours import hold_form as parsed_hold
from handlers.parse.refs import known_id
from handlers.parse.state import State
from handlers.reply import OpenView, RefreshHome, Reply, UpdateUnder, UpdateView, over
from handlers.request import Kind, Request
from handlers.router import Route
from handlers.views.lines import (
    NOT_BEGUN,
    begun_modal,
    close_form,
    held_sentence,
    help_form,
    hold_form,
    line_modal,
)
from handlers.views.notice import notice
from handlers.views.peers import suggest_form
from services.desk import Desk
from services.hours.own import usual_place
from services.office_hours.looking import own_line_now
from services.office_hours.running import (
    close_line,
    help_in_line,
    hold_office_hours,
    how_many_wait,
    offered,
    step_out,
)
from services.office_hours.serving import finish_with, not_there, take_next
from services.office_hours.suggesting import peers_for, suggest_peer
from services.office_hours.watching import helpers_line


def routes(desk: Desk) -> list[Route]:
    """Everything of those who help; each handler finds only lines in which the person helps."""
    table = [
        (Kind.ACTION, Action.OPEN_HOLD, open_hold),
        (Kind.ACTION, Action.OPEN_PLAN, open_plan),
        (Kind.SUBMISSION, Modal.HOLD_HOURS, submit_hold),
        (Kind.ACTION, Action.OPEN_HELP, open_help),
        (Kind.SUBMISSION, Modal.HELP_IN_LINE, submit_help),
        (Kind.ACTION, Action.WATCH_LINE, watch),
        (Kind.ACTION, Action.TAKE_NEXT, call_next),
        (Kind.ACTION, Action.FINISH_WITH, finish),
        (Kind.ACTION, Action.NOT_THERE, miss),
        (Kind.ACTION, Action.STEP_OUT, leave),
        (Kind.ACTION, Action.OPEN_CLOSE, open_close),
        (Kind.SUBMISSION, Modal.CLOSE_LINE, submit_close),
        (Kind.ACTION, Action.OPEN_SUGGEST, open_suggest),
        (Kind.SUBMISSION, Modal.SUGGEST_PEER, submit_suggest),
    ]
    return [Route(kind=kind, id=id_, roles=SUPPORT_ROLES, handler=partial(run, desk)) for kind, id_, run in table]


def line_of(desk: Desk, staff: Person, ref: str) -> View:
    """The line as this helper may see it."""
    return line_modal(helpers_line(desk.support, staff, ref))


def open_hold(desk: Desk, request: Request) -> Reply:
    """The form to open office hours now. Raises `NotOfferedNow` where the program has none."""
    return Reply(screens=(over(request, _hold_form(desk, request.person, is_planned=False)),))


def open_plan(desk: Desk, request: Request) -> Reply:
    """The form to plan office hours ahead. Raises as above."""
    return Reply(screens=(over(request, _hold_form(desk, request.person, is_planned=True)),))


def submit_hold(desk: Desk, request: Request) -> Reply:
    """Open or plan them; what cannot be read is named at its field."""
    command = parsed_hold(request, now=desk.clock.now())
    ref = hold_office_hours(desk.support, request.person, command)
    return Reply(
        view=begun_modal(held_sentence(command, request.person.zone), ref), screens=(RefreshHome((request.person.id,)),)
    )


def open_help(desk: Desk, request: Request) -> Reply:
    """The form that asks where a second helper is found."""
    ref = known_id(request.envelope.pressed)
    return Reply(screens=(over(request, help_form(usual_place(desk.support, request.person), state=ref)),))


def submit_help(desk: Desk, request: Request) -> Reply:
    """Help in a colleague's office hours too."""
    place = place_of(State(request.envelope.view))
    office_ref = known_id(state_of(request))
    ref = help_in_line(desk.support, request.person, office_ref, place, request_key=request.envelope.once_key())
    return Reply(view=begun_modal(texts.office_hours.HELPING, ref), screens=(RefreshHome((request.person.id,)),))


def watch(desk: Desk, request: Request) -> Reply:
    """The line as it is now, anew in the modal where it was pressed. Without a reference the one that is open."""
    pressed = request.envelope.pressed
    ref = known_id(pressed) if pressed else own_line_now(desk.support, request.person)
    if ref is None:
        raise NotFound(texts.office_hours.NO_LINE)
    view = line_of(desk, request.person, ref)
    return Reply(screens=(UpdateView(view) if request.envelope.is_from(Modal.LINE) else over(request, view),))


def call_next(desk: Desk, request: Request) -> Reply:
    """Call the first in line."""
    ref = known_id(request.envelope.pressed)
    called = take_next(desk.support, request.person, ref, request_key=request.envelope.once_key())
    return _moved(desk, request, ref, called)


def finish(desk: Desk, request: Request) -> Reply:
    """Be done with whom one is with."""
    ref, entry_ref = two_refs(request.envelope.pressed)
    return _moved(desk, request, ref, finish_with(desk.support, request.person, ref, entry_ref))


def miss(desk: Desk, request: Request) -> Reply:
    """The one who was called is not there."""
    ref, entry_ref = two_refs(request.envelope.pressed)
    key = request.envelope.once_key()
    return _moved(desk, request, ref, not_there(desk.support, request.person, ref, entry_ref, request_key=key))


def leave(desk: Desk, request: Request) -> Reply:
    """Help there no more."""
    step_out(desk.support, request.person, known_id(request.envelope.pressed))
    said = notice(texts.office_hours.STEPPED_OUT)
    return Reply(screens=(UpdateView(said), RefreshHome((request.person.id,))))


def open_close(desk: Desk, request: Request) -> Reply:
    """Ask before those who wait are sent away."""
    ref = known_id(request.envelope.pressed)
    waiting = how_many_wait(desk.support, request.person, ref)
    return Reply(screens=(over(request, close_form(waiting, state=ref)),))


def close_own(desk: Desk, request: Request) -> Reply:
    """`/officehours close`: the same for the line that is open."""
    ref = own_line_now(desk.support, request.person)
    if ref is None:
        return Reply(message=Message(text=texts.office_hours.NO_LINE))
    return Reply(screens=(OpenView(close_form(how_many_wait(desk.support, request.person, ref), state=ref)),))


def submit_close(desk: Desk, request: Request) -> Reply:
    """Close the line, or call it off."""
    state = state_of(request)
    ref = known_id(state.removesuffix(NOT_BEGUN))
    waiting = close_line(desk.support, request.person, ref)
    under = UpdateUnder(previous=partial(line_of, desk, request.person, ref))
    said = texts.office_hours.CALLED_OFF if state.endswith(NOT_BEGUN) else texts.office_hours.CLOSED
    screens = (under, RefreshHome((request.person.id, *waiting)))
    return Reply(view=notice(said, title=texts.office_hours.TITLE), screens=screens)


def open_suggest(desk: Desk, request: Request) -> Reply:
    """Whom of those who offered help on the topic to suggest."""
    ref, entry_ref = two_refs(request.envelope.pressed)
    choice = peers_for(desk.support, request.person, ref, entry_ref)
    return Reply(screens=(over(request, suggest_form(choice, state=request.envelope.pressed)),))


def submit_suggest(desk: Desk, request: Request) -> Reply:
    """Let the scholar be asked."""
    ref, entry_ref = two_refs(state_of(request))
    peer = chosen_peer(request.envelope.view)
    key = request.envelope.once_key()
    suggest_peer(desk.support, request.person, ref, entry_ref, peer, request_key=key)
    under = UpdateUnder(previous=partial(line_of, desk, request.person, ref))
    return Reply(view=notice(texts.office_hours.SUGGESTED), screens=(under,))


def _moved(desk: Desk, request: Request, ref: str, scholar_id: str) -> Reply:
    """The line anew, and the Home tab of the one whose place has changed."""
    shown = UpdateView(partial(line_of, desk, request.person, ref))
    return Reply(screens=(shown, RefreshHome((scholar_id,))) if scholar_id else (shown,))


def _hold_form(desk: Desk, staff: Person, *, is_planned: bool) -> View:
    minutes = offered(desk.support, staff).minutes_each
    return hold_form(zone=staff.zone, place=usual_place(desk.support, staff), minutes=minutes, is_planned=is_planned)
