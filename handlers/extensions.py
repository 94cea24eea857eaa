"""Staff decide on requests for more time by a button, once; who has asked, and they, read the reason on a press."""

from collections.abc import Callable
from functools import partial

from domain.ports import View
from handlers import texts
from handlers.commands import STAFF
from handlers.ids import Action, Modal
from handlers.parse import deadlines as parse
from handlers.parse.booking import state_of
from handlers.parse.refs import known_id
from handlers.reply import RefreshHome, Reply, UpdateUnder, UpdateView, over
from handlers.request import Kind, Request
from handlers.router import EVERYONE, Route
from handlers.views.deadline_form import grant_form, refuse_form
from handlers.views.extensions import decided_words, reason_modal, request_modal, requests_modal
from handlers.views.notice import notice
from handlers.views.when import when_plain
from services.deadlines.asking import Request as Asked
from services.deadlines.asking import grant, refuse, request_for_staff
from services.deadlines.look import waiting_requests
from services.deadlines.reasons import reason_of
from services.desk import Desk

_W = texts.deadlines


def routes(desk: Desk) -> list[Route]:
    """Deciding is for staff. The reason opens for whoever it is theirs, too, and for nobody else."""
    table: list[tuple[Kind, str, Callable[[Desk, Request], Reply]]] = [
        (Kind.ACTION, Action.OPEN_EXTENSIONS, open_list),
        (Kind.ACTION, Action.OPEN_EXTENSION, open_one),
        (Kind.ACTION, Action.GRANT_EXTENSION, grant_it),
        (Kind.ACTION, Action.OPEN_GRANT, open_grant),
        (Kind.ACTION, Action.OPEN_REFUSE, open_refuse),
        (Kind.SUBMISSION, Modal.EXTENSION_GRANT, submit_grant),
        (Kind.SUBMISSION, Modal.EXTENSION_REFUSE, submit_refuse),
    ]
    return [
        *(Route(kind=kind, id=id_, roles=STAFF, handler=partial(run, desk)) for kind, id_, run in table),
        Route(kind=Kind.ACTION, id=Action.READ_REASON, roles=EVERYONE, handler=partial(read_reason, desk)),
    ]


def open_list(desk: Desk, request: Request) -> Reply:
    """What waits for an answer."""
    return Reply(screens=(over(request, _waiting(desk, request)),))


def open_one(desk: Desk, request: Request) -> Reply:
    """One of them, as it stands."""
    found = request_for_staff(desk, request.person, known_id(request.envelope.pressed))
    return Reply(screens=(over(request, request_modal(found, zone=request.person.zone)),))


def read_reason(desk: Desk, request: Request) -> Reply:
    """The reason, laid over what it was pressed in."""
    reason = reason_of(desk, request.person, known_id(request.envelope.pressed))
    return Reply(screens=(over(request, reason_modal(reason)),))


def grant_it(desk: Desk, request: Request) -> Reply:
    """Grant what was asked for; whoever comes second hears who decided and when."""
    found, is_ours = grant(desk, request.person, known_id(request.envelope.pressed))
    view = request_modal(found, zone=request.person.zone, said=_said(found, request, is_ours=is_ours))
    return Reply(screens=(UpdateView(view), _list_under(desk, request), RefreshHome((found.person_id,))))


def open_grant(desk: Desk, request: Request) -> Reply:
    """The form for another time."""
    found = request_for_staff(desk, request.person, known_id(request.envelope.pressed))
    return Reply(screens=(over(request, grant_form(found.id, found.until, zone=request.person.zone)),))


def open_refuse(desk: Desk, request: Request) -> Reply:
    """The form that asks for a sentence."""
    found = request_for_staff(desk, request.person, known_id(request.envelope.pressed))
    return Reply(screens=(over(request, refuse_form(found.id)),))


def submit_grant(desk: Desk, request: Request) -> Reply:
    """Grant another time."""
    found, is_ours = grant(desk, request.person, known_id(state_of(request)), until=parse.until(request))
    return _answered(desk, request, found, is_ours=is_ours)


def submit_refuse(desk: Desk, request: Request) -> Reply:
    """Refuse with a sentence."""
    found, is_ours = refuse(desk, request.person, known_id(state_of(request)), answer=parse.answer(request))
    return _answered(desk, request, found, is_ours=is_ours)


def _answered(desk: Desk, request: Request, found: Asked, *, is_ours: bool) -> Reply:
    """Under a form lies the list where that is a third modal, whose place it has taken, else the request."""
    said = _said(found, request, is_ours=is_ours)
    as_it_stands = UpdateUnder(previous=request_modal(found, zone=request.person.zone, said=said))
    under = _list_under(desk, request) if request.envelope.is_from_third_modal else as_it_stands
    view = notice(said, title=_W.REQUEST_TITLE)
    return Reply(view=view, screens=(under, RefreshHome((found.person_id,))))


def _list_under(desk: Desk, request: Request) -> UpdateUnder:
    return UpdateUnder(previous=partial(_waiting, desk, request))


def _waiting(desk: Desk, request: Request) -> View:
    return requests_modal(waiting_requests(desk, request.person), zone=request.person.zone)


def _said(found: Asked, request: Request, *, is_ours: bool) -> str:
    zone = request.person.zone
    if not is_ours:
        return decided_words(found, zone=zone)
    if found.granted_at is None:
        return _W.REFUSED_NOW
    return _W.GRANTED_NOW.format(until=when_plain(found.granted_at, zone))
