"""A scholar who cannot wait; and the community manager who names who stands in."""

from functools import partial

from domain.people import Role
from domain.ports import View
from handlers import texts
from handlers.commands import SCHOLARS
from handlers.ids import Action, Field, Modal
from handlers.parse.booking import has_times, state_of
from handlers.parse.refs import known_id
from handlers.parse.rules import version_seen
from handlers.parse.state import State
from handlers.parse.urgent import urgent_session
from handlers.reply import RefreshHome, Reply, over
from handlers.request import Kind, Request
from handlers.router import Route
from handlers.views.notice import notice
from handlers.views.urgent import stand_ins_form, urgent_done, urgent_form, urgent_without_times
from services.booking.book import book_session
from services.desk import Desk
from services.urgent.offer import NoTimes, offer_urgent, urgent_help
from services.urgent.stand_ins import name_stand_ins, others_in_support

MANAGERS = frozenset({Role.COMMUNITY_MANAGER})


def routes(desk: Desk) -> list[Route]:
    """Booking for scholars; naming stand-ins for community managers."""
    table = [
        (Kind.ACTION, Action.OPEN_URGENT, SCHOLARS, open_form),
        (Kind.SUBMISSION, Modal.URGENT, SCHOLARS, submit),
        (Kind.ACTION, Action.OPEN_STAND_INS, MANAGERS, open_stand_ins),
        (Kind.SUBMISSION, Modal.STAND_INS, MANAGERS, submit_stand_ins),
    ]
    return [Route(kind=kind, id=id_, roles=roles, handler=partial(run, desk)) for kind, id_, roles, run in table]


def open_form(desk: Desk, request: Request) -> Reply:
    """Whom to call, whatever else can be had, and the next times with anybody."""
    return Reply(screens=(over(request, _form(desk, request)),))


def submit(desk: Desk, request: Request) -> Reply:
    """Book the time; a form that had none was submitted to look again."""
    if not has_times(request):
        return Reply(view=_form(desk, request))
    offer = offer_urgent(desk.support, request.person)
    details = book_session(desk.support, request.person, urgent_session(request, offer.kind))
    home = RefreshHome((details.booked.scholar_id, details.booked.staff_id))
    return Reply(view=urgent_done(details, offer.contacts), screens=(home,))


def open_stand_ins(desk: Desk, request: Request) -> Reply:
    """Who could stand in, with those who do chosen."""
    person = request.person
    others = others_in_support(desk, person)
    if not others:
        return Reply(screens=(over(request, notice(texts.urgent.STAND_INS_NOBODY)),))
    chosen = desk.rules.of(person).stand_ins.get(person.id, ())
    return Reply(screens=(over(request, stand_ins_form(others, chosen, version=person.rules_version)),))


def submit_stand_ins(desk: Desk, request: Request) -> Reply:
    """Save who stands in."""
    chosen = [known_id(each, field=Field.STAFF) for each in State(request.envelope.view).choices(Field.STAFF)]
    seen = version_seen(state_of(request))
    name_stand_ins(desk, request.person, chosen, seen=seen, request_key=request.envelope.once_key())
    return Reply(view=notice(texts.urgent.STAND_INS_SAVED, title=texts.urgent.STAND_INS_TITLE))


def _form(desk: Desk, request: Request) -> View:
    found = urgent_help(desk, request.person)
    return urgent_without_times(found) if isinstance(found, NoTimes) else urgent_form(found)
