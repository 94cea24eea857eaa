"""Group sessions: hosts set them up and change them, scholars take seats."""

from collections.abc import Callable
from functools import partial

from domain.errors import DomainError
from domain.groups import GroupFull, NoSeat, SeatsFree, SeatTakenAlready
from domain.people import SUPPORT_ROLES, Person, Role
from domain.ports import View
from handlers import texts
from handlers.commands import PARTIES, SCHOLARS
from handlers.ids import Action, Modal
from handlers.parse import groups as parsed
from handlers.parse.booking import state_of
from handlers.parse.refs import known_id, session_ref
from handlers.reply import RefreshHome, Reply, Screen, UpdateUnder, UpdateView, over
from handlers.request import Kind, Request
from handlers.router import Route
from handlers.sessions import sessions_of
from handlers.views.groups import (
    group_cancel_form,
    group_form,
    group_modal,
    group_move_form,
    group_seats_form,
    groups_modal,
)
from services.desk import Desk, SupportDesk
from services.groups.change import cancel_group, change_seats, move_group
from services.groups.facts import GroupOutcome
from services.groups.look import group_details, groups_for, hosted_details
from services.groups.rules import group_kind
from services.groups.seats import give_back, leave_line, take_seat, wait_in_line
from services.groups.setup import set_up_group
from services.hours.own import usual_place
from services.session_log.aftermath import aftermath_of_several

IN_GROUPS, IN_SESSIONS = "groups", "sessions"
"""What a modal of details carries when it lies over one of the lists: which one to bring up to date."""
_STALE = (GroupFull, SeatsFree, SeatTakenAlready, NoSeat)
"""Somebody was quicker: what the person looks at is shown anew, with the sentence on top."""


def routes(desk: Desk) -> list[Route]:
    """Setting up and changing is for people in support, seats are for scholars."""
    table: list[tuple[Kind, str, frozenset[Role], Callable[[Desk, Request], Reply]]] = [
        (Kind.ACTION, Action.OPEN_GROUPS, PARTIES, open_list),
        (Kind.ACTION, Action.OPEN_GROUP, SUPPORT_ROLES, open_form),
        (Kind.SUBMISSION, Modal.GROUP, SUPPORT_ROLES, submit),
        (Kind.ACTION, Action.OPEN_GROUP_MOVE, SUPPORT_ROLES, partial(open_hosted, group_move_form)),
        (Kind.SUBMISSION, Modal.GROUP_MOVE, SUPPORT_ROLES, submit_move),
        (Kind.ACTION, Action.OPEN_GROUP_CANCEL, SUPPORT_ROLES, partial(open_hosted, group_cancel_form)),
        (Kind.SUBMISSION, Modal.GROUP_CANCEL, SUPPORT_ROLES, submit_cancel),
        (Kind.ACTION, Action.OPEN_GROUP_SEATS, SUPPORT_ROLES, partial(open_hosted, group_seats_form)),
        (Kind.SUBMISSION, Modal.GROUP_SEATS, SUPPORT_ROLES, submit_seats),
        (Kind.ACTION, Action.TAKE_SEAT, SCHOLARS, take),
        (Kind.ACTION, Action.GIVE_BACK_SEAT, SCHOLARS, give),
        (Kind.ACTION, Action.WAIT_FOR_SEAT, SCHOLARS, wait),
        (Kind.ACTION, Action.LEAVE_SEAT_LINE, SCHOLARS, leave),
    ]
    return [Route(kind=kind, id=id_, roles=roles, handler=partial(run, desk)) for kind, id_, roles, run in table]


def groups_of(desk: Desk, person: Person, *, said: str = "") -> View:
    """The list of group sessions as this person may see it."""
    return groups_modal(groups_for(desk.support, person), may_host=person.has(*SUPPORT_ROLES), said=said)


def open_list(desk: Desk, request: Request) -> Reply:
    """Every group session ahead that the person may know of.

    In place of the list of what is ahead, if it was pressed there: what is done here lies over it, and Slack stacks
    three at most.
    """
    if request.envelope.is_from(Modal.SESSIONS):
        return Reply(screens=(UpdateView(partial(groups_of, desk, request.person)),))
    return Reply(screens=(over(request, groups_of(desk, request.person)),))


def open_group(desk: Desk, request: Request, ref: str) -> Reply:
    """Who, where and what of one, from a message, Home or a list. Raises `NotFound`."""
    return Reply(screens=(over(request, group_of(desk, request.person, ref, state=_list_under(request))),))


def group_of(desk: Desk, person: Person, ref: str, *, state: str = "") -> View:
    """The same as it stands now. Raises `NotFound`."""
    details = group_details(desk.support, person, ref)
    return group_modal(details, aftermath_of_several(desk.support, person, ref), state=state)


def open_form(desk: Desk, request: Request) -> Reply:
    """A form that begins with where the person meets people otherwise."""
    kind, place = group_kind(desk.rules.of(request.person)), usual_place(desk.support, request.person)
    return Reply(screens=(over(request, group_form(request.person.zone, kind, place=place)),))


def submit(desk: Desk, request: Request) -> Reply:
    """Set it up; what cannot be read is told at its field, and nothing typed is lost."""
    outcome = set_up_group(desk.support, request.person, request.envelope.team_id, parsed.set_up_group(request))
    return submitted(desk, request, outcome, texts.groups.SET_UP_TITLE, texts.groups.SET_UP)


def open_hosted(form: Callable[..., View], desk: Desk, request: Request) -> Reply:
    """A form about a session that the person holds: another time, another number of seats, or why it is off."""
    details = hosted_details(desk.support, request.person, _pressed(request))
    return Reply(screens=(over(request, form(details, state=request.envelope.pressed)),))


def submit_move(desk: Desk, request: Request) -> Reply:
    """Move it."""
    outcome = move_group(desk.support, request.person, parsed.move_group(request))
    return submitted(desk, request, outcome, texts.sessions.MOVED_TITLE, texts.groups.MOVED)


def submit_cancel(desk: Desk, request: Request) -> Reply:
    """Cancel it for everybody."""
    outcome = cancel_group(desk.support, request.person, parsed.cancel_group(request))
    return submitted(desk, request, outcome, texts.sessions.CANCELED_TITLE, texts.groups.CANCELED)


def submit_seats(desk: Desk, request: Request) -> Reply:
    """Change it; new seats go to the line at once."""
    outcome = change_seats(desk.support, request.person, parsed.change_seats(request))
    return submitted(desk, request, outcome, texts.groups.SEATS_TITLE, texts.groups.SEATS_SAVED)


def take(desk: Desk, request: Request) -> Reply:
    """One press takes a seat."""
    return _pressed_seat(desk, request, take_seat, texts.groups.TAKEN)


def give(desk: Desk, request: Request) -> Reply:
    """One press gives it back."""
    return _pressed_seat(desk, request, give_back, texts.groups.GIVEN_BACK)


def wait(desk: Desk, request: Request) -> Reply:
    """One press stands in line."""
    return _pressed_seat(desk, request, wait_in_line, texts.groups.WAITING)


def leave(desk: Desk, request: Request) -> Reply:
    """One press leaves it."""
    return _pressed_seat(desk, request, leave_line, texts.groups.LEFT)


def _pressed_seat(desk: Desk, request: Request, deed: Callable[..., GroupOutcome], sentence: str) -> Reply:
    support, person, ref = desk.support, request.person, known_id(request.envelope.pressed)
    try:
        outcome = deed(support, person, ref, request_key=request.envelope.once_key())
    except _STALE as stale:
        return Reply(screens=_shown(desk, request, partial(_details_now, support, person, ref, stale), stale.message))
    now = group_modal(outcome.details, said=sentence, state=state_of(request))
    return Reply(screens=(*_shown(desk, request, now, sentence), RefreshHome(outcome.person_ids)))


def _shown(desk: Desk, request: Request, details: View | Callable[[], View], sentence: str) -> tuple[Screen, ...]:
    """The list in which it was pressed, or the details and the list under them, as things stand now."""
    if request.envelope.is_from(Modal.GROUPS):
        return (UpdateView(partial(groups_of, desk, request.person, said=sentence)),)
    return (UpdateView(details), *_under(desk, request))


def _details_now(support: SupportDesk, person: Person, ref: str, stale: DomainError) -> View:
    return group_modal(group_details(support, person, ref), said=stale.message)


def _under(desk: Desk, request: Request) -> tuple[Screen, ...]:
    lists = {IN_GROUPS: groups_of, IN_SESSIONS: sessions_of}
    found = lists.get(state_of(request))
    return () if found is None else (UpdateUnder(previous=partial(found, desk, request.person)),)


def _list_under(request: Request) -> str:
    if request.envelope.is_from(Modal.GROUPS):
        return IN_GROUPS
    return IN_SESSIONS if request.envelope.is_from(Modal.SESSIONS) else ""


def submitted(desk: Desk, request: Request, outcome: GroupOutcome, title: str, sentence: str) -> Reply:
    """What stands now, under it the details it came from (or the list, of a new one), and everybody's Home tab."""
    view = group_modal(outcome.details, said=sentence, title=title)
    is_new = request.envelope.id == Modal.GROUP
    previous = partial(groups_of, desk, request.person) if is_new else group_modal(outcome.details)
    root = None if is_new else partial(groups_of, desk, request.person)
    return Reply(view=view, screens=(UpdateUnder(previous=previous, root=root), RefreshHome(outcome.person_ids)))


def _pressed(request: Request) -> str:
    ref, _ = session_ref(request.envelope.pressed)
    return ref
