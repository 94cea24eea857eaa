"""Who runs an event sees who comes, and notes who was there."""

from functools import partial

from handlers import texts
from handlers.events import event_of, events_of
from handlers.ids import Action, Modal
from handlers.parse import events as parse
from handlers.parse.refs import known_id, page_ref
from handlers.reply import Reply, UpdateUnder, UpdateView, over
from handlers.request import Kind, Request
from handlers.router import EVERYONE, Handler, Route
from handlers.views.event import attendance_form, guests_modal
from services.desk import Desk
from services.events.attendance import guest_list, note_attendance


def routes(desk: Desk) -> list[Route]:
    """Hosts may be anybody; whose event it is the service checks."""
    table: list[tuple[Kind, str, Handler]] = [
        (Kind.ACTION, Action.OPEN_GUESTS, partial(open_guests, desk)),
        (Kind.ACTION, Action.TURN_GUESTS, partial(turn_guests, desk)),
        (Kind.ACTION, Action.OPEN_ATTENDANCE, partial(open_attendance, desk)),
        (Kind.ACTION, Action.TURN_ATTENDANCE, partial(turn_attendance, desk)),
        (Kind.SUBMISSION, Modal.ATTENDANCE, partial(submit_attendance, desk)),
    ]
    return [Route(kind=kind, id=id_, roles=EVERYONE, handler=handler) for kind, id_, handler in table]


def open_guests(desk: Desk, request: Request) -> Reply:
    """Who has said what, and who was there."""
    found = guest_list(desk, request.person, known_id(request.envelope.pressed), only_coming=True)
    return Reply(screens=(over(request, guests_modal(found)),))


def turn_guests(desk: Desk, request: Request) -> Reply:
    """Another page of it."""
    event_id, page = page_ref(request.envelope.pressed)
    found = guest_list(desk, request.person, event_id, page=page, only_coming=True)
    return Reply(screens=(UpdateView(guests_modal(found)),))


def open_attendance(desk: Desk, request: Request) -> Reply:
    """Everybody invited, to be ticked."""
    found = guest_list(desk, request.person, known_id(request.envelope.pressed))
    return Reply(screens=(over(request, attendance_form(found)),))


def turn_attendance(desk: Desk, request: Request) -> Reply:
    """Another page of it."""
    event_id, page = page_ref(request.envelope.pressed)
    return Reply(screens=(UpdateView(attendance_form(guest_list(desk, request.person, event_id, page=page))),))


def submit_attendance(desk: Desk, request: Request) -> Reply:
    """Save the page; the next one follows, if there is one."""
    wish, page = parse.attendance(request)
    note_attendance(desk, request.person, wish)
    person, event_id = request.person, wish.event_id
    under = UpdateUnder(previous=partial(event_of, desk, person, event_id), root=partial(events_of, desk, person))
    found = guest_list(desk, person, event_id, page=page + 1)
    if found.page > page:
        return Reply(view=attendance_form(found, said=texts.events.ATTENDANCE_SAVED), screens=(under,))
    return Reply(view=event_of(desk, person, event_id, said=texts.events.ATTENDANCE_SAVED), screens=(under,))
