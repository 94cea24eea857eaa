"""Office hours for everybody who may: the command, what is open, and a scholar's place in line."""

from collections.abc import Callable
from functools import partial

from domain.people import SUPPORT_ROLES, Person, Role
from domain.ports import Message, View
from handlers import lines, peers, texts
from handlers.commands import PARTIES, SCHOLARS
from handlers.ids import Action, Command, Modal
from handlers.parse.office_hours import join_form as parsed_join
from handlers.parse.refs import known_id, session_ref
from handlers.reply import OpenView, RefreshHome, Reply, Respond, Screen, UpdateUnder, UpdateView, over
from handlers.request import Kind, Request, first_word
from handlers.router import Route
from handlers.views.notice import notice
from handlers.views.office_hours import join_form, lines_modal, place_modal
from handlers.views.peers import favor_modal
from services.desk import Desk
from services.office_hours.favors import favor, favor_now
from services.office_hours.joining import join_line, leave_line, step_back
from services.office_hours.looking import hours_to_join, is_in_line, listed_hours, own_line_now, own_place
from services.office_hours.suggesting import answer_suggestion

Subcommand = Callable[[Desk, Request], Reply]


def routes(desk: Desk) -> list[Route]:
    """The command is for scholars and those who help; standing in line is for scholars."""
    table: list[tuple[Kind, str, frozenset[Role], Subcommand]] = [
        (Kind.ACTION, Action.LIST_LINES, PARTIES, show_lines),
        (Kind.ACTION, Action.SEE_PLACE, SCHOLARS, show_place),
        (Kind.ACTION, Action.OPEN_JOIN, SCHOLARS, open_join),
        (Kind.SUBMISSION, Modal.JOIN_LINE, SCHOLARS, submit_join),
        (Kind.ACTION, Action.LEAVE_LINE, SCHOLARS, leave),
        (Kind.ACTION, Action.STEP_BACK, SCHOLARS, go_back),
        (Kind.ACTION, Action.AGREE_TO_PEER, SCHOLARS, partial(answer, agrees=True)),
        (Kind.ACTION, Action.REFUSE_PEER, SCHOLARS, partial(answer, agrees=False)),
    ]
    command = Route(
        kind=Kind.COMMAND,
        id=Command.OFFICE_HOURS,
        roles=PARTIES,
        handler=partial(office_hours, desk),
        whose=texts.office_hours.WHOSE,
    )
    return [
        command,
        *(Route(kind=kind, id=id_, roles=roles, handler=partial(run, desk)) for kind, id_, roles, run in table),
    ]


def office_hours(desk: Desk, request: Request) -> Reply:
    """`/officehours [leave|help|open|plan|close]`; what follows that word is not read."""
    return _SUBCOMMANDS.get(first_word(request), _unknown)(desk, request)


def lines_of(desk: Desk, person: Person) -> View:
    """What is open and planned, as this person may use it."""
    listed, is_scholar = listed_hours(desk.support, person), person.has(Role.SCHOLAR)
    return lines_modal(
        listed,
        is_scholar=is_scholar,
        is_helper=person.has(*SUPPORT_ROLES),
        is_in_line=is_scholar and is_in_line(desk.support, person),
    )


def show_lines(desk: Desk, request: Request) -> Reply:
    """The list, anew in the modal where it was pressed."""
    return Reply(screens=(_shown(request, partial(lines_of, desk, request.person)),))


def show_place(desk: Desk, request: Request) -> Reply:
    """The scholar's place, or who is there for them; as it stands now, whatever the message it was pressed in says."""
    ref = known_id(request.envelope.pressed) if request.envelope.pressed else None
    view = place_modal(own_place(desk.support, request.person, ref))
    return Reply(screens=(UpdateView(view) if request.envelope.is_from(Modal.LINE) else over(request, view),))


def open_join(desk: Desk, request: Request) -> Reply:
    """The form to join a line of the list."""
    hours = hours_to_join(desk.support, request.person, known_id(request.envelope.pressed))
    return Reply(screens=(over(request, join_form(hours)),))


def submit_join(desk: Desk, request: Request) -> Reply:
    """Stand in line, and see one's place."""
    own = join_line(desk.support, request.person, parsed_join(request))
    under = UpdateUnder(previous=partial(lines_of, desk, request.person))
    return Reply(view=place_modal(own), screens=(under, RefreshHome((request.person.id,))))


def leave(desk: Desk, request: Request) -> Reply:
    """Leave with one press, or be done."""
    was_helped = leave_line(desk.support, request.person, known_id(request.envelope.pressed))
    said = texts.office_hours.DONE if was_helped else texts.office_hours.LEFT
    home = RefreshHome((request.person.id,))
    if request.envelope.is_from_modal:
        return Reply(screens=(UpdateView(notice(said)), home))
    return Reply(screens=(Respond(Message(text=said)), home))


def go_back(desk: Desk, request: Request) -> Reply:
    """Let the next one go first."""
    ref, version = session_ref(request.envelope.pressed)
    step_back(desk.support, request.person, ref, version, request_key=request.envelope.once_key())
    return Reply(screens=(UpdateView(partial(_place, desk, request.person, ref)),))


def answer(desk: Desk, request: Request, *, agrees: bool) -> Reply:
    """Whether a peer may be asked."""
    ref = known_id(request.envelope.pressed)
    answer_suggestion(desk.support, request.person, ref, agrees=agrees)
    return Reply(screens=(UpdateView(partial(_place, desk, request.person, ref)),))


def _place(desk: Desk, person: Person, ref: str) -> View:
    return place_modal(own_place(desk.support, person, ref))


def _shown(request: Request, view: Callable[[], View]) -> Screen:
    """In place of the list from which it was opened: what is done here lies over it, and Slack stacks three at most."""
    is_in_place = request.envelope.is_from(Modal.LINE) or request.envelope.is_from(Modal.SESSIONS)
    return UpdateView(view) if is_in_place else over(request, view())


def _overview(desk: Desk, request: Request) -> Reply:
    """Whatever concerns the person most: their place, whom they help as a peer, the line they help in, or the list."""
    person = request.person
    if person.has(Role.SCHOLAR) and is_in_line(desk.support, person):
        return Reply(screens=(OpenView(place_modal(own_place(desk.support, person))),))
    asked = favor_now(desk.support, person) if person.has(Role.SCHOLAR) else None
    if asked is not None:
        return Reply(screens=(OpenView(favor_modal(favor(desk.support, person, asked))),))
    own = own_line_now(desk.support, person) if person.has(*SUPPORT_ROLES) else None
    view = lines.line_of(desk, person, own) if own else lines_of(desk, person)
    return Reply(screens=(OpenView(view),))


def _leave(desk: Desk, request: Request) -> Reply:
    if not request.person.has(Role.SCHOLAR):
        return Reply(message=Message(text=texts.office_hours.ONLY_SCHOLARS))
    was_helped = leave_line(desk.support, request.person)
    said = texts.office_hours.DONE if was_helped else texts.office_hours.LEFT
    return Reply(message=Message(text=said), screens=(RefreshHome((request.person.id,)),))


def _offer(desk: Desk, request: Request) -> Reply:
    if not request.person.has(Role.SCHOLAR):
        return Reply(message=Message(text=texts.office_hours.ONLY_SCHOLARS))
    return peers.open_offer(desk, request)


def _for_helpers(run: Subcommand, desk: Desk, request: Request) -> Reply:
    if not request.person.has(*SUPPORT_ROLES):
        return Reply(message=Message(text=texts.office_hours.ONLY_HELPERS))
    return run(desk, request)


def _unknown(_desk: Desk, _request: Request) -> Reply:
    # The words are not repeated: somebody may have written to us what nobody should read.
    return Reply(message=Message(text=texts.helping.UNKNOWN))


_SUBCOMMANDS: dict[str, Subcommand] = {
    "": _overview,
    "leave": _leave,
    "help": _offer,
    "open": partial(_for_helpers, lines.open_hold),
    "plan": partial(_for_helpers, lines.open_plan),
    "close": partial(_for_helpers, lines.close_own),
}
