"""Staff set deadlines: the list, the form, what it comes to, and setting it. `/deadlines` is everybody's."""

from collections.abc import Callable
from functools import partial

from domain.audience import Audience, NobodyFound
from domain.deadlines import PastDue
from domain.people import Person
from domain.ports import View
from domain.times import TimeRepeated, TimeSkipped
from handlers import texts
from handlers.audience import audience_chosen
from handlers.commands import STAFF
from handlers.due import open_due
from handlers.first_screen import Ways, first_screen
from handlers.ids import Action, Command, Modal
from handlers.parse import deadlines as parse
from handlers.parse.refs import known_id, page_of
from handlers.reply import RefreshHome, Reply, UpdateUnder, UpdateView, over
from handlers.request import Kind, Request
from handlers.router import EVERYONE, Route
from handlers.views.deadline_form import deadline_form
from handlers.views.deadlines import overview_modal, preview_modal
from handlers.views.notice import notice
from services.audiences.named import accounts_in_use
from services.audiences.options import audience_options
from services.deadlines.facts import Deadline
from services.deadlines.look import deadline_for_staff, overview, whose_homes
from services.deadlines.write import Write, discard, preview, publish, write
from services.desk import Desk

_W = texts.deadlines


def routes(desk: Desk) -> list[Route]:
    """The command is everybody's; setting deadlines is for staff."""
    table: list[tuple[Kind, str, Callable[[Desk, Request], Reply]]] = [
        (Kind.ACTION, Action.OPEN_DEADLINES, open_list),
        (Kind.ACTION, Action.TURN_DEADLINES, turn),
        (Kind.ACTION, Action.NEW_DEADLINE, open_form),
        (Kind.ACTION, Action.CHANGE_DRAFT, change_draft),
        (Kind.ACTION, Action.OPEN_DRAFT, open_draft),
        (Kind.ACTION, Action.DISCARD_DEADLINE, throw_away),
        (Kind.SUBMISSION, Modal.DEADLINE_FORM, submit),
        (Kind.SUBMISSION, Modal.DEADLINE_PREVIEW, set_it),
    ]
    return [
        Route(kind=Kind.COMMAND, id=Command.DEADLINES, roles=EVERYONE, handler=partial(command, desk)),
        *(Route(kind=kind, id=id_, roles=STAFF, handler=partial(run, desk)) for kind, id_, run in table),
    ]


def command(desk: Desk, request: Request) -> Reply:
    """`/deadlines`: for staff those of the program, for everybody else what is due for them."""
    ways = Ways(
        mine=partial(open_due, desk),
        everything=partial(open_list, desk),
        form=partial(open_form, desk),
        unknown=_W.UNKNOWN,
        whose=_W.WHOSE_STAFF,
    )
    return first_screen(request, ways)


def open_list(desk: Desk, request: Request) -> Reply:
    """Everything at a glance."""
    return Reply(screens=(over(request, list_of(desk, request.person)),))


def turn(desk: Desk, request: Request) -> Reply:
    """Another page of it."""
    page = page_of(request.envelope.pressed)
    return Reply(screens=(UpdateView(list_of(desk, request.person, page=page)),))


def list_of(desk: Desk, person: Person, *, page: int = 0, said: str = "") -> View:
    """The same as it is now."""
    return overview_modal(overview(desk, person, page=page), zone=person.zone, said=said)


def open_form(desk: Desk, request: Request) -> Reply:
    """An empty form."""
    return Reply(screens=(over(request, _form(desk, request.person, None)),))


def change_draft(desk: Desk, request: Request) -> Reply:
    """The form with what a draft says, in place of what it comes to."""
    found = deadline_for_staff(desk, request.person, known_id(request.envelope.pressed))
    return Reply(screens=(UpdateView(_form(desk, request.person, found)),))


def open_draft(desk: Desk, request: Request) -> Reply:
    """What a draft comes to now; the form, where it comes to nothing any more."""
    found = deadline_for_staff(desk, request.person, known_id(request.envelope.pressed))
    try:
        view = preview_modal(preview(desk, request.person, found.id), zone=request.person.zone)
    except (PastDue, NobodyFound, TimeSkipped, TimeRepeated):
        view = _form(desk, request.person, found)
    return Reply(screens=(over(request, view),))


def submit(desk: Desk, request: Request) -> Reply:
    """Save it as a draft and show what it comes to. What cannot be kept is told at its field."""
    form = parse.deadline_form(request)
    content = form.content(audience_chosen(desk, request.person, form.audience))
    command = Write(request_key=request.envelope.once_key(), content=content, id=form.id, version=form.version)
    found = write(desk, request.person, command)
    return Reply(view=preview_modal(found, zone=request.person.zone), screens=(_under(desk, request.person),))


def set_it(desk: Desk, request: Request) -> Reply:
    """Let what was previewed stand, as it was seen."""
    id_, version = parse.seen(request)
    found = publish(desk, request.person, id_, version=version, request_key=request.envelope.once_key())
    said = f"{_W.IS_SET} {_W.IS_TOLD if found.is_told else _W.IS_NOT_TOLD}"
    screens = (_under(desk, request.person), RefreshHome(whose_homes(desk, request.person, found.id)))
    return Reply(view=notice(said, title=_W.TITLE), screens=screens)


def throw_away(desk: Desk, request: Request) -> Reply:
    """Discard a draft as it was seen; the modal says so."""
    id_, version = parse.pressed(request)
    discard(desk, request.person, id_, version=version)
    return Reply(screens=(UpdateView(notice(_W.DISCARDED, title=_W.TITLE)), _under(desk, request.person)))


def _form(desk: Desk, person: Person, found: Deadline | None) -> View:
    audience = found.audience if found else Audience()
    options, accounts = audience_options(desk, person, audience), accounts_in_use(desk, audience.people)
    return deadline_form(found, options, zone=person.zone, accounts=accounts)


def _under(desk: Desk, person: Person) -> UpdateUnder:
    return UpdateUnder(previous=partial(list_of, desk, person))
